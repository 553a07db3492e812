import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { Links } from "@multichat/core/ports";
import { idFromBytes } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { describeLinks } from "@multichat/testing/conformance/links";
import { createLibp2pLinks } from "./libp2p-links.ts";
import { systemClock } from "./system-clock.ts";

async function deviceWith(
  byte: number,
  listen: string[],
): Promise<{ device: DeviceId; links: Links }> {
  const seed = new Uint8Array(32).fill(byte);
  const { publicKey } = await generateKeyPairFromSeed("Ed25519", seed);
  return {
    device: idFromBytes<DeviceId>(publicKey.raw),
    links: createLibp2pLinks({ seed, clock: systemClock, listen, mdns: false }),
  };
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

const tcp = "/ip4/127.0.0.1/tcp/0";
const ws = "/ip4/127.0.0.1/tcp/0/ws";

for (const [name, listen] of [
  ["libp2p over TCP", [tcp]],
  ["libp2p over WebSockets", [ws]],
  ["libp2p over both", [tcp, ws]],
] as const) {
  describeLinks(name, async () => {
    const [a, b, stranger, port] = await Promise.all([
      deviceWith(1, [...listen]),
      deviceWith(2, [...listen]),
      deviceWith(3, []),
      closedPort(),
    ]);
    return {
      a,
      b,
      stranger: stranger.device,
      closedAddress: `/ip4/127.0.0.1/tcp/${port}`,
      wait: (promise) => promise,
      dispose: async () => {},
    };
  });
}
