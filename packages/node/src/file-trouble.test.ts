import { open } from "node:fs/promises";
import { expect, test } from "vitest";
import { fileTrouble, systemCode } from "./file-trouble.ts";

test("says in words what the system says in codes", async () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  expect(fileTrouble(full, "/out")).toMatchObject({ code: "disk-full" });
  const missing: unknown = await open("/there/is/none", "r").catch((error: unknown) => error);
  expect(fileTrouble(missing, "/there/is/none")).toEqual({ code: "file-unreadable", message: "/there/is/none is not there, or its folder is not." });
});

test("what is no trouble of the system has no code of it", () => {
  expect(systemCode(Object.assign(new Error("gone"), { code: "not-found" }))).toBeNull();
  expect(systemCode("ENOSPC")).toBeNull();
});
