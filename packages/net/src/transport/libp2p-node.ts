/**
 * The libp2p node underneath: TCP and WebSockets, Noise, yamux. What it would do on its own account (dial what it
 * discovers, watch connections, reconnect) is left out: who is talked to is not the transport's decision.
 */
import { networkInterfaces } from "node:os";
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import { identify } from "@libp2p/identify";
import type { Identify } from "@libp2p/identify";
import type { Libp2p } from "@libp2p/interface";

import { createLibp2p } from "libp2p";
import type { Libp2pInit } from "libp2p";
import { corkedTcp } from "./corked-tcp.ts";
import { Door } from "./door.ts";
import { gateFor } from "./gate.ts";
import { guardedWebSockets } from "./guarded-websockets.ts";
import { guardedYamux } from "./guarded-yamux.ts";
import { leanNoise } from "./lean-noise.ts";
import { transportLimits } from "./limits.ts";
import { isLinkLocal, isLoopback } from "./networks.ts";
import { portBusyError } from "./port-busy-error.ts";
import { newProcessName } from "./which-process.ts";

/** What libp2p gives its services: the parts a node is made of. */
export type Libp2pParts = Parameters<NonNullable<Libp2pInit["transports"]>[number]>[0];

export interface Libp2pNode {
  libp2p: Libp2p<{ identify: Identify }>;
  parts: Libp2pParts;
  door: Door;
}

/** A node that does not listen yet. */
export async function createNode(seed: Uint8Array, listen: readonly string[]): Promise<Libp2pNode> {
  const privateKey = await generateKeyPairFromSeed("Ed25519", seed);
  let parts: Libp2pParts | null = null;
  const door = new Door();
  const libp2p = await createLibp2p({
    privateKey,
    start: false,
    addresses: { listen: [...listen] },
    transports: [
      (components) => {
        parts = components;
        return corkedTcp()(components);
      },
      guardedWebSockets(door),
    ],
    connectionEncrypters: [leanNoise()],
    streamMuxers: [guardedYamux()],
    // Asked only when there is something to tell apart.
    services: { identify: identify({ runOnConnectionOpen: false }) },
    nodeInfo: { name: "multichat", version: "1", userAgent: newProcessName() },
    connectionManager: {
      maxConnections: transportLimits.connections + transportLimits.strangers,
      inboundConnectionThreshold: transportLimits.inboundConnectionsPerSecond,
      // The door sees to that, so that those who come late are not those who have to go.
      maxIncomingPendingConnections: Infinity,
      // By then whoever dials has given up.
      inboundUpgradeTimeout: transportLimits.dialTimeoutMs,
      reconnectRetries: 0,
    },
    connectionMonitor: { enabled: false },
    connectionGater: gateFor(privateKey.publicKey, door),
  });
  if (parts === null) throw new Error("libp2p made no transports");
  return { libp2p, parts, door };
}

/** @throws PortBusyError */
export async function startNode({ libp2p }: Libp2pNode): Promise<void> {
  try {
    await libp2p.start();
  } catch (error) {
    throw portBusyError(error) ?? error;
  }
}

/** Any free ports, on every interface. */
export function defaultListen(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const hasIp6 = addresses.some(
    ({ family, address }) => family === "IPv6" && !isLoopback(address) && !isLinkLocal(address),
  );
  return ["/ip4/0.0.0.0/tcp/0", "/ip4/0.0.0.0/tcp/0/ws", ...(hasIp6 ? ["/ip6/::/tcp/0"] : [])];
}
