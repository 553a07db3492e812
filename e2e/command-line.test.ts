/** Every verb of the command line against real nodes, with the fields that scripts rely on (spec/cli.md). */
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Wake } from "@multichat/client/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newBrowser } from "../packages/node/src/web-push/testing/browser.ts";
import { finished, spawnMultichat, spawnNpx } from "./support/processes.ts";
import { startPushService } from "./support/push-service.ts";
import type { TestNode } from "./support/test-node.ts";
import { type Village, createVillage } from "./support/village.ts";

const id = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
const time = expect.any(Number) as number;
const peer = expect.stringMatching(/^12D3Koo\w+$/) as string;

let village: Village;
let alice: TestNode;
let bob: TestNode;
beforeAll(async () => {
  village = await createVillage();
  [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
});
afterAll(() => village?.[Symbol.asyncDispose]());

/** What a verb refused with, as a script sees it. */
async function refusal(node: TestNode, args: string[], input?: string) {
  const { stdout, stderr, status } = await node.cli([...args, "--json"], input);
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  const lines = stderr.trimEnd().split("\n");
  return JSON.parse(lines.at(-1)!) as { error: { code: string; message: string } };
}

describe("the command line, on two nodes", () => {
  test("start prints one line when it is ready, status the same and who is connected", async () => {
    const account = { id, name: "Alice" };
    const ready = {
      ready: true,
      api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      account,
      peer,
      locked: false,
    };
    expect(alice.ready).toEqual(ready);
    expect(await alice.json(["status"])).toEqual({ ...alice.ready, peers: 0 });
    expect(await alice.json(["account", "show"])).toEqual({ account: alice.ready.account });
  });

  test("account create says when there is one; account phrase prints the 24 words", async () => {
    expect(await refusal(alice, ["account", "create", "Eve"])).toMatchObject({
      error: { code: "account-exists", message: expect.stringContaining("Alice") as string },
    });
    const { words } = await alice.json<{ words: string[] }>(["account", "phrase"]);
    expect(words).toHaveLength(24);
  });

  test("workspaces, channels and invites are made, listed and found by name", async () => {
    const { space } = await alice.json<{ space: object }>(["space", "create", "Team"]);
    expect(space).toEqual({ id, name: "Team" });
    expect(await alice.json(["space", "list"])).toEqual({
      spaces: [{ ...space, kind: "team", members: 1, unread: 0 }],
    });

    const { channel } = await alice.json<{ channel: object }>([
      "channel",
      "create",
      "team",
      "garden",
    ]);
    expect(channel).toEqual({ id, name: "garden" });
    const fresh = {
      topic: "",
      unread: 0,
      space: (space as { id: string }).id,
      private: false,
      archived: false,
    };
    expect(await alice.json(["channel", "list", "Team"])).toEqual({
      channels: [
        { id, name: "general", ...fresh },
        { ...channel, ...fresh },
      ],
    });

    const made = await alice.json<{ invite: { id: string }; link: string }>([
      "invite",
      "create",
      "Team",
      "--role",
      "member",
      "--uses",
      "2",
      "--expires",
      "7d",
    ]);
    expect(made).toEqual({ invite: { id }, link: expect.stringMatching(/^multichat:\/\/join\/#/) });
    const listed = await alice.json<{ invites: { expires: number; createdAt: number }[] }>([
      "invite",
      "list",
      "Team",
    ]);
    expect(listed.invites).toEqual([
      {
        id: made.invite.id,
        role: "Member",
        createdBy: alice.ready.account,
        createdAt: time,
        expires: time,
        maxUses: 2,
        uses: 0,
        state: "open",
      },
    ]);
    const [{ expires, createdAt }] = listed.invites as [{ expires: number; createdAt: number }];
    expect(Math.round((expires - createdAt) / 86_400_000)).toBe(7);

    const prefix = made.invite.id.slice(0, 8);
    expect(await alice.json(["invite", "revoke", "Team", prefix])).toEqual({
      invite: { id: made.invite.id, state: "revoked" },
    });
    expect(await refusal(bob, ["join", "-"], made.link)).toMatchObject({
      error: { code: "invite-revoked" },
    });
  });

  test("join - and send - take their secrets from stdin; both nodes show the message the same", async () => {
    const { link } = await alice.json<{ link: string }>(["invite", "create", "Team"]);
    const { spaces } = await alice.json<{ spaces: { id: string }[] }>(["space", "list"]);
    expect(await bob.json(["join", "-"], `${link}\n`)).toEqual({
      space: { id: spaces[0]!.id, name: "Team" },
    });

    const sent = await bob.json<{ message: { id: string } }>(
      ["send", "Team", "#general", "-"],
      "two\nlines\n",
    );
    expect(sent).toEqual({ message: { id } });
    const received = await alice.untilReads(await alice.channel(spaces[0]!.id), ["two\nlines"]);
    expect(received[0]!.id).toBe(sent.message.id);

    const row = {
      id: sent.message.id,
      author: bob.ready.account,
      text: "two\nlines",
      time,
      position: expect.any(String) as string,
      blocked: false,
      imported: null,
      edited: null,
      reply: null,
      thread: null,
      replies: 0,
      reactions: [],
      files: [],
      pinned: false,
      deleted: false,
      expires: null,
    };
    expect(await alice.json(["read", "Team", "general"])).toEqual({
      messages: [{ ...row, delivery: null }],
    });
    await bob.until("Alice's node acknowledged it", async () => {
      const { delivery } = await bob.call("message.delivery", { message: sent.message.id });
      return delivery.devices === 1;
    });
    expect(await bob.json(["read", "Team", "general"])).toEqual({
      messages: [{ ...row, delivery: { stored: true, devices: 1, of: 1 } }],
    });
  });

  test("read pages backwards by id and by position; tail prints what comes, once", async () => {
    const following = spawnMultichat(["tail", "Team", "garden", "--json", "--data", bob.dataDir]);
    const lines = createInterface({ input: following.stdout! })[Symbol.asyncIterator]();
    const { spaces } = await bob.call("space.list", {});
    const channel = await alice.channel(spaces[0]!.id, "garden");
    // `tail` tells what comes after it began: one message is written until it does.
    let heard = false;
    const first = lines.next().then(({ value }) => ((heard = true), value as string));
    for (let number = 0; !heard; number++) {
      await alice.say(channel, `are you there ${number}`);
      await bob.until("it arrived", async () =>
        (await bob.messages(channel)).some(({ text }) => text === `are you there ${number}`),
      );
      await bob.cli(["status"]); // as long as another command takes, so does tail's start
    }
    expect(JSON.parse(await first)).toMatchObject({ message: { id, author: alice.ready.account } });
    await alice.json(["send", "Team", "garden", "hello tail"]);
    for (;;) {
      const { value } = (await lines.next()) as { value: string };
      const { message } = JSON.parse(value) as { message: { text: string } };
      if (message.text === "hello tail") break;
    }
    const ended = finished(following);
    following.kill("SIGINT");
    expect((await ended).status).toBe(0);

    interface Page {
      messages: { id: string; position: string; text: string }[];
    }
    // At Bob's, where no delivery mark changes in between.
    const all = await bob.json<Page>(["read", "Team", "garden"]);
    const last = all.messages.at(-1)!;
    const before = { messages: all.messages.slice(-2, -1) };
    expect(before.messages).toHaveLength(1);
    for (const place of [last.id, last.position]) {
      expect(await bob.json(["read", "Team", "garden", "--limit", "1", "--before", place])).toEqual(
        before,
      );
    }
  });

  test("answer, react, edit, pin, find and delete a message; let messages disappear", async () => {
    const { message } = await alice.json<{ message: { id: string } }>([
      "send",
      "Team",
      "general",
      "Who brings the cake, @Bob?",
    ]);
    const { channels } = await alice.json<{ channels: { id: string }[] }>([
      "channel",
      "list",
      "Team",
    ]);
    await bob.until("Bob has it", async () =>
      (await bob.messages(channels[0]!.id)).some((one) => one.id === message.id),
    );
    await bob.json(["send", "Team", "general", "I do", "--reply", message.id]);
    await bob.json(["send", "Team", "general", "A plum cake", "--thread", message.id]);
    await bob.json(["react", message.id, "🍰"]);
    await alice.json(["edit", message.id, "Who brings the plums, @Bob?"]);
    await alice.json(["pin", message.id]);
    await bob.until("Bob sees all of it", async () => {
      const { messages } = await bob.json<{ messages: Record<string, unknown>[] }>([
        "read",
        "Team",
        "general",
      ]);
      const shown = messages.find((one) => one["id"] === message.id);
      return (
        shown?.["text"] === "Who brings the plums, @Bob?" &&
        shown["pinned"] === true &&
        shown["edited"] !== null
      );
    });
    const { messages } = await bob.json<{ messages: object[] }>([
      "read",
      "Team",
      "general",
      "--limit",
      "2",
    ]);
    expect(messages).toMatchObject([
      { id: message.id, replies: 1, reactions: [{ emoji: "🍰", people: [bob.ready.account] }] },
      { text: "I do", reply: message.id },
    ]);
    expect(await bob.json(["read", "Team", "general", "--thread", message.id])).toMatchObject({
      messages: [{ text: "A plum cake", thread: message.id }],
    });
    expect(await bob.json(["history", message.id])).toMatchObject({
      versions: [
        { text: expect.stringContaining("the cake") as string },
        { text: expect.stringContaining("the plums") as string },
      ],
    });
    expect(await bob.json(["search", "plum", "--space", "Team"])).toMatchObject({
      total: 2,
      order: "newest",
      hits: [{ snippet: "A plum cake" }, { message: message.id }],
    });
    expect(await refusal(bob, ["edit", message.id, "mine"])).toMatchObject({
      error: { code: "not-allowed" },
    });
    expect(await alice.json(["delete", message.id])).toMatchObject({
      message: { id: message.id, deleted: true, text: "" },
    });
    expect(await alice.json(["channel", "retention", "Team", "general", "7d"])).toMatchObject({
      channel: { retention: 7 * 86_400 },
    });
  });

  test("peers names the connected devices; doctor says that the phrase is unsaved, and nothing else", async () => {
    await alice.until("the round trip was measured", async () => {
      const { peers } = await alice.call("peer.list", {});
      return peers[0]?.connected === true && peers[0].rttMs !== null;
    });
    expect(await alice.json(["peers"])).toEqual({
      peers: [
        {
          id: bob.ready.peer,
          name: "Bob",
          connected: true,
          link: "this machine",
          rttMs: expect.any(Number),
        },
      ],
    });
    expect(await alice.json(["status"])).toMatchObject({ peers: 1 });

    interface Report {
      ok: boolean;
      checks: { name: string; ok: boolean; detail: string }[];
    }
    const unsaved = await alice.cli(["doctor", "--json"]);
    expect(unsaved.status).toBe(1);
    const report = JSON.parse(unsaved.stdout) as Report;
    expect(report.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      "recovery phrase",
    ]);

    const { words } = await alice.call("account.phrase", {});
    const typed = [2, 11, 23].map((position) => ({ position, word: words[position]! }));
    await alice.call("account.confirm-phrase", { words: typed });
    const { ok, checks } = await alice.json<Report>(["doctor"]);
    expect(ok).toBe(true);
    for (const check of checks)
      expect(check).toEqual({ name: expect.any(String), ok: true, detail: expect.any(String) });
    expect(await refusal(alice, ["account", "phrase"])).toMatchObject({
      error: { code: "phrase-erased" },
    });
  });

  test("import brings a log in, where and under whose names it was written; export writes files that import reads", async () => {
    const log = join(alice.dataDir, "roses.log");
    await writeFile(
      log,
      "2001-01-01T10:00:00Z <ann> who has *roses*?\n2001-01-01T10:00:01Z <ben> I do\n",
    );
    const summary = { messages: 2, already: 0, authors: 2 };
    const first = await alice.json<{ import: { channels: object[] } }>([
      "import",
      "irc",
      log,
      "--into",
      "Team",
    ]);
    expect(first.import).toMatchObject({
      ...summary,
      channels: [{ id, name: "roses", made: true, messages: 2 }],
    });
    expect(await alice.json(["import", "irc", log, "--into", "Team"])).toMatchObject({
      import: { messages: 0, already: 2 },
    });
    const { messages } = await alice.json<{ messages: object[] }>(["read", "Team", "roses"]);
    expect(messages).toMatchObject([
      {
        text: "who has \\*roses\\*?",
        time: Date.UTC(2001, 0, 1, 10),
        imported: { author: "ann", source: "irc" },
      },
      { text: "I do", imported: { author: "ben", source: "irc" } },
    ]);
    await writeFile(log, "2001-01-01T10:00:00Z <ann> hello\nno time\n");
    expect(await refusal(alice, ["import", "irc", log, "--into", "Team"])).toMatchObject({
      error: {
        code: "file-damaged",
        message: expect.stringContaining("roses.log, line 2: ") as string,
      },
    });

    const folder = join(alice.dataDir, "export");
    const exported = await alice.json<{ export: { spaces: object[] } }>([
      "export",
      folder,
      "--space",
      "Team",
    ]);
    expect(exported.export.spaces).toMatchObject([{ name: "Team", folder: "Team", missing: 0 }]);
    await alice.json(["space", "create", "Again"]);
    expect(await alice.json(["import", "export", folder, "--into", "Again"])).toMatchObject({
      import: { already: 0 },
    });
    const again = await alice.json<{ messages: object[] }>(["read", "Again", "roses"]);
    expect(again.messages).toMatchObject([
      {
        text: "who has \\*roses\\*?",
        time: Date.UTC(2001, 0, 1, 10),
        imported: { author: "ann", source: "multichat" },
      },
      { text: "I do" },
    ]);
    await alice.json(["space", "leave", "Again"]);
  });

  test("while nobody looks, an address and a browser are called, and learn nothing", async () => {
    const service = await startPushService();
    const browser = newBrowser();
    const [p256dh, auth] = [browser.keys.p256dh, browser.keys.auth].map((key) =>
      Buffer.from(key).toString("base64url"),
    ) as [string, string];
    const { spaces } = await bob.call("space.list", {});
    await bob.json(["notify", "wake", `${service.url}/hook`]);
    await bob.call("wake.subscribe", { endpoint: `${service.url}/push`, p256dh, auth });
    bob.lookAway();
    await bob.json(["status"]); // until then it has been noticed
    await alice.say(await alice.channel(spaces[0]!.id), "@Bob a secret");
    await service.untilAsked(2);
    const [hook, push] = ["/hook", "/push"].map((path) => service.asked.get(path)!);
    expect(hook!.toString()).toBe("Multichat");
    expect(browser.read(push!)).toMatch(/^\{"unread":\d+\}$/);

    service.answer(410);
    const { wake } = await bob.json<{ wake: Wake }>(["notify", "wake", "--test"]);
    const problem = "It answered 410.";
    expect(wake).toMatchObject({ url: `${service.url}/hook`, problem, taken: time });
    const { host } = new URL(service.url);
    expect(wake.browsers).toMatchObject([{ service: host, ended: true, problem }]);
    expect(await bob.json(["notify", "wake", "none", "--forget", host])).toMatchObject({
      wake: { url: null, browsers: [] },
    });
    await service.close();
  });

  test("space leave takes it from the list", async () => {
    const { spaces } = await bob.call("space.list", {});
    expect(await bob.json(["space", "leave", "Team"])).toEqual({
      space: { id: spaces[0]!.id, name: "Team" },
    });
    expect(await bob.json(["space", "list"])).toEqual({ spaces: [] });
    await alice.until(
      "Alice sees that Bob left",
      async () => (await alice.call("space.list", {})).spaces[0]?.members === 1,
    );
  });

  test("what goes wrong is one JSON line on stderr and status 1", async () => {
    const nothing = { stdout: "", status: 1 };
    const cases: [TestNode, string[], string][] = [
      [alice, ["send", "Nowhere", "general", "x"], "not-found"],
      [alice, ["send", "Team", "nowhere", "x"], "not-found"],
      [alice, ["channel", "create", "Team", "garden"], "ambiguous"],
      [alice, ["invite", "create", "Team", "--expires", "soon"], "bad-request"],
      [alice, ["join", "multichat://join/#garbled"], "invite-garbled"],
      [alice, ["dance"], "bad-request"],
    ];
    for (const [node, args, code] of cases) {
      const message = expect.any(String) as string;
      expect([args, await refusal(node, args)]).toMatchObject([args, { error: { code, message } }]);
    }
    const alone = spawnMultichat(["status", "--json", "--data", village.folder("nobody")]);
    const { stderr, ...rest } = await finished(alone);
    expect(rest).toEqual(nothing);
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: "not-running" } });
  });

  test.skipIf(spawnSync("npx", ["--version"]).status !== 0)(
    "npx multichat works from the root of the repository",
    async () => {
      const { stdout, status } = await finished(
        spawnNpx(["account", "show", "--json", "--data", alice.dataDir]),
      );
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toEqual({ account: alice.ready.account });
    },
  );
});
