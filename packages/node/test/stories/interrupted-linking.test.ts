/** A second device is linked while the link between the two is replaced or lost (spec/09-devices.md, Linking a device). */
import type { Linking } from "@multichat/client/contract";
import { type DeviceStep, decodeDeviceStep, decodeFrame, toHex } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { devicesOf, linkingOf } from "./linked-device.ts";
import { type Person, type World, createWorld } from "./world.ts";

const steps = [
  "request",
  "challenge",
  "reveal",
  "agreed",
  "offer",
  "accept",
  "package",
  "done",
] as const;
type StepName = DeviceStep["step"];

const interruptions: Record<string, (world: World, a: Person, b: Person) => void> = {
  "the link moves": ({ network }, a, b) => network.moveLink(a.device, b.device),
  "the link moves, begun by the other side": ({ network }, a, b) =>
    network.moveLink(b.device, a.device),
  "the link breaks": ({ network }, a, b) => network.breakLink(a.device, b.device),
};

interface Pair {
  world: World;
  alice: Person;
  phone: Person;
}

/** Alice's laptop shows a code, and her phone takes it. */
async function pair(seed: number): Promise<Pair> {
  const world = createWorld(seed);
  return {
    world,
    alice: await world.person("Alice"),
    phone: await world.person("Phone", { account: false }),
  };
}

function stepIn(frame: Uint8Array): DeviceStep | null {
  const read = decodeFrame(frame);
  if (!read.ok || read.value.type !== "device") return null;
  const step = decodeDeviceStep(read.value.step, read.value.value);
  return step.ok ? step.value : null;
}

/** Loses the first frame with this step, and has something happen to the link in that moment. */
function lose(
  { world, alice, phone }: Pair,
  name: StepName,
  happens: (typeof interruptions)[string],
): { lost: number } {
  const count = { lost: 0 };
  world.network.tap((frame) => {
    if (count.lost > 0 || stepIn(frame)?.step !== name) return frame;
    count.lost++;
    world.clock.after(0, () => happens(world, alice, phone));
    return null;
  });
  return count;
}

async function begin({ alice, phone }: Pair): Promise<void> {
  const { linking } = await alice.call("device.link", {});
  await phone.call("device.link-enter", { code: linking.code!, name: "Phone" });
}

async function compare({ world, alice, phone }: Pair): Promise<void> {
  await world.until("both show pictures", async () =>
    [await linkingOf(alice), await linkingOf(phone)].every(({ step }) => step === "confirm"),
  );
  expect((await linkingOf(alice)).emoji).toEqual((await linkingOf(phone)).emoji);
}

async function confirm(who: Person): Promise<void> {
  await who.call("device.link-confirm", { same: true });
}

async function untilLinked({ world, alice, phone }: Pair, limitMs?: number): Promise<void> {
  await world.until(
    "the laptop says that it is done",
    async () => (await linkingOf(alice)).step === "done",
    limitMs,
  );
  await world.until(
    "the phone has the account",
    async () => (await phone.call("account.get", {})).account !== null,
  );
  await world.until("both list two devices", async () => {
    const standings = [await devicesOf(alice), await devicesOf(phone)].map((devices) =>
      Object.values(devices),
    );
    return standings.every((both) => both.join() === "good,good");
  });
}

function saidBy(who: Person): Linking[] {
  return who.pushes.flatMap(({ push, data }) => (push === "linking" ? [data] : []));
}

describe("linking over links that do not last", { timeout: 60_000 }, () => {
  describe.each(Object.entries(interruptions))("%s", (_, happens) => {
    it.each(steps)("and %s is lost with it: the linking is completed", async (name) => {
      const both = await pair(31);
      const count = lose(both, name, happens);
      await begin(both);
      await compare(both);
      await confirm(both.phone);
      await confirm(both.alice);
      await untilLinked(both, 10_000);
      expect(count.lost).toBe(1);
      for (const who of [both.alice, both.phone])
        expect(saidBy(who).filter(({ step }) => step === "failed")).toEqual([]);
    });
  });

  it("goes on over a link that is replaced again and again, and says nothing twice in two ways", async () => {
    const both = await pair(32);
    const { world, alice, phone } = both;
    const said = new Map<StepName, string[]>();
    // The answer to each step is lost when it is given for the first time.
    world.network.tap((frame) => {
      const name = stepIn(frame)?.step;
      if (name === undefined || name === "siblings") return frame;
      const before = said.get(name) ?? [];
      if (before.length === 0)
        world.clock.after(30, () => world.network.moveLink(alice.device, phone.device));
      said.set(name, [...before, toHex(frame)]);
      return frame;
    });
    await begin(both);
    await compare(both);
    await confirm(alice);
    await confirm(phone);
    await untilLinked(both, 15_000);
    expect([...said.keys()].sort()).toEqual([...steps].sort());
    for (const frames of said.values()) expect(new Set(frames).size).toBe(1);
    const again = steps.filter((name) => said.get(name)!.length > 1);
    expect(again).toEqual(
      expect.arrayContaining(["request", "challenge", "reveal", "offer", "accept", "package"]),
    );
  });

  it("takes what both persons say while there is no link", async () => {
    const both = await pair(33);
    const { world, alice, phone } = both;
    await begin(both);
    await compare(both);
    world.network.breakLink(alice.device, phone.device);
    await world.clock.advance(100);
    for (const who of [alice, phone]) {
      expect(await linkingOf(who)).toMatchObject({
        step: "confirm",
        detail: "The connection was lost; trying again.",
      });
      await confirm(who);
      expect(await linkingOf(who)).toMatchObject({
        step: "confirmed",
        detail: "The connection was lost; trying again.",
      });
    }
    await untilLinked(both);
  });

  it("is finished on the old device by the account's log when `done` is lost", async () => {
    const both = await pair(39);
    const count = lose(both, "done", () => undefined);
    await begin(both);
    await compare(both);
    await confirm(both.phone);
    await confirm(both.alice);
    await untilLinked(both, 1_000);
    expect(count.lost).toBe(1);
  });

  it("keeps the code for the device that used it, and for what this one committed itself to", async () => {
    const both = await pair(40);
    const { world, alice, phone } = both;
    const { linking } = await alice.call("device.link", {});
    await phone.call("device.link-enter", { code: linking.code!, name: "Phone" });
    await compare(both);
    world.network.breakLink(alice.device, phone.device);
    await world.clock.advance(100);
    const other = await world.person("Other", { account: false });
    await other.call("device.link-enter", { code: linking.code!, name: "Other" });
    await world.until(
      "the other is refused",
      async () => (await linkingOf(other)).error === "code-used",
      2_000,
    );
    await world.until("the phone is back", async () =>
      (await linkingOf(phone)).detail.startsWith("Does"),
    );
    expect(await linkingOf(alice)).toMatchObject({ step: "confirm", other: "Phone" });

    world.network.breakLink(alice.device, phone.device);
    await world.clock.advance(100);
    // Begun anew, with another commitment.
    await phone.call("device.link-enter", { code: linking.code!, name: "Phone" });
    await world.until(
      "it is refused, too",
      async () => (await linkingOf(phone)).error === "code-used",
      10_000,
    );
  });

  it("says again what is to be done when the link is back", async () => {
    const both = await pair(34);
    const { world, alice, phone } = both;
    await begin(both);
    await compare(both);
    const before = [await linkingOf(alice), await linkingOf(phone)];
    world.network.breakLink(alice.device, phone.device);
    await world.clock.advance(5_000);
    expect([await linkingOf(alice), await linkingOf(phone)]).toEqual(before);
  });

  it("is given up when the link does not come back", async () => {
    const both = await pair(35);
    const { world, alice, phone } = both;
    await begin(both);
    await compare(both);
    world.network.cut(alice.device, phone.device);
    // It takes a while until a silent link is given up.
    await world.clock.advance(15_000);
    for (const who of [alice, phone])
      expect(await linkingOf(who)).toMatchObject({
        step: "confirm",
        detail: "The connection was lost; trying again.",
      });
    await world.clock.advance(30_000);
    expect(await linkingOf(alice)).toMatchObject({
      step: "failed",
      error: "no-member-reachable",
      detail: "The connection to the other device was lost. Make a new code and try again.",
    });
    expect(await linkingOf(phone)).toMatchObject({
      step: "failed",
      error: "no-member-reachable",
      detail: "The connection to the other device was lost. Make a new code there and try again.",
    });
    world.network.heal();
    await world.clock.advance(60_000);
    expect((await alice.call("device.list", {})).devices).toHaveLength(1);
    expect((await phone.call("account.get", {})).account).toBeNull();
  });

  it("is said to be unfinished when the new device is gone with everything in flight", async () => {
    const both = await pair(36);
    const { world, alice, phone } = both;
    lose(both, "package", ({ network }, a, b) => network.cut(a.device, b.device));
    await begin(both);
    await compare(both);
    await confirm(phone);
    await confirm(alice);
    await world.clock.advance(15_000);
    expect(await linkingOf(alice)).toMatchObject({
      step: "transferring",
      detail: "The connection was lost; trying again.",
    });
    await world.clock.advance(30_000);
    expect(await linkingOf(alice)).toMatchObject({ step: "failed", error: "timeout" });
    expect(await linkingOf(phone)).toMatchObject({ step: "failed", error: "no-member-reachable" });
  });

  it("tells a device that comes back that it was declined meanwhile", async () => {
    for (const [who, other] of [
      ["alice", "phone"],
      ["phone", "alice"],
    ] as const) {
      const both = await pair(37);
      const { world } = both;
      await begin(both);
      await compare(both);
      world.network.breakLink(both.alice.device, both.phone.device);
      await world.clock.advance(100);
      await both[who].call("device.link-confirm", { same: false });
      await world.until(
        "the other is told",
        async () => (await linkingOf(both[other])).step === "failed",
        10_000,
      );
      expect(await linkingOf(both[other])).toMatchObject({ error: "declined" });
    }
  });

  it("tells the new device when another code is made instead", async () => {
    const both = await pair(38);
    await begin(both);
    await compare(both);
    await both.alice.call("device.link", {});
    await both.world.clock.advance(200);
    expect(await linkingOf(both.phone)).toMatchObject({ step: "failed", error: "declined" });
  });
});
