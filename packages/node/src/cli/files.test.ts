import { encodeContent, decodeContent, type BlobId } from "@multichat/protocol";
import { expect, test } from "vitest";
import { sentName } from "./files.ts";

test.each([
  ["/home/ann/plan.pdf", "plan.pdf"],
  ["./a\\b\nc\u0000.txt", "a_b_c_.txt"],
  ["夏 (2).png", "夏 (2).png"],
  [".bashrc", ".bashrc"],
])("%j is sent as %j, which others take", (path, name) => {
  expect(sentName(path)).toBe(name);
  const payload = encodeContent("message", {
    files: [[name, "text/plain", 1, "0".repeat(64) as BlobId, {}]],
  });
  expect(decodeContent("message", payload).ok).toBe(true);
});
