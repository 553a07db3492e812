/** The stream that carries a link's frames, on one of the connections to the device. */
import type { Stream } from "@libp2p/interface";
import { Inlet } from "./inlet.ts";
import { transportLimits } from "./limits.ts";
import { Outbox } from "./outbox.ts";
import type { Way } from "./way.ts";

export interface StreamLinkEvents {
  frame: (frame: Uint8Array) => void;
  drained: (queued: number) => void;
  /** Once. `byPeer`: the other side closed the link on purpose. */
  ended: (reason: string, byPeer: boolean) => void;
}

export class StreamLink {
  readonly way: Way;
  private readonly stream: Stream;
  private readonly events: StreamLinkEvents;
  private readonly outbox: Outbox;
  private readonly inlet: Inlet;
  private over = false;
  private closing = false;

  constructor(stream: Stream, way: Way, events: StreamLinkEvents) {
    this.stream = stream;
    this.way = way;
    this.events = events;
    this.outbox = new Outbox(stream, {
      drained: (queued) => events.drained(queued),
      failed: (reason) => this.fail(reason),
    });
    this.inlet = new Inlet(stream, {
      frame: (frame) => events.frame(frame),
      ended: () => this.end("closed by the other device", true),
      failed: (reason) => this.fail(reason),
    });
  }

  /** True while what is queued is being sent before the link ends. */
  get isClosing(): boolean {
    return this.closing;
  }

  /** Frames that came early have waited for this. */
  read(): void {
    this.stream.addEventListener("close", () => this.end("the connection broke", false));
    this.inlet.start();
    if (this.stream.status !== "open") this.end("the connection broke", false);
  }

  /** Reads no more until `release`; the other side has to wait. */
  hold(): void {
    this.inlet.hold();
  }

  release(): void {
    this.inlet.release();
  }

  send(frame: Uint8Array): void {
    if (!this.closing && !this.over) this.outbox.push(frame);
  }

  /** Sends what is queued, tells the other side that this is the end, and waits until it agrees or the time is up. */
  async finish(timeoutMs: number): Promise<void> {
    this.closing = true;
    const signal = AbortSignal.timeout(timeoutMs);
    const closed = new Promise<void>((resolve) => {
      this.stream.addEventListener("close", () => resolve());
      signal.addEventListener("abort", () => resolve());
    });
    const flushed = this.outbox.finish().then(() => this.stream.close({ signal }));
    await Promise.race([
      flushed.then(
        () => closed,
        () => {},
      ),
      closed,
    ]);
    this.drop();
  }

  /** Ends the stream without a word to anybody here. */
  drop(): void {
    if (this.over) return;
    this.over = true;
    this.inlet.stop();
    this.outbox.stop();
    this.stream.abort(new Error("the link has ended"));
  }

  /** The other side does what it must not: nothing more of this connection is believed. */
  private fail(reason: string): void {
    if (this.over) return;
    this.end(reason, false);
    this.way.abort(reason);
  }

  private end(reason: string, byPeer: boolean): void {
    if (this.over || this.closing) return;
    this.over = true;
    this.inlet.stop();
    this.outbox.stop();
    if (byPeer)
      this.stream
        .close({ signal: AbortSignal.timeout(transportLimits.closeTimeoutMs) })
        .catch(() => {});
    else if (this.stream.status === "open") this.stream.abort(new Error(reason));
    this.events.ended(reason, byPeer);
  }
}
