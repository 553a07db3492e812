/** What can be wrong with a data folder or a port: each is said, and nothing is lost. */
import { cp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { finished, spawnMultichat } from "./support/processes.ts";
import type { TestNode } from "./support/test-node.ts";
import { createVillage } from "./support/village.ts";

/** A start that must not succeed: its status, and the error a script reads. */
async function failingStart(args: string[]) {
  const child = spawnMultichat(["start", "--no-open", "--no-mdns", "--json", ...args]);
  const { stdout, stderr, status } = await finished(child);
  expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
  return (
    JSON.parse(stderr.trimEnd().split("\n").at(-1)!) as { error: { code: string; message: string } }
  ).error;
}

/** The copy must not fight over ports with the original, as it would not on another machine. */
async function copyOf(node: TestNode, folder: string): Promise<string> {
  await cp(node.dataDir, folder, { recursive: true });
  for (const name of ["config.json", "listen.json"]) await rm(join(folder, name));
  return folder;
}

/** Cut short, overwritten in the middle, and no database at all. */
const damages: ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes.subarray(0, Math.floor(bytes.length / 3)),
  (bytes) => bytes.fill(0x5a, 4_096, bytes.length - 4_096),
  () => Buffer.from("this is not a database, it never was one\n".repeat(200)),
];

const problemsOf = async (node: TestNode) => (await node.call("status.get", {})).status.problems;

const untilStopped = (node: TestNode) =>
  node.until("the copy notices", async () =>
    (await problemsOf(node)).find(({ code }) => code === "device-stopped"),
  );

describe("a data folder", () => {
  test("in use by another node is left alone, and the node that has it goes on", async () => {
    await using village = await createVillage();
    const alice = await village.node("Alice");
    const error = await failingStart(["--data", alice.dataDir]);
    expect(error).toMatchObject({ code: "data-folder-in-use" });
    expect(error.message).toContain(alice.dataDir);
    expect(await alice.json(["status"])).toMatchObject({ ready: true });
  });

  test("without the keys of its database is left as it is: no other device begins there", async () => {
    await using village = await createVillage();
    const alice = await village.node("Alice");
    await alice.stop();
    const keys = join(alice.dataDir, "keys.json");
    const away = village.folder("keys-put-away");
    await rename(keys, away);
    const before = await readdir(alice.dataDir);
    const error = await failingStart(["--data", alice.dataDir]);
    expect(error).toMatchObject({ code: "keys-missing", message: expect.stringContaining(keys) as string });
    expect(await readdir(alice.dataDir)).toEqual(before);
    await rename(away, keys);
    await alice.start();
    expect(alice.ready.account).toMatchObject({ name: "Alice" });
  });

  test("whose port is taken says which port and what to do; another one can be chosen", async () => {
    await using village = await createVillage();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const error = await failingStart(["--data", village.folder("alice"), "--port", String(port)]);
      expect(error.code).toBe("port-in-use");
      expect(error.message).toContain(String(port));
      expect(error.message).toContain("--port");
    } finally {
      other.close();
    }
  });

  test("with a damaged database: says so, keeps the file, goes on as a new device", async () => {
    await using village = await createVillage();
    const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    const space = await village.workspace("Team", alice, bob);
    const channel = await bob.channel(space.id);
    const texts = Array.from({ length: 40 }, (_, number) => `message ${number}`);
    await Promise.all(texts.map((text, number) => (number % 2 ? alice : bob).say(channel, text)));
    await Promise.all([alice, bob].map((node) => node.untilReads(channel, texts)));

    for (const [round, damage] of damages.entries()) {
      await bob.stop();
      const path = join(bob.dataDir, "multichat.sqlite");
      const damaged = damage(await readFile(path));
      await writeFile(path, damaged);
      await bob.start();

      // It says so, and refuses rather than pretend.
      const [problem] = await problemsOf(bob);
      expect(problem).toMatchObject({ code: "database-damaged", remedy: "device.renew" });
      await expect(bob.say(channel, "x")).rejects.toMatchObject({ code: "database-damaged" });
      expect(bob.ready.account, "who one is survives").toMatchObject({ name: "Bob" });

      const oldPeer = bob.ready.peer;
      await bob.call("device.renew", {});
      await bob.until("a new device runs", async () => {
        const { status } = await bob.call("status.get", {});
        return status.peer !== oldPeer && status.problems.length === 0;
      });
      const kept = (await readdir(bob.dataDir)).filter((name) => /\.kept-\w+$/.test(name)).sort();
      expect(kept, "the damaged file is kept").toHaveLength(round + 1);
      expect((await readFile(join(bob.dataDir, kept.at(-1)!))).equals(damaged)).toBe(true);

      // Everything comes again from Alice, and what is written from now on reaches her.
      await bob.until("the workspace is back", async () =>
        (await bob.call("space.list", {})).spaces.some(({ id }) => id === space.id),
      );
      await bob.untilReads(channel, texts);
      texts.push(`from the new device ${round}`);
      await bob.say(channel, texts.at(-1)!);
      const atAlice = await alice.untilReads(channel, texts);
      expect(atAlice.at(-1)!.author, "the same person").toEqual(bob.ready.account);
    }
  });

  test("of a newer release: says so, to update, offers no new device, and is as it was", async () => {
    await using village = await createVillage();
    const bob = await village.node("Bob");
    await bob.stop();
    const path = join(bob.dataDir, "multichat.sqlite");
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 9999");
    database.close();
    const before = await readFile(path);
    await bob.start();

    const [problem] = await problemsOf(bob);
    expect(problem).toMatchObject({ code: "database-newer", remedy: null, message: expect.stringMatching(/newer Multichat.*Update/) });
    await expect(bob.call("device.renew", {})).rejects.toMatchObject({ code: "database-newer" });
    await expect(bob.json(["space", "list"])).rejects.toThrow("newer Multichat");
    await bob.stop();
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  test("that was copied while it is in use: the copy is behind, stops writing and says why; the original goes on", async () => {
    await using village = await createVillage();
    const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    const space = await village.workspace("Team", alice, bob);
    const channel = await alice.channel(space.id);
    await bob.say(channel, "before the copy");
    await alice.untilReads(channel, ["before the copy"]);
    await bob.stop();
    const copy = await copyOf(bob, village.folder("copy-of-bob"));

    await bob.start();
    await bob.say(channel, "from the original");
    await alice.untilReads(channel, ["before the copy", "from the original"]);

    // Alice has a link to the original, which runs on.
    const twin = await village.node("Bob", copy);
    expect(await untilStopped(twin)).toMatchObject({ remedy: "device.renew" });
    await expect(twin.say(channel, "from the copy")).rejects.toMatchObject({
      code: "device-stopped",
    });

    // The original is none the worse, and Alice has no word from the copy.
    await bob.say(channel, "still writing");
    await alice.untilReads(channel, ["before the copy", "from the original", "still writing"]);
    expect(await problemsOf(bob)).toEqual([]);
  });

  test("that was copied, and both wrote on before anybody heard of it: one stops, and nothing is shown twice", async () => {
    await using village = await createVillage();
    const [alice, bob] = await Promise.all([village.node("Alice"), village.node("Bob")]);
    const space = await village.workspace("Team", alice, bob);
    const channel = await alice.channel(space.id);
    await Promise.all([alice.stop(), bob.stop()]);
    const copy = await copyOf(bob, village.folder("copy-of-bob"));

    // Each takes the same next place of one feed.
    await bob.start();
    await bob.say(channel, "one future");
    await bob.stop();
    const other = await village.node("Bob", copy);
    await other.say(channel, "another future");

    await alice.start();
    await other.untilConnected(space.id, 1);
    await bob.start();

    await Promise.any([untilStopped(bob), untilStopped(other)]);
    const read = (await alice.messages(channel)).map(({ text }) => text);
    expect(new Set(read).size).toBe(read.length);
  });
});
