/** Every bound of the local API, with its reason (spec/local-api.md lists those a client meets). */
import { maxFrameBytes } from "@multichat/client/contract";

export const limits = {
  /** One HTTP body or WebSocket frame: four of the largest messages; nothing that is asked for is longer. */
  requestBytes: maxFrameBytes,
  /** The body with a browser's code, some sixty bytes: anybody on this machine may send one, and take as long as it takes. */
  codeBytes: 1024,
  /** What may wait for a client that does not read: several full pages, yet a hundred stuck clients fit in memory. */
  backlogBytes: 8 * 1024 * 1024,
  /** Commands under way on one connection; beyond this its socket is not read until half are answered. */
  commandsInFlight: 4_096,
  /** A browser needs a second or two to start; a code seen later by someone else is worth nothing. */
  browserCodeLifetime: 60_000,
  /** The longest that browsers keep a cookie. */
  sessionLifetime: 400 * 24 * 60 * 60 * 1_000,
  /** Whoever has not said by then what it wants will not say it. A body may take as long as it takes: files may be of any length. */
  headersTimeout: 30_000,
  /** A stopping node gives itself this long to answer what was asked, and its clients to close their sockets. */
  closeTimeout: 1_000,
} as const;
