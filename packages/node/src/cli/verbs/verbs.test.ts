/** What each verb asks of the node and prints, against a fake engine behind a real local API. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Hit } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fakeId } from "../../api/testing/fake-values.ts";
import { run } from "../run.ts";
import { fakeHost, startCli, stdinOf } from "../testing/cli-harness.ts";

const id = expect.stringMatching(/^[0-9a-f]{64}$/);
const failed = (code: string, message: unknown = expect.any(String)): unknown => ({
  error: { code, message },
});

test("status says who this is and how it is connected", async () => {
  await using cli = await startCli();
  expect(await cli.json("status")).toEqual({
    ready: true,
    api: expect.stringContaining("http://127.0.0.1:"),
    account: null,
    peer: "12D3KooWFake",
    peers: 0,
    locked: false,
  });
  await cli.run("account", "create", "Alice");
  const space = cli.engine.addSpace("Team");
  Object.assign(space.connection, { connected: 1, of: 2, syncedAt: Date.UTC(2026, 0, 1, 11, 55) });
  const { out } = await cli.run("status");
  expect(out).toContain("You are Alice.");
  expect(out).toContain("Team  connected to 1 of 2 other members  synced 5 minutes ago");
  expect(out).toContain("! Your recovery phrase is not saved.");
});

test("an account is created once and shown, without its phrase", async () => {
  await using cli = await startCli();
  expect(await cli.json("account", "show")).toEqual({ account: null });
  expect(await cli.json("account", "create", "Alice")).toEqual({ account: { id, name: "Alice" } });
  expect(await cli.json("account", "show")).toEqual({ account: { id, name: "Alice" } });
  expect(await cli.failure("account", "create", "Bob")).toEqual(failed("account-exists"));
  expect((await cli.run("account", "show")).out).not.toContain("word1");
});

test("the phrase is shown when it is asked for", async () => {
  await using cli = await startCli();
  expect(await cli.json("account", "phrase")).toEqual({
    words: Array.from({ length: 24 }, (_, index) => `word${index + 1}`),
  });
  const [first] = (await cli.run("account", "phrase")).out.split("\n");
  expect(first).toBe(" 1. word1        9. word9       17. word17");
});

test("workspaces are created, listed and left", async () => {
  await using cli = await startCli();
  expect(await cli.json("space", "create", "Team")).toEqual({ space: { id, name: "Team" } });
  expect(await cli.json("space", "list")).toEqual({
    spaces: [{ id, name: "Team", members: 1, unread: 0, kind: "team" }],
  });
  expect((await cli.run("space", "list")).out).toMatch(/^Team {2}1 member {4}[0-9a-f]{12}\n$/);
  expect(await cli.json("space", "leave", "Team")).toEqual({ space: { id, name: "Team" } });
  expect(await cli.json("space", "list")).toEqual({ spaces: [] });
});

test("what was left can still be forgotten, by the id that leaving names", async () => {
  await using cli = await startCli();
  const space = Object.assign(cli.engine.addSpace("Team"), { members: 2 });
  const forgotten: string[] = [];
  cli.engine.answer("space.forget", ({ space: one }) => {
    if (one !== space.id) return { ok: false, error: { code: "not-found", message: "There is no such workspace here." } };
    forgotten.push(one);
    return { ok: true, value: {} };
  });
  expect((await cli.run("space", "leave", "Team")).out).toContain(`cannot be joined again from here: multichat space forget ${space.id} --data ${cli.dataDir}\n`);
  expect(await cli.failure("space", "forget", "Team")).toEqual(failed("not-found"));
  expect(await cli.failure("space", "forget", fakeId("another"))).toEqual(failed("not-found"));
  expect(await cli.json("space", "forget", space.id)).toEqual({ space: { id: space.id, name: "" } });
  expect(forgotten).toEqual([space.id]);
  cli.engine.addSpace("Alone");
  expect((await cli.run("space", "leave", "Alone")).out).toBe("You have left Alone.\n");
});

test("channels are created and listed", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  expect(await cli.json("channel", "create", "Team", "#design")).toEqual({
    channel: { id, name: "design" },
  });
  expect(await cli.json("channel", "list", "Team")).toEqual({
    channels: [
      { id, name: "general", topic: "", unread: 0, space: id, private: false, archived: false },
      { id, name: "design", topic: "", unread: 0, space: id, private: false, archived: false },
    ],
  });
});

test("an invite carries what was asked for, and its link is shown only then", async () => {
  await using cli = await startCli();
  const space = cli.engine.addSpace("Team");
  const guest = { id: fakeId("guest"), name: "Guest", colour: "", rank: 5000, permissions: [], members: 0, manageable: true };
  cli.engine.answer("role.list", () => ({ ok: true, value: { roles: [guest] } }));
  const options = ["--role", "guest", "--uses", "5", "--expires", "7d"];
  expect(await cli.json("invite", "create", "Team", ...options)).toEqual({
    invite: { id },
    link: expect.stringMatching(/^multichat:\/\/join\/#/),
  });
  expect(cli.engine.executed.at(-1)).toEqual({
    command: "invite.create",
    params: { space: space.id, role: "Guest", uses: 5, expiresIn: 7 * 86_400_000 },
  });
  await cli.run("invite", "create", "Team");
  expect(cli.engine.executed.at(-1)?.params).toEqual({ space: space.id });
  const list = JSON.stringify(await cli.json("invite", "list", "Team"));
  expect(list).toContain('"maxUses":5');
  expect(list).not.toContain("link");
  expect((await cli.run("invite", "list", "Team")).out).toContain(
    "used 0 of 5 times  expires in 7 days",
  );
});

test("an invite is revoked by the beginning of its id", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  await cli.run("invite", "create", "Team");
  const [invite] = cli.engine.invites;
  const short = invite?.id.slice(0, 8) ?? "";
  expect(await cli.json("invite", "revoke", "Team", short)).toEqual({
    invite: { id: invite?.id, state: "revoked" },
  });
  expect(await cli.failure("invite", "revoke", "Team", "ffffffff")).toEqual(failed("not-found"));
});

test("send answers with the message's id", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  expect(await cli.json("send", "Team", "#general", "hello")).toEqual({ message: { id } });
  expect(cli.engine.messages.map(({ text }) => text)).toEqual(["hello"]);
});

test("send reads all of stdin, less the last line's end", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  const host = fakeHost();
  host.stdin = stdinOf("first li", "ne\nsecond line\n");
  await run(["send", "Team", "general", "-", "--data", cli.dataDir], host);
  expect(host.exitCode).toBe(0);
  expect(cli.engine.messages.map(({ text }) => text)).toEqual(["first line\nsecond line"]);
});

test("a text that begins with a dash follows two of them", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  const host = fakeHost();
  await run(["send", "--data", cli.dataDir, "Team", "general", "--", "--json"], host);
  expect(cli.engine.messages.map(({ text }) => text)).toEqual(["--json"]);
});

test("read gives the fields scripts rely on, oldest first", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  await cli.run("account", "create", "Alice");
  const [general] = cli.engine.channels;
  cli.engine.addMessage(general!, "first", { delivery: { stored: true, devices: 1, of: 2 } });
  cli.engine.addMessage(general!, "second", {
    own: false,
    delivery: null,
    author: { id: fakeId("b"), name: "Bob" },
  });
  const [first, second] = cli.engine.messages;
  const plain = { imported: null, edited: null, reply: null, thread: null, replies: 0, reactions: [], pinned: false, deleted: false, expires: null, files: [] };
  expect(await cli.json("read", "Team", "general")).toEqual({
    messages: [
      {
        id: first!.id,
        author: { id: fakeId("account Alice"), name: "Alice" },
        text: "first",
        time: first!.time,
        blocked: false,
        delivery: { stored: true, devices: 1, of: 2 },
        position: first!.position,
        ...plain,
      },
      {
        id: second!.id,
        author: { id: fakeId("b"), name: "Bob" },
        text: "second",
        time: second!.time,
        blocked: false,
        delivery: null,
        position: second!.position,
        ...plain,
      },
    ],
  });
});

test("read says what is attached, what is answered, and when it disappears", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  await cli.run("account", "create", "Alice");
  const [general] = cli.engine.channels;
  const file = { blob: fakeId("blob"), name: "pl\u202ean.pdf", type: "application/pdf", size: 12, shape: {}, state: { step: "missing" as const }, thumbHere: false };
  const reply = { id: fakeId("first"), author: { id: fakeId("b"), name: "Bob" }, imported: null, text: "?", position: null };
  cli.engine.addMessage(general!, "", { files: [file], reply, expires: new Date(2030, 0, 31, 18).getTime(), delivery: null });
  const { out } = await cli.run("read", "Team", "general");
  expect(out).toContain("  (answers Bob, disappears 2030-01-31 18:00)\n       [plan.pdf, 12 bytes]\n");
  expect(await cli.json("read", "Team", "general")).toMatchObject({ messages: [{ files: [{ name: file.name, type: file.type, size: 12 }] }] });
});

test("read pages back as far as it is asked to", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  const [general] = cli.engine.channels;
  for (let index = 0; index < 500; index++) cli.engine.addMessage(general!, String(index));
  const texts = async (...args: string[]): Promise<string[]> => {
    const { messages } = (await cli.json("read", "Team", "general", ...args)) as {
      messages: { text: string }[];
    };
    return messages.map(({ text }) => text);
  };
  const numbers = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => String(from + index));
  expect(await texts()).toEqual(numbers(450, 500));
  expect(await texts("--limit", "450")).toEqual(numbers(50, 500));
  expect(await texts("--limit", "9999")).toEqual(numbers(0, 500));
  const [message] = cli.engine.messages.slice(100);
  expect(await texts("--limit", "2", "--before", message!.position)).toEqual(["98", "99"]);
  expect(await texts("--limit", "2", "--before", message!.id)).toEqual(["98", "99"]);
  expect(await cli.failure("read", "Team", "general", "--before", "0".repeat(64))).toEqual(
    failed("not-found"),
  );
});

test("a message cannot drive the terminal, nor a name break the columns", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Te\u001b[2Ja\u200b\u200f\ufeffm\nx");
  const [general] = cli.engine.channels;
  cli.engine.addMessage(general!, "red \u001b[31malert\u0007 \u202eback\nnext");
  expect((await cli.run("space", "list")).out).toMatch(/^Te\[2Jam x {2}/);
  const [space] = cli.engine.spaces;
  const { out } = await cli.run("read", space!.id, "general");
  expect(out).toContain("       red [31malert back\n       next\n");
});

test("peers shows how each is reached", async () => {
  await using cli = await startCli();
  cli.engine.peers.push({
    id: "12D3KooWBob",
    name: "Bob's laptop",
    account: fakeId("bob"),
    connected: true,
    link: "same network",
    address: "/ip4/10.0.0.2/tcp/1",
    rttMs: 1.4,
    spaces: [],
    lastConnected: null,
    problem: null,
    retryAt: null,
  });
  expect(await cli.json("peers")).toEqual({
    peers: [
      {
        id: "12D3KooWBob",
        name: "Bob's laptop",
        connected: true,
        link: "same network",
        rttMs: 1.4,
      },
    ],
  });
  expect((await cli.run("peers")).out).toBe("Bob's laptop  connected  same network  1 ms\n");
});

test("doctor asks the running node, and a problem is exit status 1", async () => {
  await using cli = await startCli();
  expect(await cli.json("doctor")).toEqual({
    ok: true,
    checks: [expect.objectContaining({ name: "engine" })],
  });
  cli.engine.answer("doctor.run", () => ({
    ok: true,
    value: { ok: false, checks: [{ name: "clock", ok: false, detail: "An hour off." }] },
  }));
  const { out, exitCode } = await cli.run("doctor");
  expect([out, exitCode]).toEqual(["PROBLEM  clock  An hour off.\n", 1]);
});

test("a name that fits several lists them; an id, or enough of one, decides", async () => {
  await using cli = await startCli();
  const first = cli.engine.addSpace("Team");
  cli.engine.addSpace("Team");
  expect(await cli.failure("channel", "list", "Team")).toEqual(
    failed("ambiguous", expect.stringContaining(first.id.slice(0, 12))),
  );
  for (const given of [first.id, first.id.slice(0, 8), first.id.slice(0, 8).toUpperCase()]) {
    await cli.json("channel", "list", given);
    expect(cli.engine.executed.at(-1)?.params).toEqual({ space: first.id });
  }
  expect(await cli.failure("channel", "list", first.id.slice(0, 5))).toEqual(failed("not-found"));
});

test("a name is found in any case, unless another has it exactly", async () => {
  await using cli = await startCli();
  const lower = cli.engine.addSpace("team");
  expect(await cli.json("space", "leave", "TEAM")).toEqual({
    space: { id: lower.id, name: "team" },
  });
  const exact = cli.engine.addSpace("Team");
  cli.engine.addSpace("TEAM");
  expect(await cli.json("space", "leave", "Team")).toEqual({
    space: { id: exact.id, name: "Team" },
  });
});

test("files of the last days are kept, or all", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  const asked: (number | null)[] = [];
  cli.engine.answer("space.keep-files", ({ days }) => {
    asked.push(days);
    return { ok: true, value: { bytes: 0, files: 0, keepDays: days } };
  });
  cli.engine.answer("space.storage", () => ({
    ok: true,
    value: { bytes: 0, files: 0, keepDays: asked.at(-1)! },
  }));
  for (const days of ["7", "all"]) await cli.json("files", "storage", "Team", "--keep", days);
  expect(asked).toEqual([7, null]);
});

test("a message may be sent with a time of its own, or without one", async () => {
  await using cli = await startCli();
  await cli.run("account", "create", "Alice");
  const space = cli.engine.addSpace("Team");
  cli.engine.addChannel(space, "garden");
  for (const time of ["90s", "never"])
    expect((await cli.run("send", "Team", "garden", "hello", "--expires", time)).err).toBe("");
  expect(await cli.failure("send", "Team", "garden", "hello", "--once")).toMatchObject({
    error: { code: "bad-request" },
  });
});

test("search takes a channel of a workspace that is named", async () => {
  await using cli = await startCli();
  const space = cli.engine.addSpace("Team");
  cli.engine.addChannel(space, "garden");
  expect(await cli.failure("search", "plum", "--channel", "garden")).toEqual({
    error: {
      code: "bad-request",
      message: "Say with --space which workspace the channel is in.",
    },
  });
});

test("search names the files in which something was found, and what of what they show", async () => {
  await using cli = await startCli();
  const space = cli.engine.addSpace("Team");
  const message = cli.engine.addMessage(cli.engine.addChannel(space, "garden"), "");
  const files = [
    { name: "plum_2.pdf", ranges: [[0, 4]], alt: null },
    { name: "b.jpg", ranges: [], alt: { snippet: "a plum\ntree", ranges: [[2, 6]] } },
  ] satisfies Hit["files"];
  const hit: Hit = { message, channelName: "garden", spaceName: "Team", snippet: "", ranges: [], files };
  cli.engine.answer("search", () => ({
    ok: true,
    value: { hits: [hit], total: 1, order: "newest", next: null },
  }));
  expect((await cli.run("search", "plum")).out).toContain(": [plum_2.pdf] [b.jpg: a plum tree]  (");
  expect(await cli.json("search", "plum")).toMatchObject({
    hits: [{ snippet: "", files: [{ name: "plum_2.pdf", alt: null }, { name: "b.jpg" }] }],
  });
});

test("what is not there says what is", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  expect(await cli.failure("send", "Tema", "general", "hello")).toEqual(
    failed("not-found", 'There is no workspace "Tema" here. There is Team.'),
  );
  expect(await cli.failure("send", "Team", "nowhere", "hello")).toEqual(
    failed("not-found", 'There is no channel "nowhere" here. There is general.'),
  );
});

test("without a node every verb says so", async () => {
  const host = fakeHost();
  await run(["status", "--data", "/nowhere/at all", "--json"], host);
  expect(host.exitCode).toBe(1);
  expect(JSON.parse(host.err)).toEqual(
    failed("not-running", expect.stringContaining("start --data '/nowhere/at all'")),
  );
  const human = fakeHost();
  await run(["status", "--data", "/nowhere"], human);
  expect(human.err).toMatch(/^multichat: Multichat is not running on \/nowhere\. /);
});

test("a node that was stopped is not running, though its files are there", async () => {
  await using cli = await startCli();
  await cli.server.stop();
  expect(await cli.failure("status")).toEqual(failed("not-running"));
});

test.each([
  [["read", "Team"], "missing required argument 'channel'"],
  [["dance"], "unknown command 'dance'"],
  [["status", "--loud"], "unknown option '--loud'"],
  [["read", "a", "b", "--limit", "0"], "It must be a whole number from 1."],
  [["invite", "create", "a", "--expires", "soon"], "Write a time as"],
  [["send", "a", "b", "hello", "there"], "too many arguments"],
  [[], "a command is missing before --json"],
  [["role"], "a command is missing before --json"],
  [["role", "--data", "/nowhere"], "a command is missing before --data"],
  [["role", "--loud"], "unknown option '--loud'"],
  [["notify", "--json", "--loud"], "unknown option '--loud'"],
])("usage: %j", async (args, words) => {
  const host = fakeHost();
  await run([...args, "--json"], host);
  expect([host.out, host.exitCode]).toEqual(["", 1]);
  expect(JSON.parse(host.err)).toEqual(failed("bad-request", expect.stringContaining(words)));
});

test("what is in no thread cannot be in the channel as well", async () => {
  await using cli = await startCli();
  cli.engine.addSpace("Team");
  expect(await cli.failure("send", "Team", "general", "hello", "--also")).toEqual(failed("bad-request", expect.stringContaining("--thread")));
  expect(cli.engine.messages).toEqual([]);
});

test("a mistake says how it is written, and where more is said", async () => {
  const host = fakeHost();
  await run(["role", "create", "Team"], host);
  expect([host.out, host.exitCode]).toEqual(["", 1]);
  expect(host.err).toBe("multichat: missing required argument 'name'\nUsage: multichat role create [options] <space> <name>\nMore: multichat help role create\n");
});

test.each([
  [["help"], "Usage: multichat [options] [command]"],
  [["help", "role"], "Usage: multichat role [options] [command]"],
  [["help", "role", "create"], "Usage: multichat role create [options] <space> <name>"],
  [["--version"], "0.1.0"],
])("%j", async (args, words) => {
  const host = fakeHost();
  await run(args, host);
  expect([host.out.split("\n")[0], host.err, host.exitCode]).toEqual([words, "", 0]);
});

test("there is no help for what is no command", async () => {
  const host = fakeHost();
  await run(["help", "role", "dance"], host);
  expect([host.out, host.exitCode]).toEqual(["", 1]);
  expect(host.err).toMatch(/^multichat: there is no command 'role dance'\n/);
});

test("what the node says of a parameter is said in words", async () => {
  await using cli = await startCli();
  expect(await cli.failure("space", "create", "")).toEqual(failed("bad-request", "The name must not be empty."));
});

test("help goes to stdout with exit status 0", async () => {
  const host = fakeHost();
  await run(["read", "--help"], host);
  expect([host.exitCode, host.err]).toEqual([0, ""]);
  expect(host.out).toContain("--before <id>");
});

test.each([["send", "Team", "general", "hello"], ["space", "list"], ["dm"], ["export", "/nowhere/at/all"]])("what a damaged database cannot show is not said to be missing: %s", async (...args) => {
  await using cli = await startCli();
  const problem = { code: "database-damaged" as const, message: "The database is damaged.", remedy: "device.renew" as const };
  cli.engine.answer("status.get", () => ({ ok: true, value: { status: { ...cli.engine.status(), problems: [problem] } } }));
  expect(await cli.failure(...args)).toEqual(failed("database-damaged", "The database is damaged."));
});

test("a command that is recommended is for the data folder that was named", async () => {
  await using cli = await startCli();
  const here = ` --data ${cli.dataDir}`;
  expect((await cli.run("account", "show")).out).toContain(`multichat account create NAME${here}\n`);
  expect((await cli.run("space", "list")).out).toBe(`No workspaces yet: multichat space create NAME${here}, or multichat join -${here}\n`);
  expect((await cli.run("account", "create", "Alice")).out).toContain(`multichat account phrase${here}\n`);
  expect((await cli.run("status")).out).toContain(`multichat account phrase${here}\n`);
  cli.engine.answer("doctor.run", () => ({ ok: true, value: { ok: true, checks: [{ name: "keys", ok: true, detail: "Not encrypted. `multichat keys protect` sets a passphrase." }] } }));
  expect((await cli.run("doctor")).out).toContain(`\`multichat keys protect${here}\``);
});

test("a command that is recommended is for the usual data folder where none was named", async () => {
  await using cli = await startCli();
  const host = Object.assign(fakeHost(), { env: { XDG_DATA_HOME: cli.dataDir } });
  await symlink(cli.dataDir, join(cli.dataDir, "multichat"));
  await run(["account", "show"], host);
  expect(host.out).toContain("multichat account create NAME\n");
});
