import type { DeviceId } from "@multichat/protocol";
import { parseDeviceId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { createVirtualClock } from "../clock/index.ts";
import type { VirtualClock } from "../clock/index.ts";
import { createSeededRandom } from "../random/index.ts";
import { describeLinks } from "./conformance.ts";
import { createMemoryNetwork } from "./memory-network.ts";
import type { MemoryNetwork, MemoryNetworkOptions } from "./memory-network.ts";
import { LinksRecorder } from "./recorder.ts";

const deviceOf = (digit: string): DeviceId => parseDeviceId(digit.repeat(64))!;
const alice = deviceOf("a");
const bob = deviceOf("b");
const carol = deviceOf("c");

for (const [name, options] of Object.entries({
  "memory network": { latencyMs: 5 },
  "memory network with jitter and little bandwidth": {
    latencyMs: 40,
    jitterMs: 30,
    bytesPerSecond: 2_000_000,
  },
})) {
  describeLinks(name, async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, random: createSeededRandom(1), ...options });
    network.join(carol, { addresses: ["/memory/closed"] });
    return {
      a: { device: alice, links: network.join(alice, { addresses: ["/memory/a1", "/memory/a2"] }) },
      b: { device: bob, links: network.join(bob) },
      stranger: deviceOf("d"),
      closedAddress: "/memory/closed",
      wait: (promise) => clock.wait(promise),
      dispose: async () => {},
    };
  });
}

interface Scene {
  clock: VirtualClock;
  network: MemoryNetwork;
  a: LinksRecorder;
  b: LinksRecorder;
  linkUp: () => Promise<void>;
  sendFromA: (...firstBytes: number[]) => void;
  heardAtB: () => number[];
}

async function scene(options: Partial<MemoryNetworkOptions> = {}): Promise<Scene> {
  const clock = createVirtualClock();
  const network = createMemoryNetwork({
    clock,
    random: createSeededRandom(2),
    latencyMs: 10,
    ...options,
  });
  const [atA, atB] = [
    network.join(alice, { addresses: ["/memory/a"] }),
    network.join(bob, { addresses: ["/memory/b"] }),
  ];
  const [a, b] = [new LinksRecorder(atA), new LinksRecorder(atB)];
  await atA.start(a);
  await atB.start(b);
  return {
    clock,
    network,
    a,
    b,
    linkUp: async () => {
      atA.dial(bob, ["/memory/b"]);
      await clock.until(() => network.linked(alice, bob), 1_000);
    },
    sendFromA: (...firstBytes) => {
      for (const byte of firstBytes) atA.send(bob, Uint8Array.of(byte));
    },
    heardAtB: () => b.frames().map((frame) => frame[0]!),
  };
}

describe("memory network", () => {
  it("takes one latency to carry a frame and a round trip to link", async () => {
    const { clock, sendFromA, linkUp, heardAtB, a, b } = await scene();
    await linkUp();
    expect(clock.elapsed).toBe(20);
    sendFromA(1);
    await clock.advance(9);
    expect(heardAtB()).toEqual([]);
    await clock.advance(1);
    expect(heardAtB()).toEqual([1]);
    expect([a.all("linked").length, b.all("linked").length]).toEqual([1, 1]);
  });

  it("keeps the order under jitter", async () => {
    const { clock, sendFromA, linkUp, heardAtB } = await scene({ jitterMs: 500 });
    await linkUp();
    const sent = Array.from({ length: 100 }, (_, i) => i);
    for (const byte of sent) {
      sendFromA(byte);
      await clock.advance(1);
    }
    await clock.advance(1_000);
    expect(heardAtB()).toEqual(sent);
  });

  it("holds frames over a short cut", async () => {
    const { clock, network, sendFromA, linkUp, heardAtB, a } = await scene();
    await linkUp();
    network.cut(alice, bob);
    sendFromA(1, 2);
    await clock.advance(5_000);
    expect(heardAtB()).toEqual([]);
    network.heal(alice, bob);
    sendFromA(3);
    await clock.advance(30_000);
    expect(heardAtB()).toEqual([1, 2, 3]);
    expect(a.all("unlinked")).toEqual([]);
  });

  it("notices a long cut at both ends, and links again after the heal", async () => {
    const { clock, network, sendFromA, linkUp, heardAtB, a, b } = await scene();
    await linkUp();
    network.cut(alice, bob);
    sendFromA(1);
    await clock.advance(12_000);
    expect([a.open.size, b.open.size]).toEqual([0, 0]);
    network.heal();
    await linkUp();
    sendFromA(2);
    await clock.advance(100);
    expect(heardAtB()).toEqual([2]);
  });

  it("does not hold an earlier cut against a later one", async () => {
    const { clock, network, linkUp, a } = await scene();
    await linkUp();
    network.cut(alice, bob);
    await clock.advance(9_000);
    network.heal(alice, bob);
    network.cut(alice, bob);
    await clock.advance(9_000);
    expect(a.all("unlinked")).toEqual([]);
  });

  it("gets no answer from across a cut, within the dial's time", async () => {
    const { clock, network, linkUp, a } = await scene();
    network.isolate(bob);
    await linkUp();
    await clock.advance(5_000);
    expect(a.all("dialFailed")[0]?.attempts).toEqual([
      { address: "/memory/b", outcome: "no answer within 5 s" },
    ]);
  });

  it("loses what was in flight when a link breaks", async () => {
    const { clock, network, sendFromA, linkUp, heardAtB, a, b } = await scene();
    await linkUp();
    sendFromA(1);
    await clock.advance(5);
    network.breakLink(alice, bob);
    await clock.advance(100);
    expect(heardAtB()).toEqual([]);
    expect([a.open.size, b.open.size]).toEqual([0, 0]);
  });

  it("moves a link: both sides are told so and have another, and what was in flight is lost", async () => {
    const { clock, network, sendFromA, linkUp, heardAtB, a, b } = await scene();
    await linkUp();
    sendFromA(1);
    await clock.advance(5);
    network.moveLink(alice, bob);
    await clock.advance(100);
    expect([a.all("unlinked").length, b.all("unlinked").length]).toEqual([1, 1]);
    expect([a.open.size, b.open.size]).toEqual([1, 1]);
    sendFromA(2);
    await clock.advance(100);
    expect(heardAtB()).toEqual([2]);
    expect([...a.breaches, ...b.breaches]).toEqual([]);
  });

  it("breaks links by chance, never reordering what does arrive", async () => {
    const { clock, sendFromA, linkUp, heardAtB, a, b } = await scene({ loss: 0.02 });
    for (let i = 0; i < 250; i++) {
      if (a.open.size === 0 || b.open.size === 0) await linkUp();
      sendFromA(i);
      await clock.advance(20);
    }
    await clock.advance(10_000);
    expect(a.all("unlinked").length).toBeGreaterThan(1);
    const heard = heardAtB();
    expect(heard.length).toBeGreaterThan(100);
    expect(heard).toEqual([...new Set(heard)].toSorted((x, y) => x - y));
    expect([...a.breaches, ...b.breaches]).toEqual([]);
  });

  it("parts a network into groups", async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, random: createSeededRandom(3) });
    const devices = [alice, bob, carol, deviceOf("d")] as const;
    const links = devices.map((device) =>
      network.join(device, { addresses: [`/memory/${device}`] }),
    );
    for (const each of links) await each.start(new LinksRecorder(each));
    network.partition([[alice, bob]]);
    for (const from of links)
      for (const to of links) if (from !== to) from.dial(to.device, [...to.addresses]);
    await clock.advance(10_000);
    const pairs = devices.flatMap((x, i) => devices.slice(i + 1).map((y) => network.linked(x, y)));
    expect(pairs).toEqual([true, false, false, false, false, true]);
  });

  it("shows a killed process to the others at once, and its successor can link", async () => {
    const { clock, network, b } = await scene();
    const first = network.join(carol, { addresses: ["/memory/c"] });
    const dead = new LinksRecorder(first);
    await first.start(dead);
    first.dial(bob, ["/memory/b"]);
    await clock.advance(50);
    first.kill();
    await clock.advance(50);
    expect(dead.all("unlinked")).toEqual([]);
    expect(b.all("unlinked").map((event) => event.device)).toEqual([carol]);
    const second = network.join(carol, { addresses: ["/memory/c"] });
    await second.start(new LinksRecorder(second));
    second.dial(bob, ["/memory/b"]);
    await clock.advance(50);
    expect(network.linked(carol, bob)).toBe(true);
  });

  it("lets a tap change, drop and multiply frames", async () => {
    const { clock, network, sendFromA, linkUp, heardAtB } = await scene();
    await linkUp();
    const off = network.tap((frame) =>
      frame[0] === 1 ? null : frame[0] === 2 ? [frame, frame] : Uint8Array.of(99),
    );
    sendFromA(1, 2, 3);
    await clock.advance(10);
    off();
    sendFromA(4);
    await clock.advance(10);
    expect(heardAtB()).toEqual([2, 2, 99, 4]);
  });

  it("closes a link over which too large a frame comes", async () => {
    const { clock, network, sendFromA, linkUp, a, b } = await scene();
    await linkUp();
    network.tap(() => new Uint8Array(300_000));
    sendFromA(1);
    await clock.advance(100);
    expect(b.all("unlinked")[0]?.reason).toContain("300000");
    expect(a.open.size).toBe(0);
  });

  it("lets devices on one local network find each other, and nobody else", async () => {
    const clock = createVirtualClock();
    const network = createMemoryNetwork({ clock, random: createSeededRandom(4) });
    const seen = new Map<DeviceId, LinksRecorder>();
    for (const [device, lan] of [
      [alice, "home"],
      [bob, "home"],
      [carol, "office"],
    ] as const) {
      const links = network.join(device, { lan, addresses: [`/memory/${device}`] });
      const recorder = new LinksRecorder(links);
      seen.set(device, recorder);
      await links.start(recorder);
    }
    await clock.advance(11_000);
    expect(seen.get(alice)!.all("discovered")[0]).toMatchObject({
      device: bob,
      addresses: [`/memory/${bob}`],
    });
    expect(seen.get(bob)!.all("discovered")[0]).toMatchObject({ device: alice });
    expect(seen.get(carol)!.all("discovered")).toEqual([]);
  });

  it("runs the same way twice from one seed", async () => {
    const run = async (): Promise<unknown> => {
      const { clock, sendFromA, linkUp, a, b } = await scene({ loss: 0.05, jitterMs: 50 });
      for (let i = 0; i < 50; i++) {
        if (a.open.size === 0) await linkUp();
        sendFromA(i);
        await clock.advance(7);
      }
      return [a.events, b.events, clock.elapsed];
    };
    expect(await run()).toEqual(await run());
  });
});
