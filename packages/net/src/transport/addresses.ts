/** Multiaddrs as the transport uses them: host, port, transport, and how near they are. */
import type { LinkKind } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import { multiaddr } from "@multiformats/multiaddr";
import type { Multiaddr } from "@multiformats/multiaddr";
import { isLinkLocal, isLoopback, isPrivate } from "./networks.ts";
import type { OwnNetworks } from "./networks.ts";

export interface Address {
  text: string;
  multiaddr: Multiaddr;
  host: string;
  /** False for WebSockets and whatever else runs on top. */
  plainTcp: boolean;
  relayed: boolean;
}

const hostCodes = ["ip4", "ip6", "dns", "dns4", "dns6"];

/** null for what is not an address of a host and a TCP port, with or without a /p2p part. */
export function parseAddress(text: string): Address | null {
  if (text.length > limits.address) return null;
  try {
    return describe(multiaddr(text));
  } catch {
    return null;
  }
}

export function describe(address: Multiaddr): Address | null {
  const parts = address.getComponents();
  const relayed = parts.some(({ name }) => name === "p2p-circuit");
  const path = relayed ? parts : parts.filter(({ name }) => name !== "p2p");
  const host = path[0]?.value;
  if (host === undefined || !hostCodes.includes(path[0]!.name) || path[1]?.name !== "tcp")
    return null;
  const text = path
    .map(({ name, value }) => (value === undefined ? `/${name}` : `/${name}/${value}`))
    .join("");
  return { text, multiaddr: multiaddr(text), host, plainTcp: path.length === 2, relayed };
}

export function linkKind(address: Address, networks: OwnNetworks): LinkKind {
  if (address.relayed) return "relayed";
  if (networks.isOwn(address.host)) return "this-machine";
  return networks.isNear(address.host) ? "same-network" : "direct";
}

/** What others may be told of where this device listens: nothing they could not dial, loopback last. */
export function listeningAddresses(listeners: readonly Multiaddr[]): string[] {
  const order = ({ host }: Address): number => (isLoopback(host) ? 2 : isPrivate(host) ? 0 : 1);
  const found = new Map<string, Address>();
  for (const each of listeners) {
    const address = describe(each);
    if (address !== null && !isLinkLocal(address.host)) found.set(address.text, address);
  }
  return [...found.values()]
    .toSorted((a, b) => order(a) - order(b))
    .slice(0, limits.addresses)
    .map(({ text }) => text);
}
