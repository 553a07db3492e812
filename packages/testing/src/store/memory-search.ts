/** Search of the memory store: every text is looked at. */
import {
  maxSearchTotal,
  type SearchEntry,
  type SearchPage,
  type Store,
  type StoreSearch,
} from "@multichat/core/ports";
import { searchPhrases, searchScore, searchText } from "@multichat/core/search";
import type { EventId, SpaceId } from "@multichat/protocol";
import { type DueTimes, isKept } from "./memory-expiries.ts";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

export interface MemorySearch extends Pick<Store, "putSearch" | "removeSearch" | "search"> {
  dropSpace(space: SpaceId): void;
}

interface Place {
  score: number;
  time: bigint;
  event: EventId;
}

export function createMemorySearch(
  log: UndoLog,
  events: Pick<Store, "event">,
  dueTimes: DueTimes,
): MemorySearch {
  const entries = new Map<EventId, SearchEntry>();

  function put({ event, channel, author, time, text, hasFile }: SearchEntry): void {
    if (events.event(event) === null)
      throw new RangeError("only an event that is held can be found");
    const words = searchText(text);
    setIn(log, entries, event, { event, channel, author, time, text: words, hasFile });
  }

  function isAllowed(entry: SearchEntry, search: StoreSearch): boolean {
    const { channels, author, before, after, hasFile, among, due } = search;
    return (
      channels?.includes(entry.channel) !== false &&
      (author ?? entry.author) === entry.author &&
      (before === undefined || entry.time < before) &&
      (after === undefined || entry.time > after) &&
      (hasFile ?? entry.hasFile) === entry.hasFile &&
      among?.includes(entry.event) !== false &&
      isKept(dueTimes, entry.event, due)
    );
  }

  function search(
    search: StoreSearch,
    cursor: string | null,
    limit: number,
    relevance: boolean,
  ): SearchPage {
    const phrases = searchPhrases(search.query);
    const everything = search.query.trim() === "";
    const byScore = relevance && phrases.length > 0;
    const found: Place[] = [];
    for (const entry of entries.values()) {
      const score = searchScore(entry.text, phrases);
      if (!isAllowed(entry, search) || (score === 0 && !everything)) continue;
      found.push({ score: byScore ? score : 0, time: entry.time, event: entry.event });
    }
    const total = Math.min(found.length, maxSearchTotal);
    const newest = found.toSorted(order).slice(0, byScore ? maxSearchTotal : undefined);
    const ranked = newest.toSorted((a, b) => b.score - a.score);
    const from = cursor === null ? null : parseCursor(cursor);
    const page = ranked.filter((place) => from === null || order(from, place) < 0);
    const last = page[limit - 1];
    return {
      events: page.slice(0, limit).map(({ event }) => event),
      total,
      order: !byScore ? "newest" : total < maxSearchTotal ? "relevance" : "newest-of-many",
      next:
        last === undefined || page.length === limit
          ? null
          : `${last.score}_${last.time}_${last.event}`,
    };
  }

  return {
    putSearch: (added) => log.transaction(() => added.forEach(put)),
    removeSearch: (ids) =>
      log.transaction(() => {
        for (const id of ids) deleteFrom(log, entries, id);
      }),
    search,
    dropSpace(space) {
      for (const id of entries.keys())
        if (events.event(id)!.space === space) deleteFrom(log, entries, id);
    },
  };
}

/** The better first, of equals the newer. */
function order(a: Place, b: Place): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.time !== b.time) return a.time > b.time ? -1 : 1;
  return a.event > b.event ? -1 : a.event < b.event ? 1 : 0;
}

function parseCursor(cursor: string): Place {
  const [, score, time, event] = /^([\d.]+)_(\d+)_([0-9a-f]{64})$/.exec(cursor) ?? [];
  if (score === undefined || time === undefined || event === undefined)
    throw new RangeError("no cursor of a search");
  return { score: Number(score), time: BigInt(time), event: event as EventId };
}
