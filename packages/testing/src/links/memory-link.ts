/** A link of the in-memory network: two ends, each with its own view of whether the link is open. */
import { frameWeight, waitingWeight } from "@multichat/core/ports";
import type { LinkInfo } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { closeTimeoutMs, drainedBelowBytes, pieceBytes } from "./limits.ts";
import type { NetworkClock, Wire } from "./wire.ts";

/** What an end tells the device it belongs to. */
export interface EndOwner {
  opened(end: LinkEnd): void;
  received(end: LinkEnd, frame: Uint8Array): void;
  /** What came from the device at the other end and was not worked off, in frame weight. */
  waiting(end: LinkEnd): number;
  drained(end: LinkEnd, queued: number): void;
  closed(end: LinkEnd, reason: string): void;
  /** It never came to be open. */
  abandoned(end: LinkEnd): void;
}

/** What a link asks of the network it runs in. */
export interface LinkNetwork {
  clock: NetworkClock;
  bytesPerSecond: number;
  /** What arrives when `frame` is sent: usually just it. */
  tapped(from: DeviceId, to: DeviceId, frame: Uint8Array): Uint8Array[];
  /** True if this is the moment at which the link breaks. */
  breaksNow(): boolean;
  breakLink(end: LinkEnd, reason: string): void;
}

export class LinkEnd {
  readonly info: LinkInfo;
  readonly self: DeviceId;
  /** The other end; set by `joinEnds`. */
  peer!: LinkEnd;
  state: "opening" | "open" | "closed" = "opening";

  readonly outgoing: Wire;
  private readonly owner: EndOwner;
  private readonly network: LinkNetwork;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private wasFull = false;
  private pumping = false;
  private closing: string | null = null;
  /** Weight of what is on its way to this end. */
  private coming = 0;

  constructor(
    owner: EndOwner,
    network: LinkNetwork,
    self: DeviceId,
    info: LinkInfo,
    outgoing: Wire,
  ) {
    this.owner = owner;
    this.network = network;
    this.self = self;
    this.info = info;
    this.outgoing = outgoing;
  }

  open(): void {
    if (this.state !== "opening") return;
    this.state = "open";
    this.owner.opened(this);
  }

  send(frame: Uint8Array): void {
    if (this.state !== "open" || this.closing !== null) return;
    this.waiting.push(frame);
    this.waitingBytes += frame.length;
    if (this.waitingBytes >= drainedBelowBytes) this.wasFull = true;
    this.pump();
  }

  /** Closes once everything queued has left. */
  closeSoon(reason: string): void {
    if (this.state !== "open" || this.closing !== null) return;
    this.closing = reason;
    this.pump();
    // Whoever does not take what is queued is not waited for.
    this.network.clock.after(closeTimeoutMs, () => {
      if (this.state === "open") this.leave(reason);
    });
  }

  /** The other end has worked something off. */
  resume(): void {
    if (this.state === "open" && this.waiting.length > 0) this.pump();
  }

  /** Closes now; what is queued leaves first, whatever the bandwidth. */
  closeNow(reason: string): void {
    if (this.state === "opening") this.leave(reason);
    if (this.state !== "open") return;
    this.closing = reason;
    this.handOver(Infinity, Infinity);
  }

  /** This end is gone, whatever the other one still believes. */
  end(reason: string): void {
    if (this.state === "closed") return;
    const wasOpen = this.state === "open";
    this.state = "closed";
    this.waiting = [];
    if (wasOpen) this.owner.closed(this, reason);
    else this.owner.abandoned(this);
  }

  /** Hands over what is queued: at the next tick, and at the pace of the link's bandwidth. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    const pace = this.network.bytesPerSecond;
    const piece = Math.min(this.waitingBytes, pieceBytes);
    this.network.clock.after(pace === Infinity ? 0 : (1000 * piece) / pace, () => {
      this.pumping = false;
      if (this.state !== "open") return;
      this.handOver(pace === Infinity ? Infinity : pieceBytes, waitingWeight - this.peer.unread);
    });
  }

  /** In frame weight: what is on its way here, or here and not worked off. */
  private get unread(): number {
    return this.coming + this.owner.waiting(this);
  }

  private handOver(limit: number, room: number): void {
    let count = 0;
    let bytes = 0;
    let weight = 0;
    while (count < this.waiting.length && bytes < limit && weight < room) {
      bytes += this.waiting[count]!.length;
      weight += frameWeight(this.waiting[count++]!);
    }
    this.waitingBytes -= bytes;
    for (const frame of this.waiting.splice(0, count)) {
      if (this.network.breaksNow()) {
        this.network.breakLink(this, "the connection broke");
        return;
      }
      for (const arriving of this.network.tapped(this.self, this.peer.self, frame)) {
        this.peer.coming += frameWeight(arriving);
        this.outgoing.put(() => this.peer.arrive(arriving));
      }
    }
    if (this.wasFull && this.waitingBytes < drainedBelowBytes) {
      this.wasFull = false;
      this.owner.drained(this, this.waitingBytes);
    }
    if (this.waiting.length > 0 && count > 0) this.pump();
    else if (this.waiting.length === 0 && this.closing !== null) this.leave(this.closing);
  }

  private leave(reason: string): void {
    this.outgoing.put(() => this.peer.end("closed by the other device"));
    this.end(reason);
  }

  private arrive(frame: Uint8Array): void {
    this.coming -= frameWeight(frame);
    if (this.state !== "open") return;
    if (frame.length > limits.frame) {
      this.leave(`a frame of ${frame.length} bytes came; at most ${limits.frame} are allowed`);
      return;
    }
    this.owner.received(this, frame);
  }
}

export function joinEnds(a: LinkEnd, b: LinkEnd): void {
  a.peer = b;
  b.peer = a;
}
