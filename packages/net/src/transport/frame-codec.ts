/**
 * Frames on a stream (spec/05-transport.md): unsigned varint length ‖ bytes. The decoder takes chunks cut anywhere and
 * trusts nothing: a length that is too large, or not in its shortest form, ends the link.
 */
import { limits } from "@multichat/protocol";

/** Bytes of the longest length: 256 KiB needs three groups of seven bits. */
const maxLengthBytes = 3;

/** One frame as it travels; a copy, so the sender may reuse its buffer. */
export function encodeFrame(frame: Uint8Array): Uint8Array {
  const { length } = frame;
  const headerBytes = length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
  const encoded = Buffer.allocUnsafe(headerBytes + length);
  let rest = length;
  for (let i = 0; i < headerBytes - 1; i++) {
    encoded[i] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  encoded[headerBytes - 1] = rest;
  encoded.set(frame, headerBytes);
  return encoded;
}

export class FrameDecoder {
  /** The frame being filled, and how much of it is there. */
  private frame: Uint8Array | null = null;
  private filled = 0;
  /** The length being read. */
  private length = 0;
  private lengthBytes = 0;

  /** Hands over every frame that `chunk` completes. Returns what is wrong with the input, or null. */
  push(chunk: Uint8Array, emit: (frame: Uint8Array) => void): string | null {
    let at = 0;
    while (at < chunk.length) {
      if (this.frame === null) {
        const problem = this.readLengthByte(chunk[at++]!);
        if (problem !== null) return problem;
      } else {
        const taken = Math.min(this.frame.length - this.filled, chunk.length - at);
        this.frame.set(chunk.subarray(at, at + taken), this.filled);
        this.filled += taken;
        at += taken;
      }
      this.emitIfWhole(emit);
    }
    return null;
  }

  private readLengthByte(byte: number): string | null {
    this.length |= (byte & 0x7f) << (7 * this.lengthBytes);
    this.lengthBytes++;
    if (this.length > limits.frame)
      return `a frame of more than ${limits.frame} bytes was announced`;
    if (byte >= 0x80)
      return this.lengthBytes < maxLengthBytes ? null : "a frame's length is garbled";
    if (byte === 0 && this.lengthBytes > 1) return "a frame's length is garbled";
    this.frame = new Uint8Array(this.length);
    this.filled = 0;
    this.length = 0;
    this.lengthBytes = 0;
    return null;
  }

  private emitIfWhole(emit: (frame: Uint8Array) => void): void {
    if (this.frame === null || this.filled < this.frame.length) return;
    const whole = this.frame;
    this.frame = null;
    emit(whole);
  }
}
