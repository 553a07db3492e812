import { expect, test } from "vitest";
import { safeFileName } from "./safe-file-name.ts";

test.each([
  ["holiday.jpg", "holiday.jpg"],
  ["夏の写真 (2).png", "夏の写真 (2).png"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["C:\\Windows\\x.dll", "C__Windows_x.dll"],
  ["photo\u202egnp.exe", "photognp.exe"],
  ["in\u200bvoice\u2066.pdf\u2069", "invoice.pdf"],
  ["a\u0000b\nc.txt", "abc.txt"],
  [".bashrc", "bashrc"],
  ["..", "unnamed"],
  ["\u3164", "unnamed"],
  ["nul.txt", "_nul.txt"],
  ["plan.txt. ", "plan.txt"],
  [`${"x".repeat(300)}.tar.gz`, `${"x".repeat(97)}.gz`],
])("%j is shown and saved as %j", (given, safe) => {
  expect(safeFileName(given)).toBe(safe);
});
