/** Links of a node that has no account yet (spec/09-devices.md, Frames): it greets, and speaks of nothing but linking and recovery. */
import type { Clock, Links, LinksHandler, Random } from "@multichat/core/ports";
import {
  type DeviceId,
  type DeviceStep,
  decodeDeviceStep,
  decodeFrame,
  encodeDeviceStep,
  encodeFrame,
  syncVersion,
} from "@multichat/protocol";

/** Whoever cannot be reached is tried again. */
const retryMs = 3_000;
/** A link that does not close in this time has lost what was on it. */
const leaveMs = 3_000;

export interface NewcomerLinks {
  readonly handler: LinksHandler;
  /** Keeps trying to reach this device, and tells when it has been greeted. */
  reach(device: DeviceId, addresses: readonly string[]): void;
  send(device: DeviceId, step: DeviceStep): void;
  /** Lets go of all. */
  stop(): void;
  /** The same; calls back when they have what was sent to them last. */
  leave(then: () => void): void;
}

export function createNewcomerLinks(deps: {
  links: Links;
  clock: Clock;
  random: Random;
  greeted(device: DeviceId): void;
  step(device: DeviceId, step: DeviceStep): void;
  /** Not reached, or lost again; another attempt follows. */
  lost(device: DeviceId, why: string): void;
  discovered(device: DeviceId, addresses: string[]): void;
}): NewcomerLinks {
  const { links, clock, random } = deps;
  const wanted = new Map<DeviceId, readonly string[]>();
  const linked = new Set<DeviceId>();
  const greeted = new Set<DeviceId>();
  const retries = new Map<DeviceId, () => void>();
  let left: (() => void) | null = null;

  function hello(): Uint8Array {
    return encodeFrame({
      type: "hello",
      versions: [syncVersion],
      nonce: random.bytes(16),
      time: Math.max(0, Math.floor(clock.now())),
      agent: "multichat/0.1",
    });
  }

  function again(device: DeviceId, why: string): void {
    const addresses = wanted.get(device);
    if (addresses === undefined) return;
    deps.lost(device, why);
    retries.get(device)?.();
    retries.set(
      device,
      clock.after(retryMs, () => links.dial(device, [...addresses])),
    );
  }

  const handler: LinksHandler = {
    linked({ device }) {
      // Nobody else has any business here.
      if (!wanted.has(device)) return links.close(device, "no account here yet");
      retries.get(device)?.();
      linked.add(device);
      links.send(device, hello());
    },
    frame(device, bytes) {
      if (!linked.has(device)) return;
      const frame = decodeFrame(bytes);
      if (!frame.ok) return links.close(device, "it could not be read");
      const { value } = frame;
      if (value.type === "ping")
        links.send(device, encodeFrame({ type: "pong", value: value.value }));
      if (value.type === "hello" && !greeted.has(device)) {
        greeted.add(device);
        links.send(
          device,
          encodeFrame({ type: "tags", tags: Array.from({ length: 8 }, () => random.bytes(16)) }),
        );
        deps.greeted(device);
      }
      if (value.type !== "device") return;
      const step = decodeDeviceStep(value.step, value.value);
      if (step.ok) deps.step(device, step.value);
      else links.close(device, "it could not be read");
    },
    unlinked(device, reason) {
      linked.delete(device);
      greeted.delete(device);
      if (linked.size === 0) left?.();
      again(device, reason);
    },
    dialFailed: (device, attempts) =>
      again(device, attempts[attempts.length - 1]?.outcome ?? "no address"),
    discovered: (device, addresses) => deps.discovered(device, addresses),
    listening() {},
    rtt() {},
    drained() {},
  };

  function stop(): void {
    wanted.clear();
    for (const cancel of retries.values()) cancel();
    for (const device of linked) links.close(device, "it goes on as a device of its account");
  }

  return {
    handler,
    reach(device, addresses) {
      wanted.set(device, addresses);
      links.dial(device, [...addresses]);
    },
    send(device, step) {
      const { number, bytes } = encodeDeviceStep(step);
      links.send(device, encodeFrame({ type: "device", step: number, value: bytes }));
    },
    stop,
    leave(then) {
      let cancel = (): void => {};
      left = () => {
        left = null;
        cancel();
        then();
      };
      stop();
      if (linked.size === 0) left();
      else cancel = clock.after(leaveMs, left);
    },
  };
}
