/**
 * Devices on the local network, by multicast DNS under a name of our own. A network without multicast is silent, not an
 * error. Announcements are not authenticated: they say where to try, and the handshake says who is there.
 */
import type { ComponentLogger, PeerDiscovery, PeerInfo } from "@libp2p/interface";
import { mdns } from "@libp2p/mdns";
import type { MulticastDNSComponents } from "@libp2p/mdns";
import { limits } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { describe } from "./addresses.ts";
import { deviceOf } from "./device-key.ts";
import { discoveryService, transportLimits } from "./limits.ts";

export interface LanDiscovery {
  stop(): Promise<void>;
}

export async function startLanDiscovery(
  components: MulticastDNSComponents & { logger: ComponentLogger },
  found: (device: DeviceId, addresses: string[]) => void,
): Promise<LanDiscovery> {
  const create = mdns({
    serviceTag: discoveryService,
    interval: transportLimits.discoveryIntervalMs,
  });
  const discovery = create(components) as PeerDiscovery & {
    start(): Promise<void>;
    stop(): Promise<void>;
  };
  discovery.addEventListener("peer", ({ detail }: CustomEvent<PeerInfo>) => {
    const device = deviceOf(detail.id);
    if (device === null) return;
    const addresses = detail.multiaddrs.flatMap((each) => describe(each)?.text ?? []);
    found(device, [...new Set(addresses)].slice(0, limits.addresses));
  });
  await discovery.start();
  return { stop: () => discovery.stop() };
}
