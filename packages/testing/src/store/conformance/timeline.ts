import type { Store, TimelineEntry, TimelinePosition } from "@multichat/core/ports";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  alice,
  bob,
  channel,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  otherChannel,
} from "../sample-events.ts";

export function describeTimeline(makeStore: MakeStore, runs: number): void {
  describe("timeline", () => {
    const subject = useStore(makeStore);

    /** Puts events 1 to `count` on the timeline, as they are. */
    function show(store: Store, count: number, fields: Partial<TimelineEntry> = {}): void {
      const events = makeEvents(1, count);
      store.putEvents(events);
      store.putTimeline(events.map((event) => entryOf(event, fields)));
    }
    const ids = (rows: { id: string }[]): number[] => rows.map(({ id }) => Number.parseInt(id, 16));
    const at = (number: number): TimelinePosition => entryOf(makeEvent(number));

    it("is empty where nothing is shown", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1)]);
      expect(store.timeline(channel, {}, 10)).toEqual([]);
      expect(store.timeline(otherChannel, {}, 10)).toEqual([]);
      expect(store.timelineEnd(channel)).toBeNull();
      expect(store.timelineEntry(idOf(1))).toBeNull();
      expect(store.unreadCount(channel)).toBe(0);
    });

    it("gives rows with their events, and entries without", () => {
      const event = makeEvent(1);
      const entry = entryOf(event, { time: (1n << 62n) + 1n, unread: true, late: true });
      subject.store.putEvents([event]);
      subject.store.putTimeline([entry]);
      const store = subject.reopened();
      expect(store.timeline(channel, {}, 10)).toEqual([{ ...entry, event }]);
      expect(store.timelineEntry(event.id)).toEqual(entry);
      expect(store.timelineEnd(channel)).toEqual(entry);
    });

    it("shows the newest without a bound, in display order", () => {
      show(subject.store, 30);
      expect(ids(subject.reopened().timeline(channel, {}, 3))).toEqual([28, 29, 30]);
      expect(ids(subject.store.timeline(channel, {}, 100))).toHaveLength(30);
      expect(subject.store.timeline(channel, {}, 0)).toEqual([]);
    });

    it("pages both ways from a position, which need not be a row and is never in the page", () => {
      show(subject.store, 30);
      const store = subject.reopened();
      expect(ids(store.timeline(channel, { before: at(10) }, 3))).toEqual([7, 8, 9]);
      expect(ids(store.timeline(channel, { after: at(10) }, 3))).toEqual([11, 12, 13]);
      expect(ids(store.timeline(channel, { before: at(2) }, 3))).toEqual([1]);
      expect(ids(store.timeline(channel, { after: at(29) }, 3))).toEqual([30]);
      expect(ids(store.timeline(channel, { before: at(99) }, 2))).toEqual([29, 30]);
      expect(ids(store.timeline(channel, { after: at(0) }, 2))).toEqual([1, 2]);
    });

    it("between two positions gives the newest of what lies between", () => {
      show(subject.store, 30);
      const { store } = subject;
      expect(ids(store.timeline(channel, { after: at(3), before: at(8) }, 100))).toEqual([
        4, 5, 6, 7,
      ]);
      expect(ids(store.timeline(channel, { after: at(3), before: at(8) }, 2))).toEqual([6, 7]);
      expect(store.timeline(channel, { after: at(8), before: at(3) }, 100)).toEqual([]);
    });

    it("orders by display time, then id, whatever the hlc and the order of arrival", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1), makeEvent(2), makeEvent(3), makeEvent(4)]);
      store.putTimeline([
        entryOf(makeEvent(4), { time: 10n }),
        entryOf(makeEvent(3), { time: 20n }),
        entryOf(makeEvent(1), { time: 30n }),
        entryOf(makeEvent(2), { time: 20n }),
      ]);
      expect(ids(subject.reopened().timeline(channel, {}, 10))).toEqual([4, 2, 3, 1]);
      expect(subject.store.timelineEntry(idOf(4))!.time).toBe(10n);
    });

    it("moves a row that is put again, also to another time", () => {
      const { store } = subject;
      show(store, 3, { unread: true });
      store.putTimeline([entryOf(makeEvent(1), { time: at(9).time, late: true })]);
      const again = subject.reopened();
      expect(ids(again.timeline(channel, {}, 10))).toEqual([2, 3, 1]);
      expect(again.timelineEnd(channel)).toEqual(
        entryOf(makeEvent(1), { time: at(9).time, late: true }),
      );
      expect(again.unreadCount(channel)).toBe(2);
    });

    it("keeps channels apart", () => {
      const { store } = subject;
      show(store, 2, { unread: true });
      const other = makeEvent(9, { channel: otherChannel });
      store.putEvents([other]);
      store.putTimeline([entryOf(other, { unread: true })]);
      expect(ids(store.timeline(otherChannel, {}, 10))).toEqual([9]);
      store.markRead(otherChannel, at(99));
      expect([store.unreadCount(channel), store.unreadCount(otherChannel)]).toEqual([2, 0]);
      store.removeTimeline(channel, [other.id]);
      expect(store.timelineEntry(other.id)).not.toBeNull();
    });

    it("keeps the unread count level with every change, undone ones too", () => {
      const { store } = subject;
      expect(store.unreadCount(channel)).toBe(0);
      show(store, 6, { unread: true });
      expect(store.unreadCount(channel)).toBe(6);
      store.putTimeline([entryOf(makeEvent(6), { unread: true })]);
      expect(store.unreadCount(channel)).toBe(6);
      store.putTimeline([entryOf(makeEvent(5))]);
      expect(store.unreadCount(channel)).toBe(5);
      store.removeTimeline(channel, [idOf(4)]);
      expect(store.unreadCount(channel)).toBe(4);
      store.markRead(channel, at(2));
      expect(store.unreadCount(channel)).toBe(2);
      const undone = (): void =>
        store.transaction(() => {
          show(store, 9, { unread: true });
          expect(store.unreadCount(channel)).toBe(9);
          throw new Error("undone");
        });
      expect(undone).toThrow("undone");
      expect(store.unreadCount(channel)).toBe(2);
    });

    it("removes rows, not their events", () => {
      const { store } = subject;
      show(store, 4, { unread: true });
      store.removeTimeline(channel, [idOf(2), idOf(4), idOf(77)]);
      store.removeTimeline(otherChannel, [idOf(1)]);
      const again = subject.reopened();
      expect(ids(again.timeline(channel, {}, 10))).toEqual([1, 3]);
      expect(again.timelineEntry(idOf(2))).toBeNull();
      expect(ids([again.timelineEnd(channel)!])).toEqual([3]);
      expect(again.unreadCount(channel)).toBe(2);
      expect(again.hasEvent(idOf(2))).toBe(true);
    });

    it("shows only events that are held", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1)]);
      expect(() => store.putTimeline([entryOf(makeEvent(2))])).toThrow(RangeError);
      expect(store.timeline(channel, {}, 10)).toEqual([]);
    });

    it("shows a payload that came late", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1, { salt: null, payload: null })]);
      store.putTimeline([entryOf(makeEvent(1))]);
      store.putEvents([makeEvent(1)]);
      expect(subject.reopened().timeline(channel, {}, 1)[0]!.event).toEqual(makeEvent(1));
    });

    it("marks as read up to and including a position, and no further", () => {
      const { store } = subject;
      show(store, 10, { unread: true });
      expect(subject.reopened().unreadCount(channel)).toBe(10);
      subject.store.markRead(channel, at(4));
      expect(subject.reopened().unreadCount(channel)).toBe(6);
      expect(subject.store.timelineEntry(idOf(4))!.unread).toBe(false);
      expect(subject.store.timelineEntry(idOf(5))!.unread).toBe(true);
      subject.store.markRead(channel, at(2));
      subject.store.markRead(channel, at(99));
      expect(subject.store.unreadCount(channel)).toBe(0);
      expect(subject.store.timeline(channel, {}, 20).every(({ unread }) => !unread)).toBe(true);
    });

    it("marks by id where times are equal", () => {
      const { store } = subject;
      show(store, 4, { time: 7n, unread: true });
      store.markRead(channel, { time: 7n, id: idOf(2) });
      expect(ids(store.timeline(channel, {}, 9).filter(({ unread }) => unread))).toEqual([3, 4]);
    });

    it("pages a shuffled channel with equal times without losing or repeating a row", () => {
      const rows = fc.uniqueArray(
        fc.record({ number: fc.integer({ min: 1, max: 500 }), time: fc.bigInt(0n, 6n) }),
        {
          selector: ({ number }) => number,
          maxLength: 40,
        },
      );
      fc.assert(
        fc.property(rows, fc.integer({ min: 1, max: 9 }), (shown, limit) => {
          const { store, dispose } = makeStore();
          try {
            const events = shown.map(({ number }, i) =>
              makeEvent(number, { seq: i + 1, device: i % 2 === 0 ? alice : bob }),
            );
            store.putEvents(events);
            store.putTimeline(events.map((event, i) => entryOf(event, { time: shown[i]!.time })));
            const expected = shown
              .toSorted((a, b) => Number(a.time - b.time) || a.number - b.number)
              .map(({ number }) => number);

            const upwards: number[] = [];
            let page = store.timeline(channel, {}, limit);
            while (page.length > 0) {
              upwards.unshift(...ids(page));
              page = store.timeline(channel, { before: page[0]! }, limit);
            }
            expect(upwards).toEqual(expected);

            const downwards: number[] = [];
            page = store.timeline(channel, { after: { time: 0n, id: idOf(0) } }, limit);
            while (page.length > 0) {
              downwards.push(...ids(page));
              page = store.timeline(channel, { after: page.at(-1)! }, limit);
            }
            expect(downwards).toEqual(expected);
          } finally {
            store.close();
            dispose?.();
          }
        }),
        { numRuns: runs },
      );
    });
  });
}
