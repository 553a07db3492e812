/** spec/cli.md is written by hand; nothing may be missing from it. */
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { createProgram } from "./program.ts";
import { fakeHost } from "./testing/cli-harness.ts";

const document = await readFile(new URL("../../../../spec/cli.md", import.meta.url), "utf8");

/** All verbs with their full names, as `space create`. */
function verbs(command: Command, prefix = ""): { name: string; verb: Command }[] {
  return command.commands.flatMap((child) => {
    const name = `${prefix}${child.name()}`;
    return child.commands.length > 0 ? verbs(child, `${name} `) : [{ name, verb: child }];
  });
}

const all = verbs(createProgram(fakeHost(), () => undefined));
const shared = ["--data", "--json"];
const rows = [...document.matchAll(/^\| `([a-z]+(?: [a-z]+)?)\b([^`]*)` \|/gm)];

test("every verb has its row, and there is no other", () => {
  expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(all.map(({ name }) => name)));
});

test.each(all)(
  "$name: its arguments and options are in its row, and --data and --json are there",
  ({ name, verb }) => {
    const usage = rows.find(([, found]) => found === name)?.[2] ?? "";
    for (const argument of verb.registeredArguments)
      expect(usage).toContain(argument.name().toUpperCase());
    const options = verb.options.map(({ long }) => long ?? "");
    expect(options).toEqual(expect.arrayContaining(shared));
    for (const option of options.filter((option) => !shared.includes(option))) {
      expect(usage).toContain(option);
    }
  },
);
