/** The verbs about people and permissions against real nodes, with the fields that scripts rely on (spec/cli.md). */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestNode } from "./support/test-node.ts";
import { type Village, createVillage } from "./support/village.ts";

const id = expect.stringMatching(/^[0-9a-f]{64}$/) as string;

let village: Village;
let alice: TestNode;
let bob: TestNode;
let carol: TestNode;
let team: string;
beforeAll(async () => {
  village = await createVillage();
  [alice, bob, carol] = await Promise.all([village.node("Alice"), village.node("Bob"), village.node("Carol")]);
  team = (await village.workspace("Team", alice, bob, carol)).id;
});
afterAll(() => village?.[Symbol.asyncDispose]());

/** What a verb refused with, as a script sees it. */
async function refusal(node: TestNode, args: string[], input?: string): Promise<{ code: string; message: string }> {
  const { stdout, stderr, status } = await node.cli([...args, "--json"], input);
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  return (JSON.parse(stderr.trimEnd().split("\n").at(-1)!) as { error: { code: string; message: string } }).error;
}

const may = (node: TestNode, who: string, permission: string): Promise<{ allowed: boolean; why: string | null }> => node.json(["may", "Team", who, permission]);

describe("the command line, for those who govern", () => {
  test("a role is made and given, and its holder may do what it allows", async () => {
    const { role } = await alice.json<{ role: { id: string } }>(["role", "create", "Team", "Helper", "--allow", "mute,kick", "--below", "Admin"]);
    expect(role).toMatchObject({ id, name: "Helper", permissions: ["mute", "kick"], manageable: true });
    expect(await may(bob, "Bob", "kick")).toEqual({ allowed: false, why: expect.any(String) as string });
    expect(await refusal(bob, ["member", "mute", "Team", "Carol"])).toMatchObject({ code: "not-allowed" });
    expect(await alice.json(["member", "role", "Team", "bob", "helper"])).toMatchObject({ member: { name: "Bob", roles: expect.arrayContaining(["Helper"]) as string[] } });
    await bob.until("Bob knows", async () => (await bob.call("member.list", { space: team })).members.some(({ name, roles }) => name === "Bob" && roles.includes("Helper")));
    expect(await may(bob, "Bob", "kick")).toEqual({ allowed: true, why: null });
  });

  test("a mute and a channel's rule reach whom they are for, and the audit log says who it was", async () => {
    expect(await bob.json(["member", "mute", "Team", carol.ready.account!.id.slice(0, 8), "--for", "1h"])).toMatchObject({ member: { name: "Carol", muted: { by: { name: "Bob" }, until: expect.any(Number) as number } } });
    await carol.until("Carol is muted", async () => (await carol.call("permissions.check", { space: team, permission: "send" })).allowed === false);
    expect(await refusal(carol, ["send", "Team", "general", "hello"])).toEqual({ code: "not-allowed", message: expect.stringContaining("muted") as string });
    await bob.json(["member", "mute", "Team", "Carol", "--off"]);

    const { overrides } = await alice.json<{ overrides: object[] }>(["channel", "override", "Team", "general", "--member", "Carol", "--deny", "send"]);
    expect(overrides).toMatchObject([{ subject: { account: carol.ready.account!.id }, name: "Carol", allow: [], deny: ["send"] }]);
    await carol.until("Carol is let write, but not there", async () => {
      const channel = await carol.channel(team);
      const [everywhere, there] = await Promise.all([carol.call("permissions.check", { space: team, permission: "send" }), carol.call("permissions.check", { space: team, channel, permission: "send" })]);
      return everywhere.allowed && !there.allowed;
    });
    expect(await carol.json(["may", "Team", "Carol", "send", "--channel", "general"])).toMatchObject({ allowed: false });

    const { entries } = await alice.json<{ entries: { kind: string }[] }>(["audit", "Team", "--limit", "4"]);
    expect(entries.map(({ kind }) => kind)).toEqual(["override", "mute", "mute", "grant"]);
    expect(entries[1]).toMatchObject({ by: { name: "Bob" }, of: { name: "Carol" } });
    expect(await refusal(carol, ["audit", "Team"])).toMatchObject({ code: "not-allowed" });
  });

  test("who is removed is told; a ban is lifted by name", async () => {
    expect(await refusal(bob, ["member", "kick", "Team", "Alice"])).toMatchObject({ code: "not-allowed" });
    expect(await alice.json(["member", "ban", "Team", "Carol"])).toEqual({ account: carol.ready.account, until: 0 });
    await carol.until("Carol is told", async () => (await carol.call("space.list", {})).spaces.find(({ id: found }) => found === team)?.readOnly !== null);
    expect(await refusal(carol, ["send", "Team", "general", "hello"])).toMatchObject({ message: expect.stringContaining("banned by Alice") as string });
    expect(await alice.json(["member", "unban", "Team", "Carol"])).toEqual({ account: carol.ready.account });
  });

  test("two people compare numbers, and write to each other", async () => {
    const [{ digits }, theirs] = await Promise.all([alice.json<{ digits: string }>(["contact", "verify", "Bob"]), bob.json<{ digits: string }>(["contact", "verify", "Alice"])]);
    expect(theirs.digits).toBe(digits);
    expect(await refusal(alice, ["contact", "verify", "Bob", digits.replaceAll(/\d/g, "7")])).toMatchObject({ code: "verification-mismatch" });
    expect(await alice.json(["contact", "verify", "Bob", digits])).toMatchObject({ person: { name: "Bob", verified: { method: "digits" } } });
    const sent = await alice.json<{ channel: { id: string } }>(["dm", "Bob", "psst"]);
    await bob.until("the conversation is there", async () => {
      const { spaces } = await bob.call("space.list", {});
      const channels = await Promise.all(spaces.map(({ id: space }) => bob.call("channel.list", { space })));
      return channels.flatMap((list) => list.channels).some((channel) => channel.id === sent.channel.id);
    });
    await bob.untilReads(sent.channel.id, ["psst"]);
  });
});
