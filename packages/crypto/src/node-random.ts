/** The operating system's cryptographic randomness. */
import { randomBytes } from "node:crypto";
import type { Random } from "@multichat/core/ports";
import { drawnAtOnce, largestDrawn } from "./limits.ts";

/** Salts are drawn together, for asking the system costs more than all else about one. Keys never wait in memory: each is drawn by itself. */
export function createNodeRandom(): Random {
  let drawn = new Uint8Array(0);
  let used = 0;

  return {
    bytes(length) {
      if (length > largestDrawn) return new Uint8Array(randomBytes(length));
      if (used + length > drawn.length) {
        drawn = new Uint8Array(randomBytes(drawnAtOnce));
        used = 0;
      }
      const bytes = drawn.slice(used, used + length);
      drawn.fill(0, used, used + length);
      used += length;
      return bytes;
    },
  };
}
