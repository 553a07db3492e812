/**
 * What waits to be written to one stream. Frames queued within one tick leave as one write, and no more
 * is handed over than the stream takes: the rest waits here, where its size is known.
 */
import type { Stream } from "@libp2p/interface";
import { encodeFrame } from "./frame-codec.ts";
import { transportLimits } from "./limits.ts";

export interface OutboxEvents {
  /** The queue was long and is short again. */
  drained: (queued: number) => void;
  /** The stream cannot be written to any more, or too much waits for it. */
  failed: (reason: string) => void;
}

/** The part of a libp2p stream that is written to. */
export type WritableStream = Pick<
  Stream,
  "send" | "writableNeedsDrain" | "writeBufferLength" | "status"
> & {
  addEventListener(type: "drain" | "idle", listener: () => void): void;
};

export class Outbox {
  private readonly stream: WritableStream;
  private readonly events: OutboxEvents;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private wasFull = false;
  private scheduled = false;
  private stopped = false;
  private whenEmpty: (() => void) | null = null;

  constructor(stream: WritableStream, events: OutboxEvents) {
    this.stream = stream;
    this.events = events;
    // Never from inside: "idle" is told while the stream still counts as sending, and what it is given then stays with it.
    stream.addEventListener("drain", () => this.schedule());
    stream.addEventListener("idle", () => this.schedule());
  }

  /** Bytes that the network has not taken yet. */
  get queued(): number {
    return this.waitingBytes + this.stream.writeBufferLength;
  }

  push(frame: Uint8Array): void {
    if (this.stopped || this.whenEmpty !== null) return;
    const encoded = encodeFrame(frame);
    this.waiting.push(encoded);
    this.waitingBytes += encoded.length;
    if (this.queued >= transportLimits.drainedBelowBytes) this.wasFull = true;
    if (this.queued > transportLimits.queueBytes) {
      this.stop();
      this.events.failed("the other device does not take what it is sent");
      return;
    }
    this.schedule();
  }

  /** Takes no more frames; resolves when the stream has been given all of them. */
  async finish(): Promise<void> {
    if (this.stopped || this.waiting.length === 0) return;
    const empty = Promise.withResolvers<void>();
    this.whenEmpty = empty.resolve;
    this.write();
    await empty.promise;
  }

  stop(): void {
    this.stopped = true;
    this.waiting = [];
    this.waitingBytes = 0;
    this.whenEmpty?.();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    process.nextTick(() => {
      this.scheduled = false;
      this.write();
    });
  }

  private write(): void {
    try {
      while (this.waiting.length > 0 && !this.stopped && this.takesMore())
        this.stream.send(this.takeChunk());
    } catch {
      // The stream's own close event says why; this is only for a write that got in between.
      this.stop();
      this.events.failed("the connection broke");
    }
    if (this.waiting.length === 0) this.whenEmpty?.();
    if (this.wasFull && !this.stopped && this.queued < transportLimits.drainedBelowBytes) {
      this.wasFull = false;
      this.events.drained(this.queued);
    }
  }

  /** "Drained" is also said when the connection has room but the other side's window has none. */
  private takesMore(): boolean {
    const { stream } = this;
    return !stream.writableNeedsDrain && stream.writeBufferLength < transportLimits.writeBytes;
  }

  /** As many whole frames as one write takes, at least one. */
  private takeChunk(): Uint8Array {
    let count = 1;
    let bytes = this.waiting[0]!.length;
    while (
      count < this.waiting.length &&
      bytes + this.waiting[count]!.length <= transportLimits.writeBytes
    ) {
      bytes += this.waiting[count++]!.length;
    }
    this.waitingBytes -= bytes;
    const frames = this.waiting.splice(0, count);
    return count === 1 ? frames[0]! : Buffer.concat(frames, bytes);
  }
}
