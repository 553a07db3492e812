/** Time as the core sees it: the node passes the system's, stories and the simulator a virtual one. */
export interface Clock {
  /** Milliseconds since 1970 as this machine believes them. May jump. */
  now(): number;
  /** Calls back once, after at least `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}
