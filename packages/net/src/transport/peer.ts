/**
 * A device at the other end, and the one link to it (spec/05-transport.md). There may be several connections at once: both
 * sides dialled, or several addresses answered. The device with the lower id decides which of them carries the link and
 * opens the stream there; the other follows. The rest are closed once they have been measured and found no better.
 */
import type { Stream } from "@libp2p/interface";
import type { LinkInfo, LinksHandler } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { syncProtocol, transportLimits } from "./limits.ts";
import { StreamLink } from "./stream-link.ts";
import type { Way } from "./way.ts";

export interface PeerEvents {
  handler: LinksHandler;
  linked: (peer: Peer, link: LinkInfo) => void;
  /** The way has become slow: are there others? */
  scout: (peer: Peer) => void;
  /** No connection is left. */
  gone: (peer: Peer) => void;
}

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
  /** How the other ways have compared with the present one. */
  private readonly trials = new WeakMap<Way, { won: number; judgedAt: number }>();

  constructor(own: DeviceId, device: DeviceId, events: PeerEvents) {
    this.device = device;
    this.decides = own < device;
    this.events = events;
  }

  /** The way in use, if there is a link that is not about to end. */
  get current(): Way | null {
    return this.link === null || this.link.isClosing ? null : this.link.way;
  }

  addWay(way: Way): void {
    this.ways.add(way);
    way.measure();
    this.current?.measure();
    this.consider();
  }

  /** The connection is gone. */
  removeWay(way: Way, reason: string): void {
    if (!this.ways.delete(way)) return;
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
    if (this.decides || !this.ways.has(way)) stream.abort(new Error("this side decides"));
    else this.adopt(stream, way);
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
    if (!this.decides || this.opening !== null) return;
    if (this.link === null) {
      const [best] = [...this.ways].toSorted((a, b) => (a.rtt ?? Infinity) - (b.rtt ?? Infinity));
      if (best !== undefined) void this.open(best);
      return;
    }
    if (this.current !== null) this.judge(this.current);
  }

  /** Is one of the other ways better than the present one? Those that are not are closed. */
  private judge(current: Way): void {
    for (const way of this.ways) {
      if (way === current || way.measuringSince !== null) continue;
      if (isUnresponsive(current)) {
        void this.open(way);
        return;
      }
      const trial = this.trials.get(way) ?? { won: 0, judgedAt: -Infinity };
      const fresh = way.measuredAt > trial.judgedAt && current.measuredAt > trial.judgedAt;
      if (current.measuringSince !== null || current.rtt === null || way.rtt === null || !fresh)
        continue;
      this.trials.set(way, { won: trial.won + 1, judgedAt: performance.now() });
      if (!isWorthMoving(current.rtt, way.rtt)) this.closeWays([way]);
      else if (trial.won + 1 >= transportLimits.moveRounds && this.mayMove()) {
        this.movedAt = performance.now();
        void this.open(way);
        return;
      }
    }
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
    if (this.link !== null) {
      const wasClosing = this.link.isClosing;
      this.link.drop();
      this.unlink(wasClosing ? "closed" : "moved to a faster connection");
    }
    const link = new StreamLink(stream, way, {
      frame: (frame) => this.events.handler.frame(this.device, frame),
      drained: (queued) => this.events.handler.drained(this.device, queued),
      ended: (reason, byPeer) => this.ended(link, reason, byPeer),
    });
    this.link = link;
    for (const other of this.ways) this.trials.delete(other);
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
    this.leaveIfAlone();
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

/** Its present measurement has been waited for too long to go on waiting. */
const isUnresponsive = ({ rtt, measuringSince }: Way): boolean =>
  measuringSince !== null &&
  performance.now() - measuringSince > patienceMs + 2 * transportLimits.rttSamples * (rtt ?? 0);

/** How much longer than usual a measurement may take. */
const patienceMs = 1_000;

const isWorthMoving = (from: number, to: number): boolean =>
  to < from * transportLimits.moveRatio && from - to > transportLimits.moveGainMs;
