/**
 * A network in memory: ordered, reliable links with latency that can be cut, healed and broken, deterministic under the
 * virtual clock. What it knows and no real network does: both ends of everything, so a pair that dials each other at
 * once gets one link without negotiating.
 */
import type { DeviceId } from "@multichat/protocol";
import type { SeededRandom } from "../random/index.ts";
import { deadLinkMs, dialTimeoutMs, discoveryIntervalMs, noticeSpreadMs } from "./limits.ts";
import { MemoryEndpoint } from "./memory-endpoint.ts";
import type { EndpointNetwork, MemoryLinks } from "./memory-endpoint.ts";
import { LinkEnd, joinEnds } from "./memory-link.ts";
import type { LinkNetwork } from "./memory-link.ts";
import { Topology } from "./topology.ts";
import type { Delay } from "./topology.ts";
import { Wire } from "./wire.ts";
import type { NetworkClock } from "./wire.ts";

export interface MemoryNetworkOptions extends Partial<Delay> {
  clock: NetworkClock;
  random: SeededRandom;
  /** The probability, for each frame, that the link breaks there and loses what was in flight. */
  loss?: number;
  /** What one direction of a link carries; unlimited by default. */
  bytesPerSecond?: number;
}

export interface JoinOptions {
  /** Where the device can be dialled; one made-up address by default. */
  addresses?: readonly string[];
  /** Devices on the same local network discover each other. null, the default: on none. */
  lan?: string | null;
}

/** Sees every frame as it is sent. Returns what arrives instead: the frame, a changed one, several, or nothing. */
export type Tap = (
  frame: Uint8Array,
  from: DeviceId,
  to: DeviceId,
) => Uint8Array | Uint8Array[] | null;

export interface MemoryNetwork {
  /** A device comes to the network; joining again is a new process of the same device. */
  join(device: DeviceId, options?: JoinOptions): MemoryLinks;
  cut(a: DeviceId, b: DeviceId): void;
  /** Mends one pair, all pairs of one device, or everything. */
  heal(a?: DeviceId, b?: DeviceId): void;
  /** Cuts every pair that is not inside one group; devices not named form a group of their own. */
  partition(groups: readonly (readonly DeviceId[])[]): void;
  /** Cuts one device off from all that have joined so far. */
  isolate(device: DeviceId): void;
  setDelay(a: DeviceId, b: DeviceId, delay: Partial<Delay>): void;
  setLoss(loss: number): void;
  /** Breaks the link of a pair, losing what was in flight. */
  breakLink(a: DeviceId, b: DeviceId): void;
  /** Replaces the link of a pair, as a transport does that moves it to a faster connection: what was in flight is lost. */
  moveLink(a: DeviceId, b: DeviceId): void;
  /** Reads or changes frames on their way; the returned function takes the tap off. */
  tap(tap: Tap): () => void;
  /** True while both ends of a link between the two are open. */
  linked(a: DeviceId, b: DeviceId): boolean;
}

const noAnswer = `no answer within ${dialTimeoutMs / 1000} s`;
const noDelay: Delay = { latencyMs: 1, jitterMs: 0 };

export function createMemoryNetwork(options: MemoryNetworkOptions): MemoryNetwork {
  return new Network(options);
}

class Network implements MemoryNetwork, EndpointNetwork, LinkNetwork {
  readonly clock: NetworkClock;
  readonly bytesPerSecond: number;
  private readonly random: SeededRandom;
  private readonly topology: Topology;
  private loss: number;
  private readonly endpoints = new Set<MemoryEndpoint>();
  private readonly devices = new Set<DeviceId>();
  private readonly taps = new Set<Tap>();

  constructor(options: MemoryNetworkOptions) {
    this.clock = options.clock;
    this.random = options.random.fork("network");
    this.loss = options.loss ?? 0;
    this.bytesPerSecond = options.bytesPerSecond ?? Infinity;
    const { latencyMs = noDelay.latencyMs, jitterMs = noDelay.jitterMs } = options;
    this.topology = new Topology(this.random.fork("delays"), { latencyMs, jitterMs });
  }

  join(device: DeviceId, { addresses, lan = null }: JoinOptions = {}): MemoryLinks {
    this.devices.add(device);
    for (const earlier of this.endpoints)
      if (earlier.device === device && !earlier.running) this.endpoints.delete(earlier);
    const endpoint = new MemoryEndpoint(this, device, {
      addresses: addresses ?? [`/memory/${device.slice(0, 16)}`],
      lan,
    });
    this.endpoints.add(endpoint);
    return endpoint;
  }

  cut(a: DeviceId, b: DeviceId): void {
    this.topology.cut(a, b);
    for (const end of this.endsBetween(a, b)) this.noticeDeath(end);
  }

  heal(a?: DeviceId, b?: DeviceId): void {
    this.topology.heal(a, b);
    const held = new Set<Wire>();
    for (const { ends } of this.endpoints) {
      for (const end of ends.values()) {
        if (this.topology.reachable(end.self, end.peer.self))
          held.add(end.outgoing).add(end.peer.outgoing);
      }
    }
    for (const wire of held) wire.resume();
  }

  partition(groups: readonly (readonly DeviceId[])[]): void {
    const groupOf = (device: DeviceId): number =>
      groups.findIndex((group) => group.includes(device));
    const devices = [...this.devices];
    for (const [i, a] of devices.entries()) {
      for (const b of devices.slice(i + 1)) if (groupOf(a) !== groupOf(b)) this.cut(a, b);
    }
  }

  isolate(device: DeviceId): void {
    for (const other of this.devices) this.cut(device, other);
  }

  setDelay(a: DeviceId, b: DeviceId, delay: Partial<Delay>): void {
    this.topology.setDelay(a, b, delay);
  }

  setLoss(loss: number): void {
    this.loss = loss;
  }

  tap(tap: Tap): () => void {
    this.taps.add(tap);
    return () => this.taps.delete(tap);
  }

  linked(a: DeviceId, b: DeviceId): boolean {
    return this.endsBetween(a, b).some((end) => end.state === "open" && end.peer.state === "open");
  }

  breakLink(a: DeviceId, b: DeviceId): void;
  breakLink(end: LinkEnd, reason: string): void;
  breakLink(first: DeviceId | LinkEnd, second: string): void {
    if (typeof first === "string") {
      for (const end of this.endsBetween(first, second as DeviceId))
        this.breakLink(end, "the connection broke");
      return;
    }
    // What was in flight towards the peer is lost; that it is over reaches the peer like anything else that is sent.
    first.outgoing.drop();
    first.peer.outgoing.drop();
    first.outgoing.put(() => first.peer.end("the connection broke"));
    first.end(second);
  }

  moveLink(a: DeviceId, b: DeviceId): void {
    const [from, target] = [this.endpointTo(a, b), this.endpointTo(b, a)];
    const end = from?.ends.get(b);
    if (from === undefined || target === undefined || end === undefined) return;
    this.breakLink(end, "moved to a faster connection");
    this.connect(from, target, end.info.address);
  }

  // What endpoints and links ask for.

  lookAround(endpoint: MemoryEndpoint): () => void {
    for (const other of this.endpoints) {
      if (!other.running || other.lan !== endpoint.lan || other.device === endpoint.device)
        continue;
      if (!this.topology.reachable(endpoint.device, other.device)) continue;
      this.clock.after(this.roundTrip(endpoint.device, other.device), () => {
        if (endpoint.running && other.running) endpoint.sees(other);
      });
    }
    let cancel = this.clock.after(discoveryIntervalMs, () => {
      cancel = this.lookAround(endpoint);
    });
    return () => cancel();
  }

  attempt(
    from: MemoryEndpoint,
    device: DeviceId,
    address: string,
    failed: (outcome: string) => void,
  ): void {
    const fail = (ms: number, outcome: string): void =>
      void this.clock.after(ms, () => failed(outcome));
    if (!address.startsWith("/")) return fail(0, "address not understood");
    if (device === from.device) return fail(0, "this is the device itself");
    const target = this.endpointAt(address);
    const lost = this.breaksNow();
    if (target === undefined || lost || !this.topology.reachable(from.device, target.device))
      return fail(dialTimeoutMs, noAnswer);
    this.clock.after(this.topology.transit(from.device, target.device), () => {
      if (!from.running) return;
      const back = this.topology.transit(from.device, target.device);
      if (!this.topology.reachable(from.device, target.device))
        return fail(dialTimeoutMs, noAnswer);
      if (!target.running) return fail(back, "connection refused");
      if (target.device !== device) return fail(back, "answered, but it is another device");
      this.connect(from, target, address);
    });
  }

  roundTrip(a: DeviceId, b: DeviceId): number {
    return this.topology.transit(a, b) + this.topology.transit(b, a);
  }

  breaksNow(): boolean {
    return this.random.chance(this.loss);
  }

  tapped(from: DeviceId, to: DeviceId, frame: Uint8Array): Uint8Array[] {
    let frames = [frame];
    for (const tap of this.taps) {
      frames = frames.flatMap((each) => tap(each, from, to) ?? []);
    }
    return frames;
  }

  private connect(from: MemoryEndpoint, target: MemoryEndpoint, address: string): void {
    // Both dialled at once, and the other request was here first.
    const standing = from.ends.get(target.device);
    if (standing !== undefined && standing.peer === target.ends.get(from.device)) return;
    const kind = from.lan !== null && from.lan === target.lan ? "same-network" : "direct";
    const wire = (): Wire =>
      new Wire({
        clock: this.clock,
        transit: () => this.topology.transit(from.device, target.device),
        reachable: () => this.topology.reachable(from.device, target.device),
      });
    const near = new LinkEnd(
      from,
      this,
      from.device,
      { device: target.device, kind, address, outbound: true },
      wire(),
    );
    const far = new LinkEnd(
      target,
      this,
      target.device,
      { device: from.device, kind, address: from.addresses[0] ?? "", outbound: false },
      wire(),
    );
    joinEnds(near, far);
    from.adopt(near);
    target.adopt(far);
    far.outgoing.put(() => near.open());
    far.open();
  }

  /** Keepalives on a cut pair fail after a while, at each end for itself. */
  private noticeDeath(end: LinkEnd): void {
    const patience = deadLinkMs + this.random.float() * noticeSpreadMs;
    const cut = this.topology.cutBetween(end.self, end.peer.self);
    this.clock.after(patience, () => {
      if (end.state === "closed" || this.topology.cutBetween(end.self, end.peer.self) !== cut)
        return;
      this.breakLink(end, `no answer for ${deadLinkMs / 1000} s`);
    });
  }

  /** Whoever is at an address: a running process, else one that has ended. */
  private endpointAt(address: string): MemoryEndpoint | undefined {
    const there = [...this.endpoints].filter((endpoint) => endpoint.addresses.includes(address));
    return there.find((endpoint) => endpoint.running) ?? there[0];
  }

  /** The process of a device that has a link to this one. */
  private endpointTo(device: DeviceId, other: DeviceId): MemoryEndpoint | undefined {
    return [...this.endpoints].find((one) => one.device === device && one.ends.has(other));
  }

  private endsBetween(a: DeviceId, b: DeviceId): LinkEnd[] {
    const found: LinkEnd[] = [];
    for (const { device, ends } of this.endpoints) {
      const end = device === a ? ends.get(b) : device === b ? ends.get(a) : undefined;
      if (end !== undefined) found.push(end);
    }
    return found;
  }
}
