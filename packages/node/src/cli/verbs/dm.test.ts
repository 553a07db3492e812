/** What the verbs about private channels, conversations and requests ask of the node and print. */
import type { PersonCard, Space } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { channelOf, fakeId, messageOf, noon, spaceOf } from "../../api/testing/fake-values.ts";
import { startCli } from "../testing/cli-harness.ts";
import type { CliHarness } from "../testing/cli-harness.ts";

const card = (name: string): PersonCard => ({
  id: fakeId(`account ${name}`), name, you: false, petname: null, chosenName: name, about: null, pronouns: null, avatar: null,
  vouchedBy: [], verified: null, looksLike: null, contact: false, blocked: false, vouches: [], spaces: [],
});
const [bob, carol] = [card("Bob"), card("Carol")];
const team: Space = { ...spaceOf("Team"), kind: "team" };
const direct: Space = { ...spaceOf("Bob, Carol"), kind: "direct", group: true, people: [bob, carol].map(({ id, name }) => ({ id, name })), unread: 2 };
const hidden: Space = { ...spaceOf("plans"), kind: "private", parent: { id: team.id, name: "Team" } };
const inside = channelOf(hidden.id, "plans");
const messages = channelOf(direct.id, "messages");
const member = (of: PersonCard) => ({ ...of, roles: ["Member"], roleIds: [], junior: true, muted: null, connected: true, devices: 1, joinedAt: noon, lastSeen: null });

async function startWith(...spaces: Space[]): Promise<CliHarness> {
  const cli = await startCli();
  cli.engine.answer("person.list", () => ({ ok: true, value: { people: [bob, carol] } }));
  cli.engine.answer("member.list", () => ({ ok: true, value: { members: [bob, carol].map(member) } }));
  cli.engine.answer("space.list", () => ({ ok: true, value: { spaces } }));
  cli.engine.answer("channel.list", ({ space }) => ({
    ok: true,
    value: { channels: space === hidden.id ? [inside] : space === direct.id ? [messages] : [{ ...channelOf(space, "plans"), archived: true }] },
  }));
  return cli;
}

test("dm opens the conversation with those named and writes there", async () => {
  await using cli = await startWith(team);
  const sent = messageOf(messages, bob, "hello", 1);
  cli.engine.answer("dm.open", () => ({ ok: true, value: { space: direct, channel: messages } }));
  cli.engine.answer("message.send", () => ({ ok: true, value: { message: sent } }));
  expect(await cli.json("dm", "bob, CAROL", "hello")).toEqual({ message: { id: sent.id }, space: { id: direct.id }, channel: { id: messages.id } });
  expect(cli.engine.executed.slice(-2)).toEqual([
    { command: "dm.open", params: { accounts: [bob.id, carol.id] } },
    { command: "message.send", params: { channel: messages.id, text: "hello" } },
  ]);
  expect(await cli.failure("dm", "Bob")).toMatchObject({ error: { code: "bad-request" } });
  expect(await cli.failure("dm", "Dora", "hello")).toMatchObject({ error: { code: "not-found" } });
});

test("dm alone lists the conversations, which are no workspaces", async () => {
  await using cli = await startWith(team, direct, hidden);
  expect(await cli.json("dm")).toEqual({
    conversations: [{ id: direct.id, name: "Bob, Carol", people: direct.people, unread: 2, replacedBy: null, channel: messages.id }],
  });
  expect(((await cli.json("space", "list")) as { spaces: { id: string }[] }).spaces.map(({ id }) => id)).toEqual([team.id]);
});

test("a guest finds the one private channel among the workspaces", async () => {
  await using cli = await startWith({ ...hidden, parent: { id: team.id, name: null } });
  expect(await cli.json("space", "list")).toMatchObject({ spaces: [{ id: hidden.id, name: "plans", kind: "private" }] });
});

test("a private channel is made with members, listed in its workspace, and named like any other", async () => {
  await using cli = await startWith(team, hidden);
  cli.engine.answer("private.create", () => ({ ok: true, value: { space: hidden, channel: inside } }));
  expect(await cli.json("channel", "create", "Team", "#plans", "--private", "--with", "Bob,Carol")).toEqual({
    channel: { id: inside.id, name: "plans", space: hidden.id, private: true },
  });
  expect(cli.engine.executed.at(-1)).toEqual({ command: "private.create", params: { space: team.id, name: "plans", members: [bob.id, carol.id] } });
  expect(await cli.failure("channel", "create", "Team", "plans", "--with", "Bob")).toMatchObject({ error: { code: "bad-request" } });
  const { channels } = (await cli.json("channel", "list", "Team")) as { channels: { id: string; private: boolean }[] };
  expect(channels.map((one) => one.private)).toEqual([false, true]);
  // Not its archived namesake.
  cli.engine.answer("message.send", () => ({ ok: true, value: { message: messageOf(inside, bob, "x", 2) } }));
  await cli.json("send", "Team", "plans", "x");
  expect(cli.engine.executed.at(-1)).toEqual({ command: "message.send", params: { channel: inside.id, text: "x" } });
});

test("turning a channel private says what others have seen", async () => {
  await using cli = await startWith(team);
  const notice = "Seen by all.";
  cli.engine.answer("channel.make-private", () => ({ ok: true, value: { space: hidden, channel: inside, notice } }));
  const { out } = await cli.run("channel", "private", "Team", "plans", "--with", "Bob");
  expect(out).toBe("#plans is private from now on, with Bob. Seen by all.\n");
});

test("requests are listed, accepted and declined by id or by who sent them", async () => {
  await using cli = await startWith(team);
  const waiting = { id: fakeId("request"), from: { id: fakeId("mallory"), name: "Mallory" }, people: 2, introducedBy: null, at: noon };
  cli.engine.answer("request.list", () => ({ ok: true, value: { requests: [waiting] } }));
  cli.engine.answer("request.accept", ({ request }) => ({ ok: true, value: { space: request } }));
  cli.engine.answer("request.decline", () => ({ ok: true, value: {} }));
  expect(await cli.json("request", "list")).toEqual({ requests: [waiting] });
  expect(await cli.json("request", "accept", "mallory")).toEqual({ space: { id: waiting.id } });
  expect(await cli.json("request", "decline", waiting.id.slice(0, 8), "--block")).toEqual({ request: { id: waiting.id } });
  expect(cli.engine.executed.at(-1)).toEqual({ command: "request.decline", params: { request: waiting.id, block: true } });
  expect(await cli.failure("request", "accept", "Trudy")).toMatchObject({ error: { code: "not-found" } });
});
