import { type Store, StoreError } from "@multichat/core/ports";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { expect, it } from "vitest";
import { createMemoryVault } from "../../src/engine/vault.ts";
import { createWorld } from "./world.ts";

/** A store on a disk that has no room while `full` says so: what was written in a transaction is found out at its end. */
function storeOnDisk(full: () => boolean): Store {
  const store = createMemoryStore({ random: createSeededRandom(7) });
  let inside = false;
  const guarded = <T>(work: () => T): T => {
    if (inside) return work();
    inside = true;
    try {
      return store.transaction(() => {
        const result = work();
        if (full()) throw new StoreError("full", "the disk is full");
        return result;
      });
    } finally {
      inside = false;
    }
  };
  return { ...store, transaction: guarded, putRecord: (record) => guarded(() => store.putRecord(record)) };
}

it("who has no room is told so, shows nothing that is not kept, and has everything once there is room", async () => {
  const world = createWorld(311);
  const alice = await world.person("Alice");
  let full = false;
  const bob = await world.person("Bob", { folder: { vault: createMemoryVault(), store: storeOnDisk(() => full) } });
  await bob.call("account.create", { name: "Bob" });
  const team = await world.workspace(alice, bob);
  await alice.say(team, "before");
  await world.until("Bob has it", async () => (await bob.read(team)).includes("before"));
  const { channels } = await bob.call("channel.list", { space: team.id });
  await bob.call("watch", { channels: channels.map(({ id }) => id) });

  full = true;
  bob.pushes.length = 0;
  const lost = await alice.say(team, "while there is no room");
  const gone = () => bob.pushes.flatMap((push) => (push.push === "messages-gone" ? push.data.messages : []));
  await world.until("Bob's interfaces take it back", () => gone().includes(lost.id));
  const shown = bob.pushes.flatMap((push) => (push.push === "messages" ? push.data.messages.map(({ id }) => id) : []));
  expect(shown).toContain(lost.id);
  expect(await bob.read(team)).toEqual(["before"]);
  expect((await bob.problems()).join()).toMatch(/disk is full/i);
  await expect(bob.say(team, "nor has this")).rejects.toMatchObject({ code: "disk-full" });
  // Timers go on: nothing of what they set off ends the node.
  await world.clock.advance(120_000);
  const [mine] = (await alice.messages(team)).filter(({ id }) => id === lost.id);
  expect(mine!.delivery?.devices).toBe(0);

  full = false;
  await world.until("Bob has it after all", async () => (await bob.read(team)).includes("while there is no room"), 300_000);
  await bob.say(team, "room again");
  await world.until("Alice reads it", async () => (await alice.read(team)).includes("room again"));
  await world.agree(team, [alice, bob]);
  expect(await bob.problems()).toEqual([]);
});

it("who writes once there is room, with nobody else there, hears no more of a full disk", async () => {
  const world = createWorld(312);
  let full = false;
  const bob = await world.person("Bob", { folder: { vault: createMemoryVault(), store: storeOnDisk(() => full) } });
  await bob.call("account.create", { name: "Bob" });
  const team = await world.workspace(bob);
  full = true;
  await expect(bob.say(team, "no room")).rejects.toMatchObject({ code: "disk-full" });
  expect((await bob.problems()).join()).toMatch(/disk is full/i);
  full = false;
  bob.pushes.length = 0;
  await bob.say(team, "room");
  expect(await bob.problems()).toEqual([]);
  await world.until("interfaces hear of it", () => bob.pushes.some((push) => push.push === "status" && push.data.problems.length === 0));
});

it("whose database turns out to be damaged is told so, by what needs nothing of it", async () => {
  const world = createWorld(313);
  const store = createMemoryStore({ random: createSeededRandom(9) });
  let damaged = false;
  const bob = await world.person("Bob", {
    folder: {
      vault: createMemoryVault(),
      store: {
        ...store,
        event(id) {
          if (damaged) throw new StoreError("damaged", "the database file is damaged");
          return store.event(id);
        },
      },
    },
  });
  await bob.call("account.create", { name: "Bob" });
  const team = await world.workspace(bob);
  await bob.say(team, "before");
  damaged = true;
  const { status } = await bob.call("status.get", {});
  expect(status.problems).toMatchObject([{ code: "database-damaged", remedy: "device.renew" }]);
  damaged = false;
  await bob.say(team, "what can be written still");
  expect((await bob.problems()).join()).toMatch(/damaged/i);
});

it("letting a file go that finds no room in the database is said, ends nothing, and is done with the next", async () => {
  const world = createWorld(312);
  let full = false;
  const store = createMemoryStore({ random: createSeededRandom(8) });
  const forgetUnnamed: Store["forgetUnnamed"] = (blobs) => {
    if (full) throw new StoreError("full", "the disk is full");
    store.forgetUnnamed(blobs);
  };
  const alice = await world.person("Alice", { folder: { vault: createMemoryVault(), store: { ...store, forgetUnnamed } } });
  await alice.call("account.create", { name: "Alice" });
  const team = await world.workspace(alice);
  const channel = (await alice.call("channel.list", { space: team.id })).channels[0]!.id;
  const said: string[] = [];
  for (const byte of [1, 2]) {
    const writer = await alice.blobs.create();
    await writer.write(new Uint8Array(9).fill(byte));
    const { blob } = (await writer.finish())!;
    said.push((await alice.call("message.send", { channel, text: "", files: [{ blob, name: "one", type: "text/plain" }] })).message.id);
  }
  full = true;
  await alice.call("message.delete", { message: said[0]! });
  await world.until("the problem is said", async () => (await alice.problems()).join().includes("disk is full"));
  full = false;
  await alice.call("message.delete", { message: said[1]! });
  await world.until("both are gone", () => store.unnamedBlobs().length === 0);
  expect(await alice.blobs.list()).toEqual([]);
});
