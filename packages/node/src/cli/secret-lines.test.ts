/** Secrets typed on a terminal, against a fake engine behind a real local API. */
import { expect, test } from "vitest";
import { run } from "./run.ts";
import {
  type CliHarness,
  type FakeHost,
  fakeHost,
  startCli,
  stdinOf,
} from "./testing/cli-harness.ts";

/** A host on whose terminal these keys are typed; `raw` has each change of whether it shows them. */
function typing(...keys: string[]): FakeHost & { raw: boolean[] } {
  const raw: boolean[] = [];
  return Object.assign(fakeHost(), {
    stdin: stdinOf(...keys),
    raw,
    terminal: { setRawMode: (on: boolean) => void raw.push(on), close: () => undefined },
  });
}

function protect(cli: CliHarness, isProtected = false): void {
  cli.engine.answer("status.get", () => ({
    ok: true,
    value: { status: { ...cli.engine.status(), protected: isProtected } },
  }));
  cli.engine.answer("keys.protect", () => ({ ok: true, value: {} }));
}

test("a passphrase that is set is typed twice, until both are the same, and never shown", async () => {
  await using cli = await startCli();
  protect(cli);
  const host = typing("hors", "e\rhors\r", "horsf\u007fe\rhorse\r");
  await run(["keys", "protect", "--data", cli.dataDir], host);
  expect(host.exitCode).toBe(0);
  expect(cli.engine.executed.at(-1)).toEqual({
    command: "keys.protect",
    params: { passphrase: "horse" },
  });
  expect(host.err).toBe(
    "New passphrase: \nThe same again: \nThese two are not the same. Begin again.\nNew passphrase: \nThe same again: \n",
  );
  expect(host.out + host.err).not.toContain("hors");
  expect(host.raw).toEqual([true, false]);
});

test("the one so far is typed once, and both are lines of a pipe, which nobody is prompted on", async () => {
  await using cli = await startCli();
  protect(cli, true);
  const host = typing("old\r", "new\rnew\r");
  await run(["keys", "protect", "--change", "--data", cli.dataDir], host);
  expect(cli.engine.executed.at(-1)?.params).toEqual({ passphrase: "new", current: "old" });
  const pipe = fakeHost();
  pipe.stdin = stdinOf("older\nnewer\n");
  await run(["keys", "protect", "--change", "--data", cli.dataDir], pipe);
  expect(cli.engine.executed.at(-1)?.params).toEqual({ passphrase: "newer", current: "older" });
  expect(pipe.err).toBe("");
});

test.each([
  ["Ctrl-C", "abc\u0003", 130, ""],
  ["Enter alone", "\r", 1, "multichat: Nothing was typed.\n"],
  ["Ctrl-D", "\u0004", 1, "multichat: Nothing was typed.\n"],
  ["the terminal's end", "abc", 1, "multichat: Nothing was typed.\n"],
])("%s sets nothing, and the terminal is as before", async (_, keys, exitCode, said) => {
  await using cli = await startCli();
  protect(cli);
  const host = typing(keys);
  await run(["keys", "protect", "--data", cli.dataDir], host);
  expect([host.exitCode, host.err]).toEqual([exitCode, `New passphrase: \n${said}`]);
  expect(host.raw).toEqual([true, false]);
  expect(cli.engine.executed.map(({ command }) => command)).not.toContain("keys.protect");
});

test("locked keys say what to do", async () => {
  await using cli = await startCli();
  cli.engine.answer("space.list", () => ({ ok: false, error: { code: "locked", message: "The keys are encrypted." } }));
  const locked = { error: { code: "locked", message: `The keys of this data folder are locked. Unlock them first: multichat keys unlock --data ${cli.dataDir}` } };
  expect(await cli.failure("space", "list")).toEqual(locked);
  const { status } = cli.engine;
  cli.engine.answer("status.get", () => ({ ok: true, value: { status: { ...status(), locked: true } } }));
  expect(await cli.failure("keys", "protect")).toEqual(locked);
  expect((await cli.run("status")).out).toMatch(/^The keys are locked, .*: multichat keys unlock --data /);
});

test("keys without a passphrase have none to change or take away, and those with one are not given another", async () => {
  await using cli = await startCli();
  protect(cli);
  for (const args of [["protect", "--change"], ["unprotect"]]) {
    expect(await cli.failure("keys", ...args)).toMatchObject({
      error: { code: "bad-request", message: expect.stringContaining("no passphrase") as string },
    });
  }
  protect(cli, true);
  expect(await cli.failure("keys", "protect")).toMatchObject({
    error: { code: "bad-request", message: expect.stringContaining("--change") as string },
  });
});

test("the words are typed one by one, gone from the screen after each, and those that cannot be are asked for again", async () => {
  await using cli = await startCli();
  const right = Array.from({ length: 24 }, (_, at) => `word${String.fromCharCode(97 + at)}`);
  cli.engine.answer("account.check-words", ({ words }) => {
    const unlisted = words.flatMap((word, position) =>
      word.startsWith("word") ? [] : [{ position, word, suggestions: ["worda"] }],
    );
    const ok = words.join() === right.join();
    const corrections =
      words.length === 24 && words[3] === "wordz"
        ? [{ position: 3, word: "wordz", instead: "wordd" }]
        : [];
    return { ok: true, value: { ok, unlisted, corrections, detail: "They do not fit." } };
  });
  cli.engine.answer("account.confirm-phrase", () => ({ ok: true, value: {} }));
  const [first, second, third] = right;
  // A slip of the finger that is noticed, one that is not, and the rest pasted with its numbers.
  const host = typing(
    "axe\r",
    `${second} ${second}\r`,
    "\u007f",
    `${third}\r`,
    `wordz ${right
      .slice(4)
      .map((word, at) => `${at + 5}. ${word}`)
      .join("\n")}\n`,
    `${first}\r`,
    "wordd\r",
  );
  await run(["account", "phrase", "--confirm", "--data", cli.dataDir], host);
  expect(cli.engine.executed.at(-1)).toEqual({
    command: "account.confirm-phrase",
    params: { words: right.map((word, position) => ({ position, word })) },
  });
  expect(host.err).toContain('"axe" is none of the words in the list. Did you mean "worda"?\n');
  expect(host.err.match(/They do not fit\.\n/g)).toHaveLength(2);
  expect(host.raw).toEqual([true, false]);
  // What stays on the screen: of each line only what was written after it was last erased.
  const screen = host.err.split("\n").map((line) => line.split("\r\u001b[K").at(-1));
  expect(screen.join("\n")).not.toMatch(/Word \d/);
});
