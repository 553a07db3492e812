/**
 * How much of what was sent on one link the peer has not taken yet. Frames arrive in order, so the answer to a ping tells
 * that all before it came. Whoever serves much waits while too much is on its way.
 */
import { windowBytes } from "./limits.ts";

export interface Window {
  /** So many bytes were handed to the link. */
  sent(bytes: number): void;
  /** Answers whether there is room again, for what was waiting. */
  pong(value: number): boolean;
  /** More may be sent. */
  hasRoom(): boolean;
}

export function createWindow(ping: (value: number) => void): Window {
  let total = 0;
  let pinged = 0;
  let taken = 0;
  return {
    sent(bytes) {
      total += bytes;
      if (total - pinged < windowBytes / 4) return;
      pinged = total;
      ping(total);
    },
    pong(value) {
      if (value > pinged || value <= taken) return false;
      taken = value;
      return true;
    },
    hasRoom: () => total - taken < windowBytes,
  };
}
