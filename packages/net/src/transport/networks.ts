/** Which networks an IP address belongs to, as seen from this machine. */
import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
import type { NetworkInterfaceInfo } from "node:os";

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const familyOf = (host: string): "ipv4" | "ipv6" => (isIP(host) === 6 ? "ipv6" : "ipv4");

function subnets(...list: [string, number][]): BlockList {
  const block = new BlockList();
  for (const [network, prefix] of list) block.addSubnet(network, prefix, familyOf(network));
  return block;
}

const loopback = subnets(["127.0.0.0", 8], ["::1", 128]);
/** Link-local addresses need a zone, which a multiaddr of ours cannot carry. */
const linkLocal = subnets(["169.254.0.0", 16], ["fe80::", 10]);
/** RFC 1918, RFC 4193, and RFC 6598, which overlay networks use. */
const privateNetworks = subnets(
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["fc00::", 7],
);

const inside = (list: BlockList, host: string): boolean =>
  isIP(host) !== 0 && list.check(host, familyOf(host));

export const isLoopback = (host: string): boolean => inside(loopback, host);
export const isLinkLocal = (host: string): boolean => inside(linkLocal, host);
export const isPrivate = (host: string): boolean =>
  inside(privateNetworks, host) || isLinkLocal(host);

/** What one customer of a provider has: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function customerOf(host: string): string {
  if (isIP(host) !== 6) return host;
  const mapped = /^::ffff:([0-9.]+)$/i.exec(host)?.[1];
  if (mapped !== undefined) return mapped;
  const [before = "", after] = host.split("%")[0]!.split("::");
  const groups = before === "" ? [] : before.split(":");
  const rest = after === undefined || after === "" ? [] : after.split(":");
  const zeros = after === undefined ? 0 : 8 - groups.length - rest.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...rest];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** A look at this machine's interfaces at one moment. */
export class OwnNetworks {
  private readonly own = new Set<string>();
  private readonly subnets = new BlockList();

  constructor(interfaces: Interfaces = networkInterfaces()) {
    for (const { address, cidr, internal } of Object.values(interfaces).flatMap(
      (each) => each ?? [],
    )) {
      this.own.add(address);
      const prefix = Number(cidr?.split("/")[1] ?? NaN);
      // A point-to-point interface with a whole-network mask says nothing about who is near.
      if (!internal && prefix > 0) this.subnets.addSubnet(address, prefix, familyOf(address));
    }
  }

  isOwn(host: string): boolean {
    return isLoopback(host) || this.own.has(host);
  }

  isNear(host: string): boolean {
    return inside(this.subnets, host);
  }
}
