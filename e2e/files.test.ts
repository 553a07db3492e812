/** Files between real nodes, by the command line (spec/cli.md, send and files). */
import { randomBytes } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestNode } from "./support/test-node.ts";
import { type Village, createVillage } from "./support/village.ts";

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

test("a file is sent, fetched by one and, when its author is gone, by another from that one", async () => {
  const sent = randomBytes(9_000_000);
  const path = join(alice.dataDir, "film.bin");
  await writeFile(path, sent);
  const { message } = await alice.json<{ message: { id: string } }>(["send", "Team", "general", "--file", path, "--alt", "nothing but noise"]);
  const got = async (node: TestNode): Promise<Buffer> => {
    await node.until("the message is there", async () => (await node.messages(await node.channel(team))).some(({ id }) => id === message.id));
    const { files } = (await node.messages(await node.channel(team))).find(({ id }) => id === message.id)!;
    expect(files[0]).toMatchObject({ name: "film.bin", shape: { alt: "nothing but noise" } });
    const out = join(node.dataDir, "got.bin");
    expect(await node.json(["files", "get", message.id, "--out", out])).toEqual({ file: { name: "film.bin", size: sent.length, path: out } });
    return readFile(out);
  };
  expect((await got(bob)).equals(sent)).toBe(true);
  await alice.stop();
  expect((await got(carol)).equals(sent)).toBe(true);

  const again = await bob.cli(["files", "get", message.id, "--out", join(bob.dataDir, "got.bin"), "--json"]);
  expect([again.status, JSON.parse(again.stderr.trimEnd().split("\n").at(-1)!)]).toMatchObject([1, { error: { code: "file-exists" } }]);
  expect((await bob.cli(["files", "get", message.id, "--out", bob.dataDir, "--force"])).status).toBe(0);
  expect((await readdir(bob.dataDir)).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  expect((await readFile(join(bob.dataDir, "film.bin"))).equals(sent)).toBe(true);
});
