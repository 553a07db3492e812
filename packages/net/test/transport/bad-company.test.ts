import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTo, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { multiaddr } from "@multiformats/multiaddr";
import { waitingWeight } from "@multichat/core/ports";
import { createSeededRandom } from "@multichat/testing/random";
import { afterEach, describe, expect, it } from "vitest";
import { peerIdOf } from "../../src/transport/device-key.ts";
import { PortBusyError } from "../../src/transport/index.ts";
import { createNode, startNode } from "../../src/transport/libp2p-node.ts";
import type { Libp2pNode } from "../../src/transport/libp2p-node.ts";
import { pingProtocol, syncProtocol } from "../../src/transport/limits.ts";
import { deviceIdOf, portOf, seedOf, seedsInOrder, startDevice } from "./running-device.ts";
import type { RunningDevice } from "./running-device.ts";

const listen = ["/ip4/127.0.0.1/tcp/0"];

describe("a device in bad company", { timeout: 30_000 }, () => {
  const stops: (() => Promise<void>)[] = [];
  const device = async (seed: Uint8Array, at = listen): Promise<RunningDevice> => {
    const started = await startDevice(seed, at);
    stops.push(() => started.links.stop());
    return started;
  };
  const stranger = async (seed: Uint8Array): Promise<Libp2pNode> => {
    const node = await createNode(seed, listen);
    await startNode(node);
    stops.push(async () => node.libp2p.stop());
    return node;
  };
  const connect = async ({ libp2p }: Libp2pNode, { device: id, addresses }: RunningDevice) =>
    libp2p.dial(multiaddr(addresses[0]).encapsulate(`/p2p/${peerIdOf(id)!.toString()}`));

  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  it.each([
    ["a frame over the limit", [0xff, 0xff, 0xff], "more than 262144 bytes"],
    ["a garbled length", [0x80, 0x80, 0x80], "garbled"],
  ])("closes the link on %s, with the reason", async (_name, bytes, words) => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(higher);
    const bad = await stranger(lower);
    const connection = await connect(bad, good);
    const stream = await connection.newStream(syncProtocol);
    await good.told.first("linked");
    const closed = new Promise((resolve) => connection.addEventListener("close", resolve));
    stream.send(Uint8Array.from(bytes));
    expect((await good.told.first("unlinked")).reason).toContain(words);
    await closed;
    expect(good.told.frames()).toEqual([]);
  });

  it("does not let the other side open a second link, or decide when it may not", async () => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(lower);
    const bad = await stranger(higher);
    await bad.libp2p.handle(syncProtocol, () => {});
    const connection = await connect(bad, good);
    const stream = await connection.newStream(syncProtocol);
    if (stream.status === "open")
      await new Promise((resolve) => stream.addEventListener("close", resolve));
    await good.told.first("linked");
    expect(good.told.all("linked")).toHaveLength(1);
  });

  it("drops a connection whose other side does not speak the protocol", async () => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(lower);
    const bad = await stranger(higher);
    good.links.dial(await deviceIdOf(higher), [
      bad.libp2p
        .getMultiaddrs()[0]!
        .toString()
        .replace(/\/p2p\/.*/, ""),
    ]);
    const { attempts } = await good.told.first("dialFailed");
    expect(attempts[0]?.outcome).toBe("answered, then hung up");
    expect(good.told.all("linked")).toEqual([]);
  });

  it("drops a ping flood that does not read its answers", async () => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(higher);
    const bad = await stranger(lower);
    const connection = await connect(bad, good);
    const stream = await connection.newStream(pingProtocol);
    stream.pause();
    const closed = new Promise((resolve) => stream.addEventListener("close", resolve));
    const flood = new Uint8Array(64 * 1024);
    while (stream.status === "open") {
      if (!stream.writableNeedsDrain) stream.send(flood);
      await new Promise((resolve) => void setImmediate(resolve));
    }
    await closed;
    expect(good.told.all("unlinked")).toEqual([]);
  });

  it("cuts no more frames than it may keep out of one write, however small they are", async () => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(higher);
    const bad = await stranger(lower);
    const stream = await (await connect(bad, good)).newStream(syncProtocol);
    good.told.keepFrames();
    const count = 200_000;
    stream.send(new Uint8Array(count));
    const from = await deviceIdOf(lower);
    await good.told.when(() => good.told.keptOf(from) > waitingWeight);
    good.links.send(from, Uint8Array.of(1));
    await new Promise((resolve) => stream.addEventListener("message", resolve));
    expect(good.told.frames().length).toBeLessThan(count / 4);
    good.told.takeFrames();
    await good.told.when(() => good.told.frames().length === count);
  });

  it("hangs up on whoever connects and then does nothing", async () => {
    const [lower, higher] = await seedsInOrder();
    const good = await device(higher);
    const bad = await stranger(lower);
    const connection = await connect(bad, good);
    await new Promise((resolve) => connection.addEventListener("close", resolve));
    expect(good.told.all("linked")).toEqual([]);
  });

  it("survives noise, half handshakes and plain HTTP on its ports", async () => {
    const good = await device(seedOf(51), [...listen, "/ip4/127.0.0.1/tcp/0/ws"]);
    const random = createSeededRandom("noise");
    const openings = [
      Buffer.alloc(0),
      Buffer.from("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
      Buffer.from(
        "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
      ),
      Buffer.from("\x13/multistream/1.0.0\n\x07/noise\n"),
    ];
    const visits = good.addresses.flatMap((address) =>
      Array.from({ length: 24 }, async (_, i) => {
        const socket = connectTo(portOf(address), "127.0.0.1");
        socket.on("error", () => {});
        await once(socket, "connect");
        socket.write(
          Buffer.concat([openings[i % openings.length]!, random.bytes(random.below(5_000))]),
        );
        await new Promise((resolve) => void setImmediate(resolve));
        if (i % 3 === 0) socket.resetAndDestroy();
        else socket.end();
        socket.resume();
        await once(socket, "close").catch(() => {});
      }),
    );
    await Promise.all(visits);
    const friend = await device(seedOf(52));
    friend.links.dial(good.device, good.addresses);
    await Promise.all([friend.told.first("linked"), good.told.first("linked")]);
    expect(good.told.all("linked")).toHaveLength(1);
  });

  it("sees at once that a process was killed", async () => {
    const good = await device(seedOf(21));
    const child = spawn(
      process.execPath,
      ["--conditions=source", fileURLToPath(new URL("kept-running.ts", import.meta.url)), "22"],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    good.links.dial(await deviceIdOf(seedOf(22)), [line.toString().trim()]);
    await good.told.first("linked");
    const killedAt = performance.now();
    child.kill("SIGKILL");
    expect((await good.told.first("unlinked")).reason).toBe("the connection broke");
    expect(performance.now() - killedAt).toBeLessThan(2_000);
  });

  it("never links to a copy of itself", async () => {
    const [one, copy] = [await device(seedOf(31)), await device(seedOf(31))];
    one.links.dial(copy.device, copy.addresses);
    const { attempts } = await one.told.first("dialFailed");
    expect(attempts.map(({ outcome }) => outcome)).toEqual(
      copy.addresses.map(() => "this is the device itself"),
    );
    const outsider = await deviceIdOf(seedOf(32));
    one.links.dial(outsider, copy.addresses);
    await one.told.when(() => one.told.all("dialFailed").length === 2);
    expect(one.told.all("dialFailed")[1]?.attempts[0]?.outcome).toBe(
      "answered, but it is another device",
    );
    expect([one.told.all("linked"), copy.told.all("linked")]).toEqual([[], []]);
  });

  it("names the port that is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    for (const suffix of ["", "/ws"]) {
      const failure = await startDevice(seedOf(41), [`/ip4/127.0.0.1/tcp/${port}${suffix}`]).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(PortBusyError);
      expect(failure).toMatchObject({ port });
    }
    await new Promise((resolve) => server.close(resolve));
  });
});
