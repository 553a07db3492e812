import { decodeFrame, encodeFrame } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type Person, copyFolder, createWorld } from "./world.ts";

async function isStopped(who: Person): Promise<boolean> {
  return (await who.call("status.get", {})).status.problems.some(({ code }) => code === "device-stopped");
}

describe("one device, twice", { timeout: 60_000 }, () => {
  it("an older copy put back finds out from the others before it writes, and stops", async () => {
    const world = createWorld(81);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await bob.say(team, "one");
    await world.agree(team, [alice, bob]);
    const backup = copyFolder(bob);
    await bob.say(team, "two");
    await world.agree(team, [alice, bob]);
    await bob.stop();

    const restored = await world.person("Bob", { folder: backup });
    await world.until("it has noticed", () => isStopped(restored));
    expect((await restored.problems()).join()).toContain("this device no longer writes");
    await expect(restored.say(team, "three")).rejects.toMatchObject({ code: "device-stopped" });
    // It still reads.
    await alice.say(team, "hello?");
    await world.until("it reads on", async () => (await restored.read(team)).join() === "one,two,hello?");
    expect((await alice.messages(team)).some(({ text }) => text === "two")).toBe(true);
  });

  it("a copied folder that runs beside the original: both branches are kept as proof, nothing is shown from there on, by anybody", async () => {
    const world = createWorld(82);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, bob, carol);
    await bob.sayAll(team, ["b1", "b2", "b3"]);
    await world.agree(team, [alice, bob, carol]);
    const folder = copyFolder(bob);
    await bob.stop();
    world.network.cut(alice.device, carol.device);
    await world.clock.advance(15_000);

    // The original speaks with Alice, the copy with Carol.
    world.network.cut(bob.device, carol.device);
    await bob.start();
    await bob.sayAll(team, ["left 4", "left 5", "left 6"]);
    await world.until("Alice hears", async () => (await alice.read(team)).length === 6);
    await bob.kill();
    world.network.heal();
    world.network.cut(alice.device, carol.device);
    world.network.cut(alice.device, bob.device);
    const copy = await world.person("Bob", { folder, addresses: ["/memory/copy"] });
    await copy.sayAll(team, ["right 4", "right 5"]);
    await world.until("Carol hears", async () => (await carol.read(team)).length === 5);
    world.network.heal();

    await world.agree(team, [alice, carol]);
    for (const who of [alice, carol]) expect(await who.read(team)).toEqual(["b1", "b2", "b3"]);
    await world.until("the copy knows", () => isStopped(copy));
    await expect(copy.say(team, "more")).rejects.toMatchObject({ code: "device-stopped" });
    await copy.stop();
    await bob.start();
    await world.until("the original knows", () => isStopped(bob));
    await world.agree(team, [alice, bob, carol]);

    // Who comes later sees the same, and can prove it.
    await alice.say(team, "still here");
    const dan = await world.person("Dan");
    await world.join(dan, await world.invite(carol, team));
    await world.agree(team, [alice, bob, carol, dan]);
    expect(await dan.read(team)).toEqual(["b1", "b2", "b3", "still here"]);
    const shown = dan.pushes.flatMap((push) => (push.push === "messages" ? push.data.messages.map(({ text }) => text) : []));
    expect(shown.filter((text) => /^(left|right)/.test(text))).toEqual([]);
  });

  it("a copy that has stopped leaves its place at the others to the one that goes on", async () => {
    const world = createWorld(84);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await world.agree(team, [alice, bob]);
    const folder = copyFolder(bob);
    await bob.say(team, "one");
    await world.agree(team, [alice, bob]);

    // The last to come has the link.
    const copy = await world.person("Bob", { folder, addresses: ["/memory/copy"] });
    await world.until("the copy knows", () => isStopped(copy));
    await bob.say(team, "two");
    await world.until("Alice hears the original", async () => (await alice.read(team)).join() === "one,two");
    let greetings = 0;
    world.network.tap((frame) => {
      const decoded = decodeFrame(frame);
      if (decoded.ok && decoded.value.type === "hello") greetings++;
      return frame;
    });
    await world.clock.advance(120_000);
    expect(greetings).toBe(0);
    expect(await isStopped(bob)).toBe(false);

    // Called, it still answers, and reads on.
    await bob.stop();
    await world.until("the copy reads on", async () => (await copy.read(team)).join() === "one,two");
  });

  it("a lie about somebody's feeds stops nobody", async () => {
    const world = createWorld(83);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    await bob.say(team, "one");
    await world.agree(team, [alice, bob]);
    await bob.stop();
    let lies = 0;
    world.network.tap((frame, from) => {
      const decoded = decodeFrame(frame);
      if (from !== alice.device || !decoded.ok || decoded.value.type !== "open") return frame;
      lies++;
      const yours = decoded.value.yours.map((tip) => ({ ...tip, seq: tip.seq + 1000 }));
      return encodeFrame({ ...decoded.value, yours });
    });
    await bob.start();
    await world.clock.advance(30_000);
    expect(lies).toBeGreaterThan(0);
    expect(await isStopped(bob)).toBe(false);
    await bob.say(team, "two");
  });
});
