/**
 * What waits to be written to one stream. Frames queued within one turn of the event loop leave as one write, and no more
 * is handed over than the stream takes: the rest waits here, where its size is known.
 */
import type { Stream } from "@libp2p/interface";
import { encodeFrame } from "./frame-codec.ts";
import { transportLimits } from "./limits.ts";

export interface OutboxEvents {
  /** The queue was long and is short again. */
  drained: (queued: number) => void;
  /** The stream took something: a sign that the other side is there. */
  progress: () => void;
  /** The stream cannot be written to any more, or too much waits for it. */
  failed: (reason: string) => void;
}

/** The part of a libp2p stream that is written to. */
export type WritableStream = Pick<
  Stream,
  "send" | "writableNeedsDrain" | "writeBufferLength" | "status"
> & {
  addEventListener(type: "drain", listener: () => void): void;
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
    stream.addEventListener("drain", () => {
      this.events.progress();
      this.write();
    });
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
    if (this.waitingBytes > transportLimits.queueBytes) {
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
    setImmediate(() => {
      this.scheduled = false;
      this.write();
    });
  }

  private write(): void {
    while (this.waiting.length > 0 && !this.stopped && !this.stream.writableNeedsDrain) {
      const chunk = this.takeChunk();
      try {
        this.stream.send(chunk);
      } catch {
        // The stream's own close event says why; this is only for a write that got in between.
        this.stop();
        this.events.failed("the connection broke");
        return;
      }
    }
    if (this.waiting.length === 0) this.whenEmpty?.();
    if (this.wasFull && !this.stopped && this.queued < transportLimits.drainedBelowBytes) {
      this.wasFull = false;
      this.events.drained(this.queued);
    }
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
