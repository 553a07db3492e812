/** Walks the whole database: SQLite's own structure first, then what its tables say about each other. */
import { StoreError } from "@multichat/core/ports";
import {
  countsOfThose,
  lastAnnotated,
  thoseThatCount,
  thoseThatStand,
} from "./annotations-again.ts";
import type { Connection } from "./connection.ts";
import { addSeq, type SeqRanges } from "./seq-ranges.ts";

/** Each selects what must not be there, and says what it is. */
const contradictions = [
  {
    says: "a feed's newest event is not held",
    sql: `SELECT 1 FROM feeds LEFT JOIN events ON events.id = feeds.tip
      WHERE top_to > 0 AND (events.feed IS NOT feeds.key OR events.seq IS NOT feeds.top_to)`,
  },
  {
    says: "an event is filed under no feed, or under a feed of another channel",
    sql: `SELECT 1 FROM events LEFT JOIN feeds ON feeds.key = events.feed WHERE feeds.channel IS NOT events.channel`,
  },
  {
    says: "an arrival number may be given out twice",
    sql: `SELECT 1 FROM feeds WHERE arrival > max(
      ifnull((SELECT max(arrival) FROM events), 0),
      ifnull((SELECT value - 1 FROM meta WHERE name = 'arrivals'), 0))`,
  },
  {
    says: "the timeline shows an event that is not held",
    sql: `SELECT 1 FROM timeline LEFT JOIN events ON events.arrival = timeline.arrival WHERE events.id IS NOT timeline.id`,
  },
  {
    says: "the timeline of a channel or thread shows an event of another space",
    sql: `SELECT 1 FROM timeline JOIN events ON events.arrival = timeline.arrival
      JOIN channels AS own ON own.key = events.channel LEFT JOIN channels AS named ON named.key = timeline.channel
      WHERE named.space IS NOT own.space`,
  },
  {
    says: "an annotation is filed whose event is not held",
    sql: `SELECT 1 FROM annotations LEFT JOIN events ON events.arrival = annotations.arrival WHERE events.id IS NOT substr(stamp, 9)`,
  },
  {
    says: "an event is to expire that is not held",
    sql: "SELECT 1 FROM expiries LEFT JOIN events ON events.arrival = expiries.arrival WHERE events.id IS NULL",
  },
  {
    says: "something can be found whose event is not held",
    sql: "SELECT 1 FROM search_rows LEFT JOIN events ON events.arrival = search_rows.arrival WHERE events.id IS NULL",
  },
  {
    says: "an annotation is filed in another channel than its event's",
    sql: "SELECT 1 FROM annotations JOIN events ON events.arrival = annotations.arrival WHERE events.channel <> annotations.channel",
  },
  {
    says: "an annotation stands that is not the newest, or the newest does not",
    sql: differing(
      "SELECT target, channel, kind, owner, slot, stamp, sort FROM annotations WHERE stands = 1",
      thoseThatStand,
    ),
  },
  {
    says: "what is noted as annotated last is not what the annotations say",
    sql: differing("SELECT channel, kind, target, stamp FROM annotated", lastAnnotated),
  },
  {
    says: "the reactions that count are not those of the annotations",
    sql: differing("SELECT target, channel, emoji, stamp, author FROM reactions", thoseThatCount),
  },
  {
    says: "the reactions are counted wrongly",
    sql: differing(
      "SELECT target, channel, emoji, people, first FROM reaction_counts",
      countsOfThose,
    ),
  },
];

/** What only one of two has. */
function differing(noted: string, found: string): string {
  return `SELECT 1 FROM (SELECT * FROM (${noted} EXCEPT ${found}) UNION ALL SELECT * FROM (${found} EXCEPT ${noted}))`;
}

/** Null when sound, else what is wrong. */
export function check(connection: Connection): string | null {
  try {
    // Arrivals are the rows' own keys; that they are unique and in order is part of the structure.
    const structure = connection.query("PRAGMA integrity_check(1)", ["text"]).get()?.[0];
    if (structure !== "ok") return `the database file is damaged: ${structure}`;
    for (const { says, sql } of contradictions) {
      if (connection.query(`${sql} LIMIT 1`, ["integer"]).get() !== null) return says;
    }
    // Fails if the full-text index says anything else than the table that it is of.
    connection.command("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)").run();
    return rangesAgree(connection)
      ? null
      : "the ranges noted for a feed are not those of its events";
  } catch (error) {
    // Damage may stop the walk itself.
    if (error instanceof StoreError && error.code === "damaged") return error.message;
    throw error;
  }
}

/** Counts the ranges of every feed out again from its events, and compares them with the noted ones on the way. */
function rangesAgree(connection: Connection): boolean {
  const held = connection.query("SELECT feed, seq FROM events ORDER BY feed, seq", [
    "integer",
    "integer",
  ]);
  const ranges = connection.query(
    `SELECT feed, first, last FROM lower_ranges
     UNION ALL SELECT key, top_from, top_to FROM feeds WHERE top_to > 0 ORDER BY 1, 2`,
    ["integer", "integer", "integer"],
  );
  const noted = ranges.each()[Symbol.iterator]();
  let counted: SeqRanges = [];
  let current = 0;
  const matches = (): boolean => {
    for (let i = 0; i < counted.length; i += 2) {
      const row = noted.next();
      if (row.done === true) return false;
      const [feed, from, to] = row.value;
      if (feed !== current || from !== counted[i] || to !== counted[i + 1]) return false;
    }
    return true;
  };
  try {
    for (const [feed, seq] of held.each()) {
      if (feed !== current) {
        if (!matches()) return false;
        current = feed;
        counted = [];
      }
      addSeq(counted, seq, () => {});
    }
    return matches() && noted.next().done === true;
  } finally {
    noted.return?.();
  }
}
