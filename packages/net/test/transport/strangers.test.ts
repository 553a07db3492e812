import { once } from "node:events";
import { connect as connectTo } from "node:net";
import type { Connection } from "@libp2p/interface";
import { multiaddr } from "@multiformats/multiaddr";
import { afterEach, describe, expect, it } from "vitest";
import { peerIdOf } from "../../src/transport/device-key.ts";
import { createNode, startNode } from "../../src/transport/libp2p-node.ts";
import { pingProtocol, syncProtocol, transportLimits } from "../../src/transport/limits.ts";
import { deviceIdOf, keepConnected, portOf, seedOf, startDevice } from "./running-device.ts";
import type { RunningDevice } from "./running-device.ts";

const seedOfStranger = (number: number): Uint8Array => seedOf(1).fill(number, 1);

const tcp = "/ip4/127.0.0.1/tcp/0";

describe("strangers", { timeout: 60_000 }, () => {
  const stops: (() => unknown)[] = [];

  const device = async (byte: number, listen = [tcp]): Promise<RunningDevice> => {
    const started = await startDevice(seedOf(byte), listen);
    stops.push(() => started.links.stop());
    return started;
  };

  /** Somebody who connects, and then keeps the connection for its own sake. */
  const stranger = async (number: number): Promise<(to: RunningDevice) => Promise<Connection>> => {
    const node = await createNode(seedOfStranger(number), []);
    await startNode(node);
    stops.push(() => node.libp2p.stop());
    await node.libp2p.handle(syncProtocol, () => {});
    return (to) => {
      const address = `${to.addresses[0]!}/p2p/${peerIdOf(to.device)!.toString()}`;
      return node.libp2p.dial(multiaddr(address), { force: true });
    };
  };

  const until = async (connections: readonly Connection[], open: number): Promise<void> => {
    const still = (): number => connections.filter(({ status }) => status === "open").length;
    while (still() > open)
      await Promise.race(
        connections
          .filter(({ status }) => status === "open")
          .map((each) => once(each as unknown as EventTarget, "close")),
      );
    expect(still()).toBe(open);
  };

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  it("share few places, and members always get in and stay", async () => {
    const host = await device(61);
    host.links.welcome([await deviceIdOf(seedOf(62))]);
    const { strangersPerHost } = transportLimits;
    const connections: Connection[] = [];
    const come = async (from: number, count: number): Promise<void> => {
      for (let i = from; i < from + count; i++) connections.push(await (await stranger(i))(host));
    };
    await come(0, strangersPerHost + 4);
    await until(connections, strangersPerHost);

    const member = await device(62);
    const connector = keepConnected(member, host);
    stops.push(() => connector.stop());
    await Promise.all([member.told.first("linked"), host.told.first("linked")]);
    await host.told.when(() => host.told.open.has(member.device));
    await come(100, strangersPerHost);
    await until(connections, strangersPerHost);
    host.links.send(member.device, Uint8Array.of(1));
    await member.told.first("frame");
    const ends = [...host.told.all("unlinked"), ...member.told.all("unlinked")];
    expect(ends.filter((end) => [host.device, member.device].includes(end.device))).toEqual([]);
    // Those who came last have the places.
    await until(connections.slice(0, strangersPerHost + 4), 0);
  });

  it("that were welcome lose that with the next word, and others gain it", async () => {
    const host = await device(63);
    const [first, second] = [await stranger(200), await stranger(201)];
    host.links.welcome([await deviceIdOf(seedOfStranger(200))]);
    const [one, two] = [await first(host), await second(host)];
    host.links.welcome([await deviceIdOf(seedOfStranger(201))]);
    const others: Connection[] = [];
    for (let i = 0; i < transportLimits.strangersPerHost; i++)
      others.push(await (await stranger(i))(host));
    await until([one], 0);
    expect((await two.newStream(pingProtocol)).status).toBe("open");
  });

  it("get no more than a few connections for one key", async () => {
    const host = await device(64);
    const again = await stranger(1);
    const connections: Connection[] = [];
    for (let i = 0; i < transportLimits.waysPerDevice + 4; i++) connections.push(await again(host));
    await until(connections, transportLimits.waysPerDevice);
    expect(connections[0]!.status).toBe("open");
  });

  it.each([
    ["TCP", tcp],
    ["WebSockets", `${tcp}/ws`],
  ])("that connect over %s and say nothing are let go, and keep nobody out", async (_name, at) => {
    const host = await device(65, [at]);
    const member = await device(66);
    host.links.welcome([member.device]);
    const { inboundHandshakesPerHost, dialTimeoutMs } = transportLimits;
    const ends: Promise<void>[] = [];
    const startedAt = performance.now();
    for (let i = 0; i < inboundHandshakesPerHost + 10; i++) {
      const socket = connectTo(portOf(host.addresses[0]!), "127.0.0.1");
      stops.push(() => socket.destroy());
      socket.on("error", () => {});
      socket.resume();
      const end = new Promise<void>((resolve) => socket.once("close", () => resolve()));
      ends.push(end);
      await Promise.race([new Promise((resolve) => socket.once("connect", resolve)), end]);
    }
    const connector = keepConnected(member, host);
    stops.push(() => connector.stop());
    await member.told.first("linked");
    await Promise.all(ends);
    expect(performance.now() - startedAt).toBeLessThan(dialTimeoutMs + 5_000);
  });
});
