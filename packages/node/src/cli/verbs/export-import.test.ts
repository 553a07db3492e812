/** What goes out as open files, and what comes in (spec/export.md), against a fake engine behind a real local API. */
import { rmSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Import, ImportSummary } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fakeId, noon } from "../../api/testing/fake-values.ts";
import { createExportFiles } from "../../import/folder-files.ts";
import type { ImportedMessage } from "../../import/imported.ts";
import { readOwnExport } from "../../import/own-export.ts";
import { type CliHarness, startCli } from "../testing/cli-harness.ts";

const summary: ImportSummary = {
  channels: [{ id: fakeId("garden"), name: "garden", made: true, messages: 2 }],
  messages: 2,
  already: 1,
  authors: 1,
  replies: 0,
  orphans: 0,
  unlinked: 0,
  reactions: 0,
  files: 0,
  edited: 0,
  split: 0,
  skipped: [{ what: "joins and leaves", count: 3 }],
};

function answering(cli: CliHarness, end: Partial<Import>): void {
  cli.engine.answer("import.start", ({ format, path, space, channel = null }) => {
    const begun: Import = {
      format,
      path,
      space,
      channel,
      step: "checking",
      messages: 0,
      of: 0,
      summary,
      problems: [],
      detail: "Looking at it.",
      error: null,
    };
    cli.engine.push({ push: "import", data: { ...begun, ...end } });
    return { ok: true, value: { import: begun } };
  });
}

test("import says what came, and what could not", async () => {
  await using cli = await startCli();
  const space = cli.engine.addSpace("Team");
  const channel = cli.engine.addChannel(space, "garden");
  answering(cli, { step: "done" });
  expect(
    await cli.json("import", "irc", "chat.log", "--into", "team", "--channel", "#garden"),
  ).toEqual({
    import: {
      format: "irc",
      path: resolve("chat.log"),
      space: { id: space.id, name: "Team" },
      ...summary,
    },
  });
  expect(cli.engine.executed.at(-1)).toEqual({
    command: "import.start",
    params: { format: "irc", path: resolve("chat.log"), space: space.id, channel: channel.id },
  });
  const { out } = await cli.run("import", "slack", "export", "--into", "Team");
  expect(out).toBe(
    "Imported 2 messages of 1 person.\n  #garden: 2 (a new channel)\n  1 here already\n  3 left out: joins and leaves\n",
  );
  expect(cli.engine.executed.at(-1)?.params).not.toHaveProperty("channel");
});

test("import says why not, with line and reason", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  answering(cli, {
    step: "failed",
    error: "file-damaged",
    detail: "Nothing was imported. a.log, line 2: no time.",
    problems: [{ file: "a.log", line: 2, reason: "no\u001b[2J time" }],
  });
  expect(await cli.failure("import", "irc", "a.log", "--into", "Team")).toEqual({
    error: { code: "file-damaged", message: "Nothing was imported. a.log, line 2: no time." },
  });
  expect(await cli.run("import", "irc", "a.log", "--into", "Team")).toEqual({
    out: "",
    err: "a.log, line 2: no[2J time\nmultichat: Nothing was imported. a.log, line 2: no time.\n",
    exitCode: 1,
  });
  expect(await cli.failure("import", "telegram", "a.log", "--into", "Team")).toMatchObject({
    error: { code: "bad-request" },
  });
});

test("export writes open files that say what is missing, and import reads them back", async () => {
  await using cli = await startCli();
  await cli.run("account", "create", "Alice");
  const space = cli.engine.addSpace("../Team: one");
  const channel = cli.engine.channels.find(({ space: of }) => of === space.id)!;
  cli.engine.addChannel(space, "General");
  const person = { id: fakeId("bob"), name: "Bob" };
  const first = cli.engine.addMessage(channel, `hello <@${person.id}>`, {
    author: person,
    edited: noon,
    mentions: [{ token: `<@${person.id}>`, kind: "person", id: person.id, name: "Bob" }],
    reactions: [{ emoji: "🎉", count: 1, people: [person], own: false }],
    replies: { replies: 1, unread: 0, lastAt: noon, people: [] },
    files: [
      {
        blob: fakeId("blob"),
        name: "plan.pdf",
        type: "application/pdf",
        size: 3,
        shape: { alt: "How the garden will be" },
        state: { step: "missing" },
        thumbHere: false,
      },
    ],
  });
  for (let i = 0; i < 250; i++) cli.engine.addMessage(channel, `line ${i}`);
  cli.engine.addMessage(channel, "", { deleted: { by: person, at: noon } });
  cli.engine.addMessage(channel, "", { wanted: true });
  const reply = {
    ...first,
    id: fakeId("reply"),
    text: "in the thread",
    thread: first.id,
    also: true,
    edited: null,
    replies: null,
    files: [],
    reactions: [],
  };
  const list = (params: { before?: string; limit?: number }) => {
    const earlier = cli.engine.messages.filter(
      ({ position, channel: of }) =>
        of === channel.id && (params.before === undefined || position < params.before),
    );
    return {
      messages: earlier.slice(-params.limit!),
      hasOlder: earlier.length > params.limit!,
      hasNewer: false,
    };
  };
  cli.engine.answer("message.list", (params) => ({
    ok: true,
    value:
      params.channel !== channel.id
        ? { messages: [], hasOlder: false, hasNewer: false }
        : params.thread === undefined
          ? list(params)
          : { messages: [reply], hasOlder: false, hasNewer: false },
  }));
  cli.engine.answer("message.history", () => ({
    ok: true,
    value: {
      versions: [
        {
          text: `helo <@${person.id}>`,
          mentions: [{ token: `<@${person.id}>`, kind: "person", id: person.id, name: "Bob" }],
          at: noon - 1,
        },
        { text: "hello", mentions: [], at: noon },
      ],
    },
  }));
  cli.engine.answer("channel.expired", (params) => ({
    ok: true,
    value:
      params.channel !== channel.id
        ? { expired: 0, next: null }
        : params.before === undefined
          ? { expired: 2, next: "p" }
          : { expired: 3, next: null },
  }));
  cli.engine.answer("role.list", () => ({ ok: true, value: { roles: [] } }));
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [] } }));

  const path = join(cli.dataDir, "out");
  expect(await cli.json("export", path)).toEqual({
    export: {
      path,
      spaces: [
        {
          id: space.id,
          name: "../Team: one",
          folder: "_Team_ one",
          messages: 254,
          missing: 1,
          expired: 5,
          files: 0,
          filesMissing: 1,
        },
      ],
    },
  });
  expect((await readdir(path)).toSorted()).toEqual(["README.txt", "_Team_ one", "people.json"]);
  expect(JSON.parse(await readFile(join(path, "people.json"), "utf8"))).toContainEqual(person);
  const about = JSON.parse(await readFile(join(path, "_Team_ one", "space.json"), "utf8")) as {
    channels: object[];
  };
  expect(about).toMatchObject({
    format: "multichat-export",
    version: 1,
    exportedAt: noon,
    name: "../Team: one",
    channels: [
      { name: "general", file: "general.jsonl", messages: 254, missing: 1, expired: 5 },
      { file: "General-2.jsonl", messages: 0, expired: 0 },
    ],
  });
  const lines = (await readFile(join(path, "_Team_ one", "general.jsonl"), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.slice(0, 3)).toMatchObject([
    { channel: "general", id: channel.id },
    {
      id: first.id,
      text: "hello @Bob",
      also: false,
      edits: [{ text: "helo @Bob", at: noon - 1 }],
      reactions: [{ emoji: "🎉", people: [person] }],
      files: [{ name: "plan.pdf", alt: "How the garden will be", file: null }],
    },
    { id: reply.id, thread: first.id, also: true },
  ]);
  expect(lines.slice(-2)).toMatchObject([{ deleted: true, text: "" }, { missing: true }]);
  const again = await cli.run("export", join(cli.dataDir, "again"));
  expect(again.out).toContain(
    "../Team: one: 254 messages, 0 files; 5 messages had disappeared, 1 whose text was not here, 1 file not here",
  );
  expect(await cli.failure("export", path)).toMatchObject({ error: { code: "file-exists" } });

  const read: ImportedMessage[] = [];
  for await (const one of readOwnExport(await createExportFiles().open(path)))
    if (one.type === "message") read.push(one);
  expect(read).toHaveLength(252);
  expect(read[0]).toMatchObject({
    key: first.id,
    channel: "general",
    author: "Bob",
    text: "hello @Bob",
    at: first.time,
    edited: true,
    files: ["plan.pdf"],
    reactions: [{ emoji: "🎉", people: ["Bob"] }],
  });
  expect(read[1]).toMatchObject({ text: "in the thread", thread: first.id });

  await mkdir(join(path, "Other"));
  await writeFile(join(path, "Other", "space.json"), "{}");
  const several = readOwnExport(await createExportFiles().open(path));
  await expect(several.next()).rejects.toThrow("Name the folder of one");
});

test("export says that what is there is not everything where the disk fails it on the way", async () => {
  await using cli = await startCli();
  await cli.run("account", "create", "Alice");
  cli.engine.addSpace("Team");
  const path = join(cli.dataDir, "out");
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [] } }));
  cli.engine.answer("role.list", () => {
    rmSync(path, { recursive: true });
    return { ok: true, value: { roles: [] } };
  });
  expect(await cli.failure("export", path)).toEqual({
    error: {
      code: "file-unreadable",
      message: `${path} is not there, or its folder is not. What is in ${path} now is not everything.`,
    },
  });
});
