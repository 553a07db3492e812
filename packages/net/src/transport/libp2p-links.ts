/** The `Links` port on libp2p (spec/05-transport.md). */
import type { Clock, Links } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import { createNode, defaultListen } from "./libp2p-node.ts";
import { RunningLinks } from "./running-links.ts";

export interface Libp2pLinksOptions {
  /** The device's Ed25519 seed: the key of its peer id. */
  seed: Uint8Array;
  clock: Clock;
  /** Multiaddrs; any free ports on every interface by default. */
  listen?: readonly string[];
  /** Look for devices on the local network. Default: true. */
  mdns?: boolean;
}

/** `start` throws PortBusyError when a port in `listen` is taken. */
export function createLibp2pLinks(options: Libp2pLinksOptions): Links {
  let running: RunningLinks | null = null;
  let started = false;
  return {
    async start(handler) {
      if (started) throw new Error("these links were already started");
      started = true;
      try {
        const node = await createNode(options.seed, options.listen ?? defaultListen());
        // From here on there may be links, and the handler may answer them.
        running = new RunningLinks(node, options.clock, handler);
        await running.start(options.mdns ?? true);
      } catch (error) {
        running = null;
        started = false;
        throw error;
      }
    },
    async stop() {
      const stopping = running;
      running = null;
      await stopping?.stop();
      started = false;
    },
    dial: (device, addresses) => running?.dial(device, addresses),
    send(device, frame) {
      if (frame.length > limits.frame) {
        throw new RangeError(`a frame has at most ${limits.frame} bytes, not ${frame.length}`);
      }
      running?.send(device, frame);
    },
    welcome: (devices) => running?.welcome(new Set(devices)),
    taken: (device, weight) => running?.taken(device, weight),
    close: (device, reason) => running?.close(device, reason),
  };
}
