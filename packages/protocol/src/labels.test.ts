import { expect, test } from "vitest";
import { fromHex } from "./hex.ts";
import { concat, infos, labels } from "./labels.ts";

const texts = [...Object.values(labels).map((label) => new TextDecoder().decode(label)), ...Object.values(infos)];

test("labels are those of the spec", () => {
  expect(texts.toSorted()).toEqual(
    [
      "account",
      "account-entry",
      "backup",
      "blob",
      "chunk",
      "device-acceptance",
      "device-certificate",
      "event",
      "founder-grant",
      "introduction",
      "invite",
      "invite-proof",
      "invite-tag",
      "link-commit",
      "link-emoji",
      "link-proof",
      "next-key",
      "own-key",
      "owner-role",
      "page",
      "payload",
      "record",
      "recovery",
      "report",
      "root-statement",
      "safety-number",
      "space-secret",
      "space-tag",
      "thread",
    ].map((name) => `mc1/${name}`),
  );
});

test("concat joins and copies", () => {
  const part = fromHex("0102");
  const whole = concat(part, new Uint8Array(0), fromHex("03"));
  part[0] = 9;
  expect([...whole]).toEqual([1, 2, 3]);
});
