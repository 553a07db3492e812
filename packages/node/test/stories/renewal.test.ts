import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { expect, it } from "vitest";
import { renewDevice } from "../../src/engine/accounts/renewal.ts";
import { loadSecrets } from "../../src/engine/secrets.ts";
import { type Person, type World, createWorld } from "./world.ts";

/** What `device.renew` leads to: other keys, and a store that is empty. */
async function renewed(world: World, person: Person, round: number): Promise<Person> {
  await person.kill();
  const [crypto, random] = [createNodeCrypto(), createNodeRandom()];
  const secrets = loadSecrets(person.vault, crypto, random);
  person.vault.save(renewDevice(crypto, random, secrets, world.clock.now()));
  const store = createMemoryStore({ random: createSeededRandom(round) });
  return world.person(person.name, { folder: { vault: person.vault, store } });
}

it("whoever goes on as a new device, and does so again, has all that was written before", async () => {
  const world = createWorld(53);
  const alice = await world.person("Alice");
  let bob = await world.person("Bob");
  const team = await world.workspace(alice, bob);
  const texts: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (const who of [alice, bob]) {
      texts.push(`${who.name} ${round}`);
      await who.say(team, texts.at(-1)!);
    }
    await world.agree(team, [alice, bob]);
    bob = await renewed(world, bob, round);
    await world.until("the workspace is back", async () => (await bob.call("space.list", {})).spaces.some(({ id }) => id === team.id));
    await world.until(`all of it is there, round ${round}`, async () => (await bob.read(team)).length === texts.length);
    expect((await bob.read(team)).sort()).toEqual(texts.toSorted());
    expect(await alice.read(team)).toEqual(await bob.read(team));
  }
  const { devices } = await bob.call("device.list", {});
  expect(devices.map(({ standing }) => standing).sort()).toEqual(["good", "revoked", "revoked", "revoked"]);
});
