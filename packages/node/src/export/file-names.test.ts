import { expect, test } from "vitest";
import { freeName } from "./file-names.ts";

test.each([
  ["general", "general"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["CON", "_CON"],
  ["nul.txt", "_nul.txt"],
  [".hidden", "hidden"],
  ["-rf", "rf"],
  ["..", "unnamed"],
  ["\u202e\u200b", "unnamed"],
  ["photo\u202egnp.exe", "photognp.exe"],
  ['a:b*c?"<>|', "a_b_c_____"],
  ["x".repeat(4096), "x".repeat(100)],
  [`${"🦄".repeat(2000)}.pdf`, `${"_".repeat(48)}.pdf`],
])("%j becomes %j", (given, name) => {
  expect(freeName(given, new Set(), "")).toBe(name);
});

test("names that differ only in what some systems do not tell apart are numbered", () => {
  const taken = new Set<string>();
  const names = ["Team", "team", "te\u200bam"].map((given) => freeName(given, taken, ".jsonl"));
  expect(names).toEqual(["Team.jsonl", "team-2.jsonl", "team-3.jsonl"]);
});
