/** One person's devices as real nodes, handled from the command line (spec/cli.md, spec/09-devices.md). */
import { once } from "node:events";
import { access, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { finished, spawnMultichat } from "./support/processes.ts";
import { type TestNode, startTestNode } from "./support/test-node.ts";
import { type Village, createVillage } from "./support/village.ts";

interface Device {
  name: string;
  id: string;
  standing: string;
}

/** `device link` on both, by their command lines: the code passes from one to the other, the pictures are compared. */
async function link(existing: TestNode, fresh: TestNode, name: string): Promise<void> {
  const showing = spawnMultichat(["device", "link", "--json", "--data", existing.dataDir]);
  const shownToTheEnd = once(showing, "close");
  const lines = createInterface({ input: showing.stdout! })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => JSON.parse((await lines.next()).value as string) as T;
  const { code } = await next<{ code: string }>();
  const entering = spawnMultichat(["device", "link", "-", "--name", name, "--json", "--data", fresh.dataDir]);
  const enteredToTheEnd = once(entering, "close");
  const entered = createInterface({ input: entering.stdout! })[Symbol.asyncIterator]();
  entering.stdin!.write(`${code}\n`);
  const seen = JSON.parse((await entered.next()).value as string) as { emoji: unknown[] };
  const shown = await next<{ emoji: unknown[]; device: { name: string } }>();
  expect(shown).toEqual({ emoji: seen.emoji, device: { name } });
  expect(seen.emoji).toHaveLength(7);
  entering.stdin!.end("yes\n");
  showing.stdin!.end("yes\n");
  const { account } = JSON.parse((await entered.next()).value as string) as { account: unknown };
  expect(account).toEqual(existing.ready.account);
  const ends = await Promise.all([shownToTheEnd, enteredToTheEnd]);
  expect(ends.map(([status]) => status as number)).toEqual([0, 0]);
}

const untilIn = (node: TestNode, name: string) =>
  node.until(`it is in ${name}`, async () => (await node.call("space.list", {})).spaces.find((space) => space.name === name));

async function pair(village: Village): Promise<{ alice: TestNode; bob: TestNode; channel: string }> {
  const [alice, bob] = [await village.node("Alice"), await village.node("Bob")];
  const space = await village.workspace("Team", alice, bob);
  const channel = await alice.channel(space.id);
  await bob.say(channel, "hello Alice");
  await alice.untilReads(channel, ["hello Alice"]);
  return { alice, bob, channel };
}

test("a second device is linked, has everything, and revokes the first", async () => {
  await using village = await createVillage();
  const { alice, bob, channel } = await pair(village);
  const phone = await village.stranger();
  await link(alice, phone, "Phone");
  await untilIn(phone, "Team");
  await phone.untilReads(channel, ["hello Alice"]);
  await phone.say(channel, "from the phone");
  await bob.untilReads(channel, ["hello Alice", "from the phone"]);

  const { devices } = await phone.json<{ devices: Device[] }>(["device", "list"]);
  expect(devices.map(({ standing }) => standing)).toEqual(["good", "good"]);
  const laptop = devices.find(({ name }) => name !== "Phone")!;
  await phone.json(["device", "name", laptop.id, "Laptop"]);
  await phone.json(["device", "revoke", "Laptop", "--reason", "stolen"]);
  await alice.until("the laptop is told", async () => (await alice.call("status.get", {})).status.signedOut !== null);
  const { status, stderr } = await alice.cli(["send", "Team", "general", "from the thief"]);
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("signed out") as string });
  await bob.say(channel, "only for the phone");
  await phone.untilReads(channel, ["hello Alice", "from the phone", "only for the phone"]);
});

test("an account comes back from its words, and from a backup, each time as a new device", async () => {
  await using village = await createVillage();
  const { alice, bob, channel } = await pair(village);
  const { words } = await alice.json<{ words: string[] }>(["account", "phrase"]);
  expect((await alice.cli(["account", "phrase", "--confirm", "--json"], words.with(2, "zebra").join(" "))).stderr).toContain("phrase-mismatch");
  expect(await alice.json(["account", "phrase", "--confirm"], words.join("\n"))).toEqual({ confirmed: true });
  expect((await alice.json<{ checks: { name: string; ok: boolean }[] }>(["doctor"])).checks.filter(({ ok }) => !ok)).toEqual([]);
  const file = join(village.folder(""), "alice.backup");
  const { backup } = await alice.json<{ backup: object }>(["account", "backup", file], "correct horse\n");
  expect(backup).toEqual({ path: file, items: expect.any(Number) as number, bytes: (await stat(file)).size });
  expect((await alice.cli(["account", "backup", file, "--json"], "x\n")).stderr).toContain("file-exists");
  expect((await readdir(village.folder(""))).filter((name) => name.startsWith("alice."))).toEqual(["alice.backup"]);
  const invite = await bob.invite((await untilIn(bob, "Team")).id);
  await alice.kill();

  const recovered = await village.stranger();
  const recover = ["account", "recover", "--via", invite, "--name", "Tablet"];
  const refused = await recovered.cli([...recover, "--json", "--yes"], words.with(23, "zzoo").join(" "));
  expect(JSON.parse(refused.stderr)).toEqual({ error: { code: "phrase-invalid", message: expect.stringMatching(/^Word 24, "zzoo", is none of the words.*"zoo"/) as string } });
  const declined = await recovered.cli(recover, `${words.join("\n")}\nno\n`);
  expect(declined).toMatchObject({ status: 1, stdout: expect.stringContaining(`Alice  account ${alice.ready.account!.id}`) as string, stderr: "multichat: Stopped. Nothing was changed.\n" });
  expect(await recovered.json([...recover, "--yes"], words.join("\n"))).toEqual({ account: alice.ready.account });
  await untilIn(recovered, "Team");
  await recovered.untilReads(channel, ["hello Alice"]);

  const restored = await village.stranger();
  expect(JSON.parse((await restored.cli(["account", "restore", file, "--json"], "wrong horse\n")).stderr)).toMatchObject({ error: { code: "wrong-passphrase" } });
  expect(await restored.json(["account", "restore", file], "correct horse\n")).toEqual({ account: alice.ready.account, items: expect.any(Number) as number });
  expect((await restored.cli(["account", "restore", file, "--json"], "correct horse\n")).stderr).toContain("account-exists");
  await untilIn(restored, "Team");
  await restored.say(channel, "from the backup");
  await bob.untilReads(channel, ["hello Alice", "from the backup"]);
  await recovered.untilReads(channel, ["hello Alice", "from the backup"]);
});

test("keys with a passphrase keep a node waiting for it; an account that is deleted leaves nothing", async () => {
  await using village = await createVillage();
  const { alice, bob, channel } = await pair(village);
  expect(await alice.json(["keys", "protect"], "correct horse\n")).toEqual({ protected: true });
  await alice.stop();
  await alice.start();
  expect(alice.ready).toMatchObject({ account: null, locked: true });
  await alice.until("what to do is said", () => Promise.resolve(alice.stderr.includes("multichat keys unlock --data ")));
  expect((await alice.call("status.get", {})).status).toMatchObject({ locked: true, protected: true, account: null });
  expect((await alice.cli(["space", "list", "--json"])).stderr).toContain('"locked"');
  expect((await alice.cli(["keys", "unlock", "--json"], "wrong horse\n")).stderr).toContain("wrong-passphrase");
  expect(await alice.json(["keys", "unlock"], "correct horse\n")).toEqual({ locked: false });
  await alice.until("it goes on", async () => !(await alice.call("status.get", {})).status.locked);
  await alice.say(channel, "unlocked");
  await bob.untilReads(channel, ["hello Alice", "unlocked"]);
  await alice.stop();

  const started = spawnMultichat(["start", "--unlock", "--no-open", "--no-mdns", "--json", "--data", alice.dataDir]);
  const ready = createInterface({ input: started.stdout! });
  started.stdin!.end("correct horse\n");
  expect(JSON.parse(((await once(ready, "line")) as [string])[0])).toMatchObject({ account: { name: "Alice" } });
  const bare = await finished(spawnMultichat(["keys", "unprotect", "--json", "--data", alice.dataDir]), "correct horse\n");
  expect(JSON.parse(bare.stdout)).toEqual({ protected: false });
  // Whom nobody reaches cannot say goodbye.
  await bob.untilConnected((await bob.call("space.list", {})).spaces[0]!.id, 1);
  expect(JSON.parse((await finished(spawnMultichat(["account", "delete", "Alice", "--json", "--data", alice.dataDir]))).stdout)).toMatchObject({ remains: expect.any(Array) as unknown[] });
  await bob.until("Alice has left", async () => (await bob.call("space.list", {})).spaces[0]?.members === 1);
  started.kill("SIGKILL");
  await once(started, "close");
  const fresh = await startTestNode({ dataDir: alice.dataDir });
  expect(fresh.ready.account).toBeNull();
  await fresh.kill();
  await expect(access(join(alice.dataDir, "keys.json"))).resolves.toBeUndefined();
});
