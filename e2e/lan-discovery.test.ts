/** Nodes on one local network find each other without being told where to look. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { whyNoMulticast } from "./support/multicast.ts";
import { createVillage } from "./support/village.ts";

test.skipIf((await whyNoMulticast()) !== null)(
  "two members whose addresses have all changed find each other by multicast",
  async () => {
    await using village = await createVillage();
    const [alice, bob] = await Promise.all([village.lanNode("Alice"), village.lanNode("Bob")]);
    const space = await village.workspace("Team", alice, bob);
    const channel = await alice.channel(space.id);
    const nodes = [alice, bob];
    const addresses = async (): Promise<string[]> => {
      const all = await Promise.all(nodes.map((node) => node.call("status.get", {})));
      return all.flatMap(({ status }) => status.addresses);
    };

    // What they remember of each other leads nowhere any more.
    const before = await addresses();
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(nodes.map(({ dataDir }) => rm(join(dataDir, "listen.json"))));
    await Promise.all(nodes.map((node) => node.start()));
    expect((await addresses()).filter((address) => before.includes(address))).toEqual([]);

    await Promise.all(nodes.map((node) => node.untilConnected(space.id, 1)));
    await bob.say(channel, "found you");
    await alice.untilReads(channel, ["found you"]);
  },
);
