/** One device in the in-memory network: the `Links` port, with the network's omniscience kept out of it. */
import { frameWeight } from "@multichat/core/ports";
import type { Links, LinksHandler } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { rttIntervalMs } from "./limits.ts";
import { MemoryDial } from "./memory-dial.ts";
import type { EndOwner, LinkEnd } from "./memory-link.ts";
import type { NetworkClock } from "./wire.ts";

/** `Links` plus what a story does to a device from outside. */
export interface MemoryLinks extends Links {
  readonly device: DeviceId;
  readonly addresses: readonly string[];
  /** Ends without a word to its own handler, like a killed process; the others notice after the latency. */
  kill(): void;
}

/** What an endpoint asks of the network. */
export interface EndpointNetwork {
  clock: NetworkClock;
  /** Tries one address; `failed` unless an end is opened on both sides. */
  attempt(
    from: MemoryEndpoint,
    device: DeviceId,
    address: string,
    failed: (outcome: string) => void,
  ): void;
  /** Has `sees` called for everybody on the same local network, now and then; the returned function ends that. */
  lookAround(endpoint: MemoryEndpoint): () => void;
  roundTrip(a: DeviceId, b: DeviceId): number;
  breakLink(end: LinkEnd, reason: string): void;
}

export interface EndpointPlace {
  addresses: readonly string[];
  lan: string | null;
}

export class MemoryEndpoint implements MemoryLinks, EndOwner {
  readonly device: DeviceId;
  readonly addresses: readonly string[];
  readonly lan: string | null;
  /** By device; ends that are opening or open. */
  readonly ends = new Map<DeviceId, LinkEnd>();
  private handler: LinksHandler | null = null;
  private stopLooking: (() => void) | null = null;
  private readonly network: EndpointNetwork;
  private readonly dials = new Map<DeviceId, MemoryDial>();
  /** Weight of frames not worked off yet, whatever links they came on. */
  private readonly unread = new Map<DeviceId, number>();

  constructor(network: EndpointNetwork, device: DeviceId, place: EndpointPlace) {
    this.network = network;
    this.device = device;
    this.addresses = place.addresses;
    this.lan = place.lan;
  }

  get running(): boolean {
    return this.handler !== null;
  }

  async start(handler: LinksHandler): Promise<void> {
    if (this.handler !== null) throw new Error("these links were already started");
    this.handler = handler;
    if (this.lan !== null) this.stopLooking = this.network.lookAround(this);
    this.later(() => handler.listening([...this.addresses]));
  }

  async stop(): Promise<void> {
    // Handlers are never called from inside a call to the port.
    await Promise.resolve();
    for (const end of this.ends.values()) end.closeNow("this device is shutting down");
    this.handler = null;
    this.leave();
  }

  kill(): void {
    this.handler = null;
    this.leave();
    for (const end of this.ends.values()) this.network.breakLink(end, "killed");
  }

  dial(device: DeviceId, addresses: string[]): void {
    if (!this.running || this.ends.get(device)?.state === "open") return;
    let dial = this.dials.get(device);
    if (dial === undefined) {
      const started = new MemoryDial((attempts) => {
        if (this.dials.get(device) !== started) return;
        this.dials.delete(device);
        this.handler?.dialFailed(device, attempts);
      });
      dial = started;
      this.dials.set(device, dial);
    }
    const current = dial;
    for (const address of current.add(addresses)) {
      this.network.attempt(this, device, address, (outcome) => current.failed(address, outcome));
    }
    this.later(() => {
      if (this.dials.get(device) === current) current.finishIfDone();
    });
  }

  send(device: DeviceId, frame: Uint8Array): void {
    if (frame.length > limits.frame)
      throw new RangeError(`a frame has at most ${limits.frame} bytes, not ${frame.length}`);
    // The sender may reuse its buffer.
    this.ends.get(device)?.send(frame.slice());
  }

  /** Here there is room for everybody. */
  welcome(): void {}

  taken(device: DeviceId, weight: number): void {
    this.unread.set(device, Math.max(0, (this.unread.get(device) ?? 0) - weight));
    this.ends.get(device)?.peer.resume();
  }

  close(device: DeviceId, reason: string): void {
    this.ends.get(device)?.closeSoon(reason);
  }

  /** Somebody on the same local network. */
  sees(other: MemoryEndpoint): void {
    if (!this.ends.has(other.device)) this.handler?.discovered(other.device, [...other.addresses]);
  }

  /** Makes `end` the one to its device; an older one (of a process that has since died) is over. */
  adopt(end: LinkEnd): void {
    const older = this.ends.get(end.peer.self);
    if (older !== undefined) this.network.breakLink(older, "replaced by a newer connection");
    this.ends.set(end.peer.self, end);
  }

  opened(end: LinkEnd): void {
    const { device } = end.info;
    this.dials.get(device)?.cancel();
    this.dials.delete(device);
    this.handler?.linked(end.info);
    this.measure(end);
  }

  waiting(end: LinkEnd): number {
    return this.unread.get(end.info.device) ?? 0;
  }

  received(end: LinkEnd, frame: Uint8Array): void {
    const { device } = end.info;
    this.unread.set(device, (this.unread.get(device) ?? 0) + frameWeight(frame));
    this.handler?.frame(end.info.device, frame);
  }

  drained(end: LinkEnd, queued: number): void {
    this.handler?.drained(end.info.device, queued);
  }

  closed(end: LinkEnd, reason: string): void {
    this.forget(end);
    this.handler?.unlinked(end.info.device, reason);
  }

  abandoned(end: LinkEnd): void {
    this.forget(end);
    this.dials.get(end.info.device)?.failed(end.info.address, "the connection broke");
  }

  private forget(end: LinkEnd): void {
    if (this.ends.get(end.info.device) === end) this.ends.delete(end.info.device);
  }

  private measure(end: LinkEnd): void {
    const roundTrip = this.network.roundTrip(this.device, end.info.device);
    this.network.clock.after(roundTrip, () => {
      if (end.state === "open") this.handler?.rtt(end.info.device, roundTrip);
    });
    this.network.clock.after(rttIntervalMs, () => {
      if (end.state === "open") this.measure(end);
    });
  }

  private leave(): void {
    this.unread.clear();
    this.stopLooking?.();
    this.stopLooking = null;
    for (const dial of this.dials.values()) dial.cancel();
    this.dials.clear();
  }

  /** Handlers are never called from inside a call to the port. */
  private later(callback: () => void): void {
    this.network.clock.after(0, () => {
      if (this.running) callback();
    });
  }
}
