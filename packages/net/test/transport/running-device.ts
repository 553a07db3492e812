/** A device on real sockets, with everything it is told written down. */
import { generateKeyPairFromSeed } from "@libp2p/crypto/keys";
import type { Links } from "@multichat/core/ports";
import { idFromBytes } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { createConnector } from "@multichat/net/connections";
import type { Connector } from "@multichat/net/connections";
import { LinksRecorder } from "@multichat/testing/links";
import { createSeededRandom } from "@multichat/testing/random";
import { createLibp2pLinks, systemClock } from "../../src/transport/index.ts";

export interface RunningDevice {
  device: DeviceId;
  links: Links;
  told: LinksRecorder;
  addresses: string[];
}

export async function deviceIdOf(seed: Uint8Array): Promise<DeviceId> {
  const { publicKey } = await generateKeyPairFromSeed("Ed25519", seed);
  return idFromBytes<DeviceId>(publicKey.raw);
}

export const seedOf = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);

export async function startDevice(
  seed: Uint8Array,
  listen: string[] = ["/ip4/127.0.0.1/tcp/0"],
): Promise<RunningDevice> {
  const links = createLibp2pLinks({ seed, clock: systemClock, listen, mdns: false });
  const told = new LinksRecorder(links);
  await links.start(told);
  const { addresses } = await told.first("listening");
  return { device: await deviceIdOf(seed), links, told, addresses };
}

/** Two seeds, that of the lower device id first: it is the one that decides between connections. */
export async function seedsInOrder(): Promise<[Uint8Array, Uint8Array]> {
  const [one, two] = [seedOf(11), seedOf(12)];
  return (await deviceIdOf(one)) < (await deviceIdOf(two)) ? [one, two] : [two, one];
}

export const portOf = (address: string): number => Number(/\/tcp\/(\d+)/.exec(address)![1]);

/** Redials as a node does, until it is stopped. */
export function keepConnected(
  { device, links, told }: RunningDevice,
  to: RunningDevice,
): Connector {
  const random = createSeededRandom(device);
  const connector = createConnector({ links, clock: systemClock, random, changed: () => {} });
  for (const type of ["linked", "unlinked", "dialFailed"] as const) {
    const note = told[type].bind(told) as (...args: unknown[]) => void;
    told[type] = (...args: unknown[]) => {
      note(...args);
      (connector[type] as (...args: unknown[]) => void)(...args);
    };
  }
  connector.setTargets(new Map([[to.device, to.addresses]]));
  connector.start();
  return connector;
}
