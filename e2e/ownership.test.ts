/** Who owns a workspace, with real nodes and from the command line: handed over, and recovered by those who agree (spec/04-control.md). */
import { expect, test } from "vitest";
import type { Ownership } from "@multichat/client/contract";
import type { TestNode } from "./support/test-node.ts";
import { createVillage } from "./support/village.ts";

const phraseOf = async (node: TestNode): Promise<string[]> => {
  const { words } = await node.json<{ words: string[] }>(["account", "phrase"]);
  await node.json(["account", "phrase", "--confirm"], words.join(" "));
  return words;
};
const team = async (node: TestNode): Promise<{ space: string }> => ({ space: (await node.call("space.list", {})).spaces.find(({ name }) => name === "Team")!.id });
const shown = async (node: TestNode): Promise<Ownership> => (await node.call("ownership.get", await team(node))).ownership;
const owners = async (node: TestNode): Promise<string[]> => (await shown(node)).owners.map(({ name }) => name).sort();
const roles = async (node: TestNode, name: string): Promise<string[]> => {
  const { members } = await node.call("member.list", await team(node));
  return members.find((member) => member.name === name)?.roles ?? [];
};

test("an owner hands the workspace over: the new one does what only an owner may, and the old one no longer may", async () => {
  await using village = await createVillage();
  const [alice, bob, carol] = [await village.node("Alice"), await village.node("Bob"), await village.node("Carol")];
  await village.workspace("Team", alice, bob, carol);
  const words = await phraseOf(alice);
  const refused = await alice.cli(["owner", "transfer", "Team", "Bob", "--json"]);
  expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: "phrase-erased" } });
  expect(JSON.parse((await bob.cli(["member", "role", "Team", "Carol", "Admin", "--json"])).stderr)).toMatchObject({ error: { code: "not-allowed" } });
  const moved = await alice.json(["owner", "transfer", "Team", "Bob", "--words"], words.join(" "));
  expect(moved).toMatchObject({ account: { name: "Bob" }, note: expect.stringContaining("recovery phrase of Alice") as string });
  await bob.until("Bob owns it", async () => (await owners(bob)).join() === "Bob");
  await bob.json(["member", "role", "Team", "Carol", "Admin"]);
  await carol.until("Carol is an admin", async () => (await roles(carol, "Carol")).includes("Admin"));
  expect(await roles(alice, "Alice")).toEqual(["Admin"]);
  expect(JSON.parse((await alice.cli(["member", "kick", "Team", "Bob", "--json"])).stderr)).toMatchObject({ error: { code: "not-allowed" } });
  await bob.json(["member", "kick", "Team", "Alice"]);
  await carol.until("Alice is gone", async () => (await roles(carol, "Alice")).length === 0);
  await bob.json(["space", "leave", "Team"]);
  await carol.until("the owner has left", async () => (await owners(carol)).length === 0);
  await carol.json(["channel", "create", "Team", "without-an-owner"]);
});

test("two of three give the ownership to somebody new after the owner has lost everything", async () => {
  await using village = await createVillage();
  const [alice, bob, carol, dora] = [await village.node("Alice"), await village.node("Bob"), await village.node("Carol"), await village.node("Dora")];
  const space = await village.workspace("Team", alice, bob, carol, dora);
  const words = await phraseOf(alice);
  const theirs = new Map<TestNode, string[]>();
  for (const node of [bob, carol]) theirs.set(node, await phraseOf(node));
  const set = await alice.json<{ ownership: Ownership; words: string[] }>(["owner", "recovery", "Team", "--with", "Bob,Carol,Dora", "--needed", "2", "--words"], words.join(" "));
  expect(set.words).toHaveLength(24);
  expect(set.words).not.toEqual(words);
  expect((await alice.cli(["owner", "show", "Team"])).stdout).toMatch(/may take over +2 together of /);
  await bob.until("Bob knows", async () => (await shown(bob)).recovery?.needed === 2);
  await dora.until("Dora knows", async () => (await shown(dora)).recovery?.needed === 2);
  await alice.kill();
  await dora.stop();

  const again = await village.node("Ada");
  await again.json(["join", await bob.invite(space.id)]);
  await again.json(["owner", "ask", "Team"]);
  for (const node of [bob, carol]) {
    await node.until("the request is here", async () => (await shown(node)).requests.length === 1);
    const { ownership } = await node.json<{ ownership: Ownership }>(["owner", "approve", "Team", "Ada", "--words"], theirs.get(node)!.join("\n"));
    expect(ownership.requests[0]).toMatchObject({ by: { name: "Ada" }, approved: true, needed: 2 });
  }
  await again.until("both have agreed", async () => (await shown(again)).requests[0]?.approvedBy.length === 2);
  await again.json(["owner", "take", "Team"]);
  await bob.until("Ada owns it", async () => (await owners(bob)).join() === "Ada");
  await again.json(["member", "role", "Team", "Carol", "Admin"]);
  await again.json(["member", "kick", "Team", "Alice"]);
  await bob.until("Alice is out", async () => (await roles(bob, "Alice")).length === 0);
  await dora.start();
  await dora.until("Dora sees it too", async () => (await owners(dora)).join() === "Ada" && (await roles(dora, "Carol")).includes("Admin"));
  expect(await shown(dora)).toMatchObject({ holders: [{ person: { name: "Ada" }, current: true }], recovery: { needed: 2 }, requests: [] });
});
