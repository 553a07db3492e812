/** Walks the whole database: SQLite's own structure first, then what its tables say about each other. */
import { StoreError } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";
import { addSeq, type SeqRanges } from "./seq-ranges.ts";

export function createCheck(connection: Connection): () => string | null {
  const integrity = connection.query("PRAGMA integrity_check(1)", ["text"]);
  const heldSeqs = connection.query("SELECT feed, seq FROM events ORDER BY feed, seq", [
    "integer",
    "integer",
  ]);
  const notedRanges = connection.query(
    `SELECT feed, first, last FROM lower_ranges
     UNION ALL SELECT key, top_from, top_to FROM feeds WHERE top_to > 0 ORDER BY 1, 2`,
    ["integer", "integer", "integer"],
  );
  /** Each selects what must not be there, and says what it is. */
  const contradictions = [
    [
      "a feed's newest event is not held",
      `SELECT 1 FROM feeds LEFT JOIN events ON events.id = feeds.tip
      WHERE top_to > 0 AND (events.feed IS NOT feeds.key OR events.seq IS NOT feeds.top_to)`,
    ],
    [
      "an event is filed under no feed, or under a feed of another channel",
      `SELECT 1 FROM events LEFT JOIN feeds ON feeds.key = events.feed WHERE feeds.channel IS NOT events.channel`,
    ],
    [
      "an arrival number may be given out twice",
      `SELECT 1 FROM feeds WHERE arrival > max(
        ifnull((SELECT max(arrival) FROM events), 0),
        ifnull((SELECT value - 1 FROM meta WHERE name = 'arrivals'), 0))`,
    ],
    [
      "the timeline shows an event that is not held",
      `SELECT 1 FROM timeline LEFT JOIN events ON events.arrival = timeline.arrival WHERE events.id IS NOT timeline.id`,
    ],
  ].map(([says, sql]) => ({
    says: says!,
    statement: connection.query(`${sql} LIMIT 1`, ["integer"]),
  }));

  return () => {
    try {
      return fault();
    } catch (error) {
      // Damage may stop the walk itself.
      if (error instanceof StoreError && error.code === "damaged") return error.message;
      throw error;
    }
  };

  function fault(): string | null {
    const structure = integrity.get()?.[0] ?? "no answer";
    if (structure !== "ok") return `the database file is damaged: ${structure}`;
    for (const { says, statement } of contradictions) if (statement.get() !== null) return says;
    return rangesAgree() ? null : "the ranges noted for a feed are not those of its events";
  }

  function rangesAgree(): boolean {
    const noted = notedRanges.each()[Symbol.iterator]();
    let ranges: SeqRanges = [];
    let current = 0;
    const matches = (): boolean => {
      for (let i = 0; i < ranges.length; i += 2) {
        const row = noted.next();
        if (row.done === true) return false;
        const [feed, from, to] = row.value;
        if (feed !== current || from !== ranges[i] || to !== ranges[i + 1]) return false;
      }
      return true;
    };
    for (const [feed, seq] of heldSeqs.each()) {
      if (feed !== current) {
        if (!matches()) return false;
        current = feed;
        ranges = [];
      }
      addSeq(ranges, seq, () => {});
    }
    return matches() && noted.next().done === true;
  }
}
