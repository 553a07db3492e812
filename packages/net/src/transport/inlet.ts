/**
 * What comes in on one stream, cut into frames. While it is held nothing more is read: the stream's window fills, and the other
 * side has to wait.
 */
import type { Stream } from "@libp2p/interface";
import { FrameDecoder } from "./frame-codec.ts";
import { transportLimits } from "./limits.ts";

export interface InletEvents {
  frame: (frame: Uint8Array) => void;
  /** The other side has said that this is the end, and everything before that was handed over. */
  ended: () => void;
  /** What comes is not what was agreed; nothing more is handed over. */
  failed: (reason: string) => void;
}

export class Inlet {
  private readonly stream: Stream;
  private readonly events: InletEvents;
  private readonly decoder = new FrameDecoder();
  private chunks: Uint8Array[] = [];
  private held = false;
  private working = false;
  private over = false;

  constructor(stream: Stream, events: InletEvents) {
    this.stream = stream;
    this.events = events;
  }

  /** Begins to read; what came early has waited for this. */
  start(): void {
    this.stream.addEventListener("message", ({ data }) => {
      if (this.over) return;
      if (data instanceof Uint8Array) this.chunks.push(data);
      else this.chunks.push(...data);
      this.work();
    });
    this.stream.addEventListener("remoteCloseWrite", () => this.work());
    this.work();
  }

  hold(): void {
    this.held = true;
    if (this.stream.readStatus === "readable") this.stream.pause();
  }

  release(): void {
    this.held = false;
    this.work();
    if (!this.held && this.stream.readStatus === "paused") this.stream.resume();
  }

  stop(): void {
    this.over = true;
    this.chunks = [];
  }

  /** Hands over what is here. A handler may hold, release or stop this meanwhile. */
  private work(): void {
    if (this.working || this.over) return;
    this.working = true;
    try {
      while (!this.held && this.chunks.length > 0) this.decode(this.takePiece());
    } finally {
      this.working = false;
    }
    const { stream } = this;
    const isAll = this.chunks.length === 0 && stream.readBufferLength === 0;
    if (!this.over && isAll && stream.status === "open" && stream.remoteWriteStatus === "closed") {
      this.stop();
      this.events.ended();
    }
  }

  private decode(piece: Uint8Array): void {
    const problem = this.decoder.push(piece, (frame) => {
      if (!this.over) this.events.frame(frame);
    });
    if (problem === null || this.over) return;
    this.stop();
    this.events.failed(problem);
  }

  private takePiece(): Uint8Array {
    const [first] = this.chunks as [Uint8Array];
    if (first.length <= transportLimits.readBytes) this.chunks.shift();
    else this.chunks[0] = first.subarray(transportLimits.readBytes);
    return first.subarray(0, transportLimits.readBytes);
  }
}
