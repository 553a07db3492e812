/** How often presence is told and how long it is believed (spec/13-presence.md). */
export const presenceLimits = {
  /** What is believed of a device that is silent: a killed node is gone by then. */
  ttlMs: 120_000,
  /** Twice within the ttl, so that one late beacon makes nobody flicker. */
  beaconMs: 60_000,
  /** Of changes in a row the last counts. */
  changeMs: 2_000,
  /** A device whose link ended may come back: most cuts are shorter. */
  lostMs: 15_000,
  /** Without the person's hand on an interface: away. */
  idleMs: 5 * 60_000,
  typingTtlMs: 6_000,
  /** While somebody goes on writing. */
  typingAgainMs: 4_000,
  /** Whatever ttl a peer names. */
  typingShownMs: 10_000,
  /** In larger spaces one is told only of whom one looks at. */
  smallSpace: 64,
  /** As many as an interface can show at once. */
  looked: 100,
  /** Frames of one device, at once and a second on average. */
  burst: 60,
  perSecond: 1,
  /** Receipts of one channel. */
  receiptMs: 10_000,
  /** Of one device in one space: acknowledgements need the rest of its share of records. */
  receipts: 64,
} as const;
