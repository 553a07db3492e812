import type { Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  annotationOf,
  channel,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  searchEntryOf,
  space,
  thread,
} from "../sample-events.ts";

const eventId = idOf<EventId>;

export function describeExpiry(makeStore: MakeStore): void {
  describe("expiry", () => {
    const subject = useStore(makeStore);
    const numbers = (ids: readonly EventId[]): number[] =>
      ids.map((id) => Number.parseInt(id, 16)).toSorted((a, b) => a - b);

    it("says what is due, the earliest first, and when the next will be", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 4));
      expect(store.purgeDue(1e15, 9)).toEqual({ events: [], shown: [], targets: [], more: false });
      expect(store.nextExpiry()).toBeNull();
      const at = (event: number, time: number | null) => ({ event: eventId(event), at: time });
      store.putExpiries([at(1, 300), at(2, 100), at(3, 200), at(4, 50)]);
      store.putExpiries([at(4, null), at(2, 150)]);
      const again = subject.reopened();
      expect(again.nextExpiry()).toBe(150);
      expect(again.purgeDue(149, 9).events).toEqual([]);
      expect(again.purgeDue(999, 1)).toMatchObject({ events: [eventId(2)], more: true });
      expect(again.purgeDue(200, 9)).toMatchObject({ events: [eventId(3)], more: false });
      expect(again.nextExpiry()).toBe(300);
      expect(() => again.putExpiries([at(9, 1)])).toThrow(RangeError);
      again.dropSpace(space);
      expect(again.nextExpiry()).toBeNull();
      expect(again.check()).toBeNull();
    });

    it("has all that was stamped before in a channel be due, but for what was purged", () => {
      const { store } = subject;
      const events = makeEvents(1, 5);
      store.putEvents(events);
      store.dropPayloads([1, 2].map((event) => eventId(event)));
      store.putTimeline([entryOf(events[1]!), entryOf(events[4]!)]);
      store.putExpiries([
        { event: eventId(3), at: 5 },
        { event: eventId(4), at: 500 },
      ]);
      store.putExpiryBefore(channel, events[4]!.hlc, 100);
      store.putExpiryBefore(thread, events[4]!.hlc, 1);
      expect([1, 2, 3, 4, 5].map((event) => store.expiry(eventId(event)))).toEqual([
        null,
        100,
        5,
        100,
        null,
      ]);
    });

    it("reads without what is due at a time, purged or not", () => {
      const { store } = subject;
      const events = makeEvents(1, 6);
      const [first, , third] = events;
      store.putEvents(events);
      store.putTimeline(
        events.map((event) => entryOf(event, { unread: true, mention: event === third })),
      );
      store.putSearch(events.map((event) => searchEntryOf(event, "words")));
      store.putAnnotations(
        [first!, third!].map((event) => annotationOf(event, eventId(50), { kind: "reply" })),
      );
      store.putExpiries([1, 3, 6].map((event) => ({ event: eventId(event), at: event * 100 })));
      const shown = (
        bound: Parameters<Store["timeline"]>[1],
        limit: number,
        due?: number,
      ): number[] =>
        store.timeline(channel, bound, limit, due).map(({ id }) => Number.parseInt(id, 16));
      expect(shown({}, 9)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(shown({}, 9, 99)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(shown({}, 9, 300)).toEqual([2, 4, 5, 6]);
      expect(shown({}, 2, 600)).toEqual([4, 5]);
      expect(shown({ before: entryOf(events[4]!) }, 2, 300)).toEqual([2, 4]);
      expect(shown({ after: entryOf(first!) }, 2, 300)).toEqual([2, 4]);
      expect(shown({ before: entryOf(events[5]!), after: entryOf(first!) }, 9, 300)).toEqual([
        2, 4, 5,
      ]);
      expect([store.timelineEnd(channel)?.id, store.timelineEnd(channel, 600)?.id]).toEqual([
        eventId(6),
        eventId(5),
      ]);
      const counts = (due?: number): number[] => [
        store.timelineCount(channel, due),
        store.unreadCount(channel, due),
        store.mentionCount(channel, due),
      ];
      expect([counts(), counts(100), counts(300), counts()]).toEqual([
        [6, 6, 1],
        [5, 5, 1],
        [4, 4, 0],
        [6, 6, 1],
      ]);
      for (const query of ["words", ""])
        for (const relevance of [false, true]) {
          const found = store.search({ query, due: 300 }, null, 2, relevance);
          const rest = store.search({ query, due: 300 }, found.next, 9, relevance);
          expect([found.total, numbers([...found.events, ...rest.events])]).toEqual([
            4,
            [2, 4, 5, 6],
          ]);
        }
      const authors = (due?: number): number =>
        store.authorsOf({ id: eventId(50), channel }, "reply", [], 9, due).length;
      expect([authors(), authors(100), authors(300)]).toEqual([1, 1, 0]);
      expect([
        store.expiry(eventId(3)),
        store.expiry(eventId(2)),
        store.expiry(eventId(9)),
      ]).toEqual([300, null, null]);
      expect([store.nextExpiry(), store.nextExpiry(100), store.nextExpiry(600)]).toEqual([
        100,
        300,
        null,
      ]);
    });

    it("leaves header and signature of what it purges, and nothing else", () => {
      const { store } = subject;
      const [gone, kept] = makeEvents(1, 2);
      store.putEvents([gone!, kept!]);
      store.putTimeline([
        entryOf(gone!, { unread: true, mention: true }),
        entryOf(gone!, { channel: thread, unread: true }),
        entryOf(kept!, { unread: true }),
      ]);
      store.putSearch([gone!, kept!].map((event) => searchEntryOf(event, "words")));
      store.putAnnotations([gone!, kept!].map((event) => annotationOf(event, eventId(50))));
      store.putExpiries([
        { event: gone!.id, at: 1 },
        { event: kept!.id, at: 2 },
      ]);
      expect([store.unreadCount(channel), store.unreadCount(thread)]).toEqual([2, 1]);
      const { events, shown, targets } = store.purgeDue(1, 9);
      expect([events, targets]).toEqual([[gone!.id], [eventId(50)]]);
      const place = { space, channel, event: gone!.id };
      expect(shown).toHaveLength(2);
      expect(shown).toContainEqual({ ...place, timeline: channel });
      expect(shown).toContainEqual({ ...place, timeline: thread });
      const again = subject.reopened();
      expect(again.event(gone!.id)).toEqual({ ...gone, arrival: 1, salt: null, payload: null });
      expect(again.event(kept!.id)).toEqual({ ...kept, arrival: 2 });
      expect(again.timelineEntries(gone!.id)).toEqual([]);
      expect([again.unreadCount(channel), again.unreadCount(thread)]).toEqual([1, 0]);
      expect([again.mentionCount(channel), again.timelineCount(channel)]).toEqual([0, 1]);
      expect(again.search({ query: "words" }, null, 9, false).events).toEqual([kept!.id]);
      expect(
        again.annotationsOf({ id: eventId(50), channel }, "reaction", 9).map(({ event }) => event),
      ).toEqual([kept!.id]);
      expect(again.nextExpiry()).toBe(2);
      expect(again.holdings(space)[0]!.ranges).toEqual([[1, 2]]);
      again.putExpiries([{ event: gone!.id, at: 1 }]);
      expect(again.purgeDue(1, 9).events).toEqual([]);
      expect(again.check()).toBeNull();
    });

    it("takes annotations with it, and those about them, but not a thread's replies", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 7));
      store.putAnnotations([
        annotationOf(makeEvent(2), eventId(1)),
        annotationOf(makeEvent(3), eventId(2)),
        annotationOf(makeEvent(4), eventId(1), { kind: "reply" }),
        annotationOf(makeEvent(7), eventId(1), { kind: "imported" }),
        annotationOf(makeEvent(5), eventId(6)),
      ]);
      store.putExpiries([{ event: eventId(1), at: 1 }]);
      expect(numbers(store.purgeDue(1, 9).events)).toEqual([1, 2, 3]);
      const again = subject.reopened();
      const about = { id: eventId(1), channel };
      expect(again.annotationsOf(about, "reaction", 9)).toEqual([]);
      expect(again.annotationsOf(about, "reply", 9).map(({ event }) => event)).toEqual([
        eventId(4),
      ]);
      expect(again.event(eventId(4))!.payload).not.toBeNull();
      expect(again.event(eventId(3))!.payload).toBeNull();
      expect(again.isAnnotated(eventId(6))).toBe(true);
    });

    it("settles after few and after many", () => {
      const { store } = subject;
      const settle = (): void => {
        for (let turns = 0; subject.store.settlePurge() !== "done"; turns++)
          expect(turns).toBeLessThan(1000);
      };
      const purge = (first: number, last: number): void => {
        const events = makeEvents(first, last);
        store.putExpiries(events.map(({ id }) => ({ event: id, at: 1 })));
        store.purgeDue(1, events.length);
      };
      settle();
      store.putEvents(makeEvents(1, 400));
      store.putSearch(makeEvents(1, 400).map((event) => searchEntryOf(event, `word${event.seq}`)));
      purge(1, 1);
      settle();
      purge(2, 399);
      subject.reopened();
      settle();
      expect(subject.store.search({ query: "word" }, null, 9, false).events).toEqual([
        eventId(400),
      ]);
      expect(subject.store.check()).toBeNull();
    });
  });
}
