/** Run on a host of the network lab: a device that links to whatever it discovers, and tells what happens, one JSON line each. */
import type { DeviceId } from "@multichat/protocol";
import { createLibp2pLinks, systemClock } from "../../src/transport/index.ts";

const retryMs = 1_000;

const tell = (event: string, more: object = {}): void => {
  process.stdout.write(
    `${JSON.stringify({ at: Math.round(performance.timeOrigin + performance.now()), event, ...more })}\n`,
  );
};

const links = createLibp2pLinks({
  seed: new Uint8Array(32).fill(Number(process.argv[2])),
  clock: systemClock,
});
const known = new Map<DeviceId, Set<string>>();
const linked = new Set<DeviceId>();

const dial = (device: DeviceId): void => links.dial(device, [...(known.get(device) ?? [])]);
const redial = (device: DeviceId): void => {
  systemClock.after(retryMs, () => {
    if (!linked.has(device)) dial(device);
  });
};

await links.start({
  listening: (addresses) => tell("listening", { addresses }),
  discovered: (device, addresses) => {
    known.set(device, new Set([...(known.get(device) ?? []), ...addresses]));
    tell("discovered", { addresses });
    dial(device);
  },
  linked: ({ device, kind, address, outbound }) => {
    linked.add(device);
    tell("linked", { kind, address, outbound });
  },
  unlinked: (device, reason) => {
    linked.delete(device);
    tell("unlinked", { reason });
    redial(device);
  },
  dialFailed: (device, attempts) => {
    tell("dialFailed", { attempts });
    redial(device);
  },
  rtt: (_device, ms) => tell("rtt", { ms: Math.round(ms * 100) / 100 }),
  frame: () => {},
  drained: () => {},
});
