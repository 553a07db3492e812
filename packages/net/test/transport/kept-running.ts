/** Run as a process of its own: a device that tells where it listens and then waits to be killed. */
import { createLibp2pLinks, systemClock } from "../../src/transport/index.ts";

const links = createLibp2pLinks({
  seed: new Uint8Array(32).fill(Number(process.argv[2])),
  clock: systemClock,
  listen: ["/ip4/127.0.0.1/tcp/0"],
  mdns: false,
});
await links.start({
  listening: (addresses) => void process.stdout.write(`${addresses[0]}\n`),
  linked: () => {},
  frame: () => {},
  unlinked: () => {},
  dialFailed: () => {},
  discovered: () => {},
  rtt: () => {},
  drained: () => {},
});
