/** The operating system's cryptographic randomness. */
import { randomBytes } from "node:crypto";
import type { Random } from "@multichat/core/ports";

export function createNodeRandom(): Random {
  return {
    bytes: (length) => new Uint8Array(randomBytes(length)),
  };
}
