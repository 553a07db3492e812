import { describe, expect, it } from "vitest";
import { encodeFrame } from "./frame-codec.ts";
import { transportLimits } from "./limits.ts";
import { Outbox } from "./outbox.ts";
import type { WritableStream } from "./outbox.ts";

/** A stream that takes `room` writes, then asks to wait. */
class NarrowStream implements WritableStream {
  readonly writes: Uint8Array[] = [];
  writableNeedsDrain = false;
  writeBufferLength = 0;
  status = "open" as const;
  broken = false;
  private room: number;
  private listener = (): void => {};

  constructor(room: number) {
    this.room = room;
  }
  addEventListener(_type: "drain" | "idle", listener: () => void): void {
    this.listener = listener;
  }
  send(data: Uint8Array | Iterable<Uint8Array>): boolean {
    if (this.broken) throw new Error("closed");
    this.writes.push(data as Uint8Array);
    this.writableNeedsDrain = --this.room <= 0;
    return !this.writableNeedsDrain;
  }
  drain(room: number): Promise<void> {
    this.room = room;
    this.writableNeedsDrain = false;
    this.listener();
    return turn();
  }
}

function outboxOn(stream: NarrowStream): { outbox: Outbox; drained: number[]; failed: string[] } {
  const drained: number[] = [];
  const failed: string[] = [];
  const outbox = new Outbox(stream, {
    drained: (queued) => drained.push(queued),
    failed: (reason) => failed.push(reason),
  });
  return { outbox, drained, failed };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const frame = (length: number, byte = 0): Uint8Array => new Uint8Array(length).fill(byte);

describe("outbox", () => {
  it("writes everything queued in one tick at once", async () => {
    const stream = new NarrowStream(10);
    const { outbox } = outboxOn(stream);
    outbox.push(frame(3, 1));
    await Promise.resolve();
    outbox.push(frame(4, 2));
    expect(stream.writes).toEqual([]);
    await turn();
    expect(stream.writes.map((write) => [...write])).toEqual([
      [...encodeFrame(frame(3, 1)), ...encodeFrame(frame(4, 2))],
    ]);
    expect(outbox.queued).toBe(0);
  });

  it("cuts writes between frames, near the size of a Noise message", async () => {
    const stream = new NarrowStream(100);
    const { outbox } = outboxOn(stream);
    for (let i = 0; i < 10; i++) outbox.push(frame(20_000));
    outbox.push(frame(200_000));
    await turn();
    expect(
      stream.writes.slice(0, -1).every(({ length }) => length <= transportLimits.writeBytes),
    ).toBe(true);
    expect(stream.writes.length).toBe(5);
    expect(stream.writes.reduce((sum, { length }) => sum + length, 0)).toBe(10 * 20_003 + 200_003);
  });

  it("waits while the stream is full, and says once when the queue is short again", async () => {
    const stream = new NarrowStream(1);
    const { outbox, drained } = outboxOn(stream);
    for (let i = 0; i < 5; i++) outbox.push(frame(60_000));
    await turn();
    expect([stream.writes.length, outbox.queued]).toEqual([1, 4 * 60_003]);
    await stream.drain(2);
    expect([stream.writes.length, drained]).toEqual([3, []]);
    await stream.drain(1);
    expect(drained).toEqual([60_003]);
    await stream.drain(1);
    expect([stream.writes.length, drained]).toEqual([5, [60_003]]);
  });

  it("gives a stream no more while that still holds something itself", async () => {
    const stream = new NarrowStream(100);
    const { outbox } = outboxOn(stream);
    stream.writeBufferLength = 100_000;
    outbox.push(frame(1_000));
    await turn();
    await stream.drain(100);
    expect([stream.writes.length, outbox.queued]).toEqual([0, 101_002]);
    stream.writeBufferLength = 0;
    await stream.drain(100);
    expect([stream.writes.length, outbox.queued]).toEqual([1, 0]);
  });

  it("says nothing of a queue that was never long", async () => {
    const { outbox, drained } = outboxOn(new NarrowStream(5));
    outbox.push(frame(1_000));
    await turn();
    expect(drained).toEqual([]);
  });

  it("finishes when all has been handed over, and takes nothing more", async () => {
    const stream = new NarrowStream(1);
    const { outbox } = outboxOn(stream);
    outbox.push(frame(60_000));
    outbox.push(frame(60_000));
    let finished = false;
    const finish = outbox.finish().then(() => {
      finished = true;
    });
    outbox.push(frame(1));
    await turn();
    expect([finished, stream.writes.length]).toEqual([false, 1]);
    await stream.drain(5);
    await finish;
    await turn();
    expect(stream.writes.length).toBe(2);
  });

  it("gives up on a device that takes nothing", () => {
    const stream = new NarrowStream(0);
    stream.writableNeedsDrain = true;
    const { outbox, failed } = outboxOn(stream);
    const large = frame(200_000);
    for (let bytes = 0; bytes <= transportLimits.queueBytes; bytes += large.length)
      outbox.push(large);
    expect(failed).toEqual(["the other device does not take what it is sent"]);
    expect(outbox.queued).toBe(0);
  });

  it("reports a stream that breaks while it is written to", async () => {
    const stream = new NarrowStream(5);
    stream.broken = true;
    const { outbox, failed } = outboxOn(stream);
    outbox.push(frame(1));
    await turn();
    expect(failed).toEqual(["the connection broke"]);
  });
});
