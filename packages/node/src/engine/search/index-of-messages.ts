/**
 * Keeps what can be found level with what is shown (spec/08-store.md, Search): it follows the arrivals a slice at a time, so that a
 * message is never held up by it, and goes on where it was after a restart. What was looked at when less could be found is looked at
 * again in the same way, after what is new.
 */
import { contentKind } from "@multichat/core";
import type { ArrivedEvent, Clock, SearchEntry, Store, StoredEvent } from "@multichat/core/ports";
import { type AccountId, type EventId, decodeContent, decodeHeader } from "@multichat/protocol";
import type { Contents } from "../conversation/contents.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Spaces } from "../joining/spaces.ts";
import { writtenOf } from "../conversation/contents.ts";
import { findableFiles } from "./found-files.ts";

/** The arrival up to which all has been looked at. */
const place = "search/arrival";
/** And up to which again, with files, emoji and ß. Another number has all looked at once more. */
const againPlace = "search/again/2";
const done = "done";
/** Events looked at in one go, some milliseconds, and how long others then have their turn. */
const quiet = { slice: 100, restMs: 20 } as const;
/** While something comes; what this leaves behind is made up for as soon as nothing does. */
const busy = { slice: 25, restMs: 250 } as const;
/** Looked at again in one go: where words change, taking the old ones out without a trace takes a millisecond or two. */
const sliceAgain = 10;
/** So many are looked at before a search is answered, that what was just written is found. */
const catchUp = 2_000;

export interface IndexOfMessages {
  /** Something arrived. */
  arrived(): void;
  /** These are shown otherwise than before, or not any more. */
  changed(events: readonly EventId[]): void;
  /** Before a search. Answers whether everything has been looked at. */
  catchUp(): boolean;
  stop(): void;
}

export function createIndexOfMessages(deps: { store: Store; clock: Clock; spaces: Spaces; contents: Contents; account: AccountId; guarded(work: () => void): void }): IndexOfMessages {
  const { store, clock, spaces, contents } = deps;
  let at = Number(store.setting(place) ?? 0);
  // What comes from now on is looked at as it should be.
  const end = at;
  let again = store.setting(againPlace) === done ? null : Number(store.setting(againPlace) ?? 0);
  let cancel: (() => void) | null = null;
  let arrivedAt = -busy.restMs;

  const pace = () => (Math.abs(clock.now() - arrivedAt) < busy.restMs ? busy : quiet);

  function authorOf(event: StoredEvent): AccountId | null {
    const header = decodeHeader(event.header);
    return header.ok ? (spaces.get(event.space)?.replica.state()?.grants.get(header.value.auth)?.account ?? null) : null;
  }

  /** Null for what is not to be found. */
  function entryOf(event: StoredEvent): SearchEntry | null {
    const space = spaces.get(event.space);
    const entry = event.payload === null ? null : store.timelineEntry(event.id);
    const author = authorOf(event);
    if (space === null || isSelf(space) || entry === null || author === null || space.replica.state() === null) return null;
    const written = writtenOf(event);
    const files = findableFiles(event, author === deps.account).flatMap(({ name, alt }) => [name, alt ?? ""]);
    const title = written?.title === undefined ? undefined : (contents.edit(event, author)?.payload.title ?? written.title);
    const text = [title, contents.plainText(space, event), written?.author, ...files].filter((part) => part !== undefined).join("\n");
    return { event: event.id, channel: event.channel, author, time: entry.time, text, hasFile: written?.files !== undefined };
  }

  function put(events: readonly StoredEvent[]): void {
    const entries = events.map(entryOf);
    store.putSearch(entries.filter((entry) => entry !== null));
    store.removeSearch(events.filter((_, i) => entries[i] === null).map(({ id }) => id));
  }

  /** What these events are, or are about. */
  function concerned(events: readonly ArrivedEvent[]): StoredEvent[] {
    const found = new Map<EventId, StoredEvent>();
    for (const event of events) {
      const { place: shown } = contentKind(event.kind);
      const read = shown === null && event.kind === "edit" && event.payload !== null ? decodeContent("edit", event.payload) : null;
      const target = shown !== null ? event : read?.ok ? store.event(read.value.target) : null;
      if (target !== null && event.channel !== event.space) found.set(target.id, target);
    }
    return [...found.values()];
  }

  /** @returns whether there may be more */
  function step(limit: number): boolean {
    const events = store.arrivedAfter(at, limit);
    if (events.length === 0) return false;
    store.transaction(() => {
      put(concerned(events));
      store.putSetting(place, String(events.at(-1)!.arrival));
    });
    at = events.at(-1)!.arrival;
    return events.length === limit;
  }

  /** @returns whether there may be more */
  function stepAgain(): boolean {
    if (again === null) return false;
    const events = store.arrivedAfter(again, sliceAgain);
    const last = events.at(-1)?.arrival ?? end;
    const isDone = last >= end;
    store.transaction(() => {
      put(concerned(events));
      store.putSetting(againPlace, isDone ? done : String(last));
    });
    again = isDone ? null : last;
    return !isDone;
  }

  function later(): void {
    cancel ??= clock.after(pace().restMs, () => {
      cancel = null;
      deps.guarded(() => {
        if (step(pace().slice) || stepAgain()) later();
      });
    });
  }

  later();
  return {
    arrived() {
      arrivedAt = clock.now();
      later();
    },
    changed(ids) {
      const events = ids.flatMap((id) => store.event(id) ?? []);
      // What has not been looked at yet comes by itself.
      const known = events.filter(({ arrival }) => arrival <= at);
      if (known.length > 0) store.transaction(() => put(known));
    },
    catchUp() {
      for (let looked = 0; looked < catchUp; looked += quiet.slice) if (!step(quiet.slice)) return true;
      later();
      return false;
    },
    stop: () => cancel?.(),
  };
}
