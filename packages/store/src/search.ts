/**
 * Finding messages by their words (spec/08-store.md, Search). An FTS5 index over the table of what can be found; its row numbers are
 * display times, so that the newest matches are the first that it comes upon.
 */
import {
  maxSearchTotal,
  type SearchEntry,
  type SearchPage,
  type Store,
  type StoreSearch,
} from "@multichat/core/ports";
import { type SearchPhrase, searchPhrases, searchText } from "@multichat/core/search";
import type { EventId, SpaceId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";
import { bestOf } from "./search-ranking.ts";
import { damaged } from "./sqlite-error.ts";
import { authorTerm, channelTerm, fileTerm, matchExpression } from "./search-terms.ts";

export interface Search extends Pick<Store, "putSearch" | "removeSearch" | "search"> {
  /** @param arrivals JSON of them */
  removeArrivals(arrivals: string): void;
  /** How many can be found of a space. */
  countOf(space: SpaceId): number;
}

/** Where a match stands: the better first, of equals the newer. */
interface SearchPlace {
  score: number;
  position: bigint;
}

/** Above all positions. */
const end = (1n << 63n) - 1n;
/** Times beyond are those of no clock; there is room for positions above the last one. */
const lastTime = (1n << 63n) - (1n << 32n);

export function createSearch(connection: Connection, names: Names): Search {
  const arrivalOf = connection.query("SELECT arrival FROM events WHERE id = ?", ["integer"]);
  const rowOf = connection.query(
    "SELECT CAST(position AS TEXT), text, terms FROM search_rows WHERE arrival = ?",
    ["hlc", "text", "text"],
  );
  const addRow = connection.command(
    "INSERT INTO search_rows (position, arrival, text, terms) VALUES (?, ?, ?, ?) ON CONFLICT (position) DO NOTHING",
  );
  const addToIndex = connection.command("INSERT INTO search (rowid, text, terms) VALUES (?, ?, ?)");
  const deleteRow = connection.command("DELETE FROM search_rows WHERE position = ?");
  const deleteFromIndex = connection.command(
    "INSERT INTO search (search, rowid, text, terms) VALUES ('delete', ?, ?, ?)",
  );
  const among = "FROM search_rows WHERE arrival IN (SELECT value FROM json_each(?))";
  const deleteAllFromIndex = connection.command(
    `INSERT INTO search (search, rowid, text, terms) SELECT 'delete', position, text, terms ${among}`,
  );
  const deleteAllRows = connection.command(`DELETE ${among}`);

  const notDue = (position: string): string =>
    `(?6 IS NULL OR NOT EXISTS (SELECT 1 FROM search_rows AS row CROSS JOIN expiries ON expiries.arrival = row.arrival
      WHERE row.position = ${position} AND at <= ?6))`;
  // In the order of the index, which is that of time; `+` because it is no way to look matches up.
  const matching = `FROM search WHERE search MATCH ?1 AND rowid > ?2 AND rowid < ?3
    AND (?4 IS NULL OR +rowid IN (SELECT value FROM json_each(?4))) AND ${notDue("search.rowid")} ORDER BY rowid DESC LIMIT ?5`;
  const rows = `FROM search_rows WHERE position > ?2 AND position < ?3
    AND (?4 IS NULL OR +position IN (SELECT value FROM json_each(?4))) AND ${notDue("search_rows.position")} ORDER BY position DESC LIMIT ?5`;
  const statements = (found: string, position: string) => ({
    count: connection.query(`SELECT count(*) FROM (SELECT 1 ${found})`, ["integer"]),
    page: connection.query(
      `SELECT CAST(found AS TEXT), events.id FROM (SELECT ${position} AS found ${found})
       CROSS JOIN search_rows ON position = found CROSS JOIN events ON events.arrival = search_rows.arrival
       ORDER BY found DESC`,
      ["hlc", "eventId"],
    ),
    texts: connection.query(
      `SELECT arrival, text, found < ?7 FROM (SELECT ${position} AS found ${found})
       CROSS JOIN search_rows ON position = found ORDER BY found DESC`,
      ["integer", "text", "integer"],
    ),
  });
  const byMatch = statements(matching, "rowid");
  const byRow = statements(rows, "position");
  const ofSpace = connection.query(
    `SELECT count(*) FROM channels CROSS JOIN events ON events.channel = channels.key
     CROSS JOIN search_rows ON search_rows.arrival = events.arrival WHERE channels.space = ?`,
    ["integer"],
  );
  const eventAt = connection.query(
    `SELECT CAST(position AS TEXT), events.id
     FROM search_rows CROSS JOIN events ON events.arrival = search_rows.arrival WHERE search_rows.arrival = ?`,
    ["hlc", "eventId"],
  );

  function putOne({ event, channel, author, time, text, hasFile }: SearchEntry): void {
    const arrival = arrivalOf.get(idBytes(event))?.[0];
    const key = names.findChannel(channel);
    if (arrival === undefined || key === null)
      throw new RangeError("only an event that is held can be found");
    const terms = [channelTerm(key), authorTerm(author), fileTerm(hasFile)].join(" ");
    const words = searchText(text);
    const old = rowOf.get(arrival);
    if (old !== null) {
      // Looking is cheaper than taking words out of the index and putting them there again.
      if (old[0] === time && old[1] === words && old[2] === terms) return;
      remove(old);
    }
    const position = addAt(time, event, (at) => addRow.run(at, arrival, words, terms) === 1);
    addToIndex.run(position, words, terms);
  }

  function remove([position, text, terms]: [bigint, string, string]): void {
    deleteFromIndex.run(position, text, terms);
    deleteRow.run(position);
  }

  /** JSON of the positions of some events, for the statements. */
  function positionsOf(events: readonly EventId[]): string {
    const positions = events.flatMap((id) => {
      const arrival = arrivalOf.get(idBytes(id))?.[0];
      const row = arrival === undefined ? null : rowOf.get(arrival);
      return row === null ? [] : [row[0]];
    });
    return `[${positions.join(",")}]`;
  }

  function termGroups({ channels, author, hasFile }: StoreSearch): string[][] {
    const groups: string[][] = [];
    if (channels !== undefined) {
      const keys = channels.map(names.findChannel).filter((key) => key !== null);
      groups.push(keys.map(channelTerm));
    }
    if (author !== undefined) groups.push([authorTerm(author)]);
    if (hasFile !== undefined) groups.push([fileTerm(hasFile)]);
    return groups;
  }

  /** What the statements want, limit apart; null if nothing can be found. */
  function parametersOf(search: StoreSearch, phrases: readonly SearchPhrase[]) {
    const groups = termGroups(search);
    const isHopeless = phrases.length === 0 && search.query.trim() !== "";
    if (isHopeless || groups.some((terms) => terms.length === 0)) return null;
    const { after = -1n, before = end, among, due = null } = search;
    const positions = among === undefined ? null : positionsOf(among);
    return [matchExpression(phrases, groups), after, before, positions, due] as const;
  }

  function search(
    search: StoreSearch,
    cursor: string | null,
    limit: number,
    relevance: boolean,
  ): SearchPage {
    const from = cursor === null ? null : parseCursor(cursor);
    const phrases = searchPhrases(search.query);
    const parameters = parametersOf(search, phrases);
    if (parameters === null) return { events: [], total: 0, order: "newest", next: null };
    const [match, since, before, among, due] = parameters;
    const { count, page, texts } = match === null ? byRow : byMatch;
    if (relevance && phrases.length > 0) {
      const after = from?.position ?? end;
      const found = texts.all(match, since, before, among, maxSearchTotal, due, after);
      const best = bestOf(found, phrases, from?.score ?? null, limit + 1);
      const hits = best.map(({ score, arrival }) => {
        const hit = eventAt.get(arrival);
        if (hit === null)
          throw damaged("the database file is damaged: something is found that is not held");
        return { score, position: hit[0], event: hit[1] };
      });
      const order = found.length < maxSearchTotal ? "relevance" : "newest-of-many";
      const events = hits.slice(0, limit).map(({ event }) => event);
      return { events, total: found.length, order, next: nextOf(hits, limit) };
    }
    const total = count.get(match, since, before, among, maxSearchTotal, due)![0];
    const upTo = from !== null && from.position < before ? from.position : before;
    const found = page.all(match, since, upTo, among, limit + 1, due);
    const places = found.map(([position]) => ({ score: 0, position }));
    const events = found.slice(0, limit).map(([, id]) => id);
    return { events, total, order: "newest", next: nextOf(places, limit) };
  }

  return {
    putSearch: (entries) =>
      connection.transaction(() => {
        for (const entry of entries) putOne(entry);
      }),
    removeSearch: (events) =>
      connection.transaction(() => {
        for (const event of events) {
          const arrival = arrivalOf.get(idBytes(event))?.[0];
          const row = arrival === undefined ? null : rowOf.get(arrival);
          if (row !== null) remove(row);
        }
      }),
    search,
    removeArrivals(arrivals) {
      deleteAllFromIndex.run(arrivals);
      deleteAllRows.run(arrivals);
    },
    countOf(space) {
      const key = names.findSpace(space);
      return key === null ? 0 : ofSpace.get(key)![0];
    },
  };
}

/**
 * The first free position from a time upwards. Steps double, and where in a step an event looks is in its id, so that many of one
 * time (imported ones have whole seconds or minutes) find room in a few steps.
 */
function addAt(time: bigint, event: EventId, add: (position: bigint) => boolean): bigint {
  const start = time < lastTime ? time : lastTime;
  const chance = BigInt(`0x${event.slice(-8)}`);
  for (let step = 0n; ; step++) {
    // Whoever made ids that end alike finds room behind them, place by place.
    const position = start + (step <= 32n ? chance & ((1n << step) - 1n) : step);
    if (add(position)) return position;
  }
}

/** Where the page ends, if there is more. Nothing else is remembered between two pages. */
function nextOf(places: readonly SearchPlace[], limit: number): string | null {
  const last = places[limit - 1];
  return last === undefined || places.length === limit ? null : `${last.score}_${last.position}`;
}

function parseCursor(cursor: string): SearchPlace {
  const [, score, position] = /^(\d{1,3}(?:\.\d{1,20})?)_(\d{1,19})$/.exec(cursor) ?? [];
  if (score === undefined || position === undefined) throw new RangeError("no cursor of a search");
  return { score: Number(score), position: BigInt(position) };
}
