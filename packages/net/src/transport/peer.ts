/**
 * A device at the other end, and the one link to it (spec/05-transport.md). There may be several connections at once: both
 * sides dialled, or several addresses answered. The device with the lower id decides which of them carries the link and
 * opens the stream there; the other follows. The rest are closed once they have been measured and found no better. Where
 * they lead to two processes that both have the device's key, these take turns, so that both hear what the other wrote.
 */
import type { Stream } from "@libp2p/interface";
import type { LinkInfo, LinksHandler } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { syncProtocol, transportLimits } from "./limits.ts";
import { StreamLink } from "./stream-link.ts";
import { WayTrials } from "./way-trials.ts";
import type { Way } from "./way.ts";

export interface PeerEvents {
  handler: LinksHandler;
  frame: (peer: Peer, frame: Uint8Array) => void;
  /** Too much of what this device sent has not been worked off. */
  isFull: (peer: Peer) => boolean;
  linked: (peer: Peer, link: LinkInfo) => void;
  /** The way has become slow: are there others? */
  scout: (peer: Peer) => void;
  /** No connection is left. */
  gone: (peer: Peer) => void;
}

const tookOver = "another process of this device took over";

export class Peer {
  readonly device: DeviceId;
  private readonly decides: boolean;
  private readonly events: PeerEvents;
  private readonly ways = new Set<Way>();
  private link: StreamLink | null = null;
  /** The way on which a stream is being opened. */
  private opening: Way | null = null;
  private lowestRtt = Infinity;
  private scoutedAt = -Infinity;
  private movedAt = -Infinity;
  /** Since when the process at the other end has had the link. */
  private turnSince = -Infinity;
  /** What the deciding side has opened, while it is not clear which process that is. */
  private offer: { stream: Stream; way: Way } | null = null;
  private readonly trials = new WayTrials();

  constructor(own: DeviceId, device: DeviceId, events: PeerEvents) {
    this.device = device;
    this.decides = own < device;
    this.events = events;
  }

  /** The way in use, if there is a link that is not about to end. */
  get current(): Way | null {
    return this.link === null || this.link.isClosing ? null : this.link.way;
  }

  get wayCount(): number {
    return this.ways.size;
  }

  addWay(way: Way): void {
    this.ways.add(way);
    way.measure();
    this.current?.measure();
    if (this.ways.size > 1) for (const each of this.ways) void each.recognise();
    this.consider();
  }

  /** It has become known where a way leads. */
  recognised(): void {
    this.consider();
  }

  /** The connection is gone. */
  removeWay(way: Way, reason: string): void {
    if (!this.ways.delete(way)) return;
    this.forgetLostOffer();
    if (this.link?.way === way && !this.link.isClosing) {
      this.link.drop();
      this.unlink(reason);
    }
    this.consider();
    this.leaveIfAlone();
  }

  /** The other side opened the stream. */
  accept(stream: Stream, way: Way): void {
    // Only the deciding side opens: obeying the other one as well could swap streams for ever.
    if (this.decides || !this.ways.has(way)) {
      stream.abort(new Error("this side decides"));
      return;
    }
    this.offer?.stream.abort(new Error("another stream was opened"));
    this.offer = { stream, way };
    this.consider();
  }

  measured(way: Way): void {
    if (way === this.link?.way) {
      this.reportRtt(way);
      this.scoutIfSlow(way);
    }
    this.consider();
  }

  tick(): void {
    for (const way of this.ways) way.tick();
    if (this.link === null && this.opening === null) {
      // The other side is to open the stream, and does not.
      this.closeWays([...this.ways].filter(({ age }) => age > transportLimits.idleConnectionMs));
    }
    if (this.ways.size < 2) return;
    this.consider();
    if (!this.decides || this.current === null) return;
    for (const way of this.ways) way.measure();
  }

  send(frame: Uint8Array): void {
    this.link?.send(frame);
  }

  /** Reads on or not, as `isFull` says. */
  flow(): void {
    if (this.events.isFull(this)) this.link?.hold();
    else this.link?.release();
  }

  async close(reason: string, timeoutMs: number): Promise<void> {
    const { link } = this;
    if (link === null || link.isClosing) return;
    const ways = [...this.ways];
    await link.finish(timeoutMs);
    if (this.link === link) this.unlink(reason);
    this.closeWays(ways);
    this.consider();
  }

  private unlink(reason: string): void {
    this.link = null;
    this.events.handler.unlinked(this.device, reason);
  }

  /** Opens, moves, or tidies up. */
  private consider(): void {
    if (this.offer !== null) this.considerOffer(this.offer);
    if (!this.decides || this.opening !== null) return;
    if (this.link === null) {
      const [best] = [...this.ways].toSorted((a, b) => (a.rtt ?? Infinity) - (b.rtt ?? Infinity));
      if (best !== undefined) void this.open(best);
      return;
    }
    if (this.current !== null) this.judge(this.current);
  }

  /** Follows the deciding side; if that is another process, when its turn comes. */
  private considerOffer(offer: { stream: Stream; way: Way }): void {
    const { stream, way } = offer;
    const { current } = this;
    const verdict = current === null ? "free" : this.turnOf(current, way);
    if (verdict === "wait") return;
    this.offer = null;
    if (stream.status === "open") this.adopt(stream, way);
  }

  /** Is one of the other ways better than the present one? Those that are not are closed. */
  private judge(current: Way): void {
    for (const way of this.ways) {
      if (way === current) continue;
      const verdict = this.verdict(current, way);
      if (verdict === "worse") this.closeWays([way]);
      else if (verdict === "needed" || (verdict === "better" && this.mayMove())) {
        if (verdict === "better") this.movedAt = performance.now();
        void this.open(way);
        return;
      }
    }
  }

  private verdict(current: Way, way: Way): "needed" | "better" | "worse" | null {
    const turn = this.turnOf(current, way);
    if (turn === "same") return this.trials.judge(current, way);
    return turn === "free" && way.measuringSince === null ? "needed" : null;
  }

  /** Whether a way leads to the process that has the link, and if to another one, whether that may have it now. */
  private turnOf(current: Way, way: Way): "same" | "free" | "wait" {
    // Who it is does not matter when it does not answer.
    if (current.isUnresponsive()) return "free";
    const found = current.compare(way);
    if (found === "same") return "same";
    const isOver = performance.now() - this.turnSince >= transportLimits.turnMs;
    return found === "another" && isOver ? "free" : "wait";
  }

  private mayMove(): boolean {
    return performance.now() - this.movedAt >= transportLimits.moveIntervalMs;
  }

  private async open(way: Way): Promise<void> {
    this.opening = way;
    try {
      const stream = await way.connection.newStream(syncProtocol, {
        signal: AbortSignal.timeout(transportLimits.dialTimeoutMs),
      });
      this.opening = null;
      if (!this.ways.has(way) || this.link?.isClosing === true)
        stream.abort(new Error("no longer wanted"));
      else this.adopt(stream, way);
    } catch {
      this.opening = null;
      // It answers, but not with our protocol: nothing to be had from this connection.
      this.closeWays([way]);
    }
    this.consider();
  }

  private adopt(stream: Stream, way: Way): void {
    const before = this.link;
    const isTurn = before === null || before.way.compare(way) === "another";
    if (isTurn) this.turnSince = performance.now();
    if (before !== null) {
      const wasClosing = before.isClosing;
      before.drop();
      const why = isTurn ? tookOver : "moved to a faster connection";
      this.unlink(wasClosing ? "closed" : why);
    }
    // Whoever had its turn comes again: it is to begin anew.
    this.closeWays([...this.ways].filter((other) => other.compare(way) === "another"));
    const link = new StreamLink(stream, way, {
      frame: (frame) => this.events.frame(this, frame),
      drained: (queued) => this.events.handler.drained(this.device, queued),
      ended: (reason, byPeer) => this.ended(link, reason, byPeer),
    });
    this.link = link;
    this.trials.forget(this.ways);
    this.lowestRtt = Infinity;
    const info: LinkInfo = {
      device: this.device,
      kind: way.kind,
      address: way.address.text,
      outbound: way.connection.direction === "outbound",
    };
    this.events.linked(this, info);
    this.events.handler.linked(info);
    this.reportRtt(way);
    this.flow();
    link.read();
  }

  private ended(link: StreamLink, reason: string, byPeer: boolean): void {
    if (this.link !== link) return;
    this.unlink(reason);
    // Meant as the end of the whole link, or this connection could not keep it: either way not to be tried again.
    if (byPeer) this.closeWays([...this.ways]);
    else if (this.decides) this.closeWays([link.way]);
    this.consider();
  }

  private closeWays(ways: readonly Way[]): void {
    for (const way of ways) if (this.ways.delete(way)) way.close();
    this.forgetLostOffer();
    this.leaveIfAlone();
  }

  private forgetLostOffer(): void {
    if (this.offer !== null && !this.ways.has(this.offer.way)) this.offer = null;
  }

  private leaveIfAlone(): void {
    if (this.ways.size === 0 && this.link === null) this.events.gone(this);
  }

  private reportRtt(way: Way): void {
    if (way.rtt === null) return;
    this.lowestRtt = Math.min(this.lowestRtt, way.rtt);
    this.events.handler.rtt(this.device, way.rtt);
  }

  private scoutIfSlow({ rtt }: Way): void {
    if (
      rtt === null ||
      rtt < transportLimits.scoutAboveMs ||
      rtt < this.lowestRtt * transportLimits.scoutGrowth
    )
      return;
    const now = performance.now();
    if (now - this.scoutedAt < transportLimits.scoutIntervalMs) return;
    this.scoutedAt = now;
    this.events.scout(this);
  }
}
