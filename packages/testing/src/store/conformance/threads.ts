import type { Store, TimelineEntry } from "@multichat/core/ports";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  channel,
  entryOf,
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherSpace,
  space,
  thread,
} from "../sample-events.ts";

export function describeThreads(makeStore: MakeStore): void {
  describe("threads and mentions", () => {
    const subject = useStore(makeStore);
    const numbers = (rows: { id: string }[]): number[] =>
      rows.map(({ id }) => Number.parseInt(id, 16));
    const inThread = (number: number, fields: Partial<TimelineEntry> = {}): TimelineEntry =>
      entryOf(makeEvent(number), { channel: thread, ...fields });

    it("are timelines of their own, under an id that is no channel", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 6));
      store.putTimeline([entryOf(makeEvent(1)), inThread(2), inThread(3), inThread(5)]);
      const again = subject.reopened();
      expect(numbers(again.timeline(thread, {}, 9))).toEqual([2, 3, 5]);
      expect(numbers(again.timeline(thread, { before: inThread(5) }, 1))).toEqual([3]);
      expect(numbers(again.timeline(channel, {}, 9))).toEqual([1]);
      expect(again.timelineEnd(thread)).toEqual(inThread(5));
      expect([again.timelineCount(thread), again.timelineCount(channel)]).toEqual([3, 1]);
      expect(again.check()).toBeNull();
    });

    it("are not taken for channels", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1)]);
      store.putTimeline([inThread(1)]);
      const again = subject.reopened();
      expect(again.holdings(space).map((feed) => feed.channel)).toEqual([channel]);
      expect(again.channelEvents(thread)).toEqual([]);
    });

    it("hold events that stand in their channel as well, each row with a state of its own", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 2));
      const both = [inThread(1, { unread: true }), entryOf(makeEvent(1), { late: true })];
      store.putTimeline([...both, inThread(2)]);
      const again = subject.reopened();
      expect(again.timelineEntries(idOf(1))).toEqual(both.toReversed());
      expect(again.timelineEntry(idOf(1))).toEqual(both[1]);
      expect(again.timelineEntry(idOf(2))).toEqual(inThread(2));
      expect(again.timelineEntries(idOf(9))).toEqual([]);
      again.removeTimeline(channel, [idOf(1)]);
      expect(again.timelineEntry(idOf(1))).toEqual(both[0]);
      again.putTimeline([inThread(1, { time: 5n })]);
      expect(again.timelineEntries(idOf(1))).toEqual([inThread(1, { time: 5n })]);
      expect([again.timelineCount(thread), again.unreadCount(thread)]).toEqual([2, 0]);
    });

    it("are refused where the id is a channel or thread of another space", () => {
      const { store } = subject;
      const foreign = makeEvent(9, { space: otherSpace, channel: foreignChannel });
      store.putEvents([makeEvent(1), foreign]);
      store.putTimeline([inThread(1)]);
      const put = (event: typeof foreign, to: typeof channel): void =>
        store.putTimeline([entryOf(event, { channel: to })]);
      expect(() => put(makeEvent(1), foreignChannel)).toThrow(RangeError);
      expect(() => put(foreign, channel)).toThrow(RangeError);
      expect(() => put(foreign, thread)).toThrow(RangeError);
      expect(() => put(makeEvent(2), idOf<typeof channel>(77))).toThrow(RangeError);
      const again = subject.reopened();
      expect(again.timelineEntries(idOf(9))).toEqual([]);
      expect(again.timelineEntries(idOf(1))).toEqual([inThread(1)]);
    });

    it("in which nothing stands any more may be one of another space", () => {
      const { store } = subject;
      const foreign = makeEvent(9, { space: otherSpace, channel: foreignChannel });
      store.putEvents([makeEvent(1), foreign]);
      store.putTimeline([inThread(1)]);
      store.removeTimeline(thread, [idOf(1)]);
      store.putTimeline([entryOf(foreign, { channel: thread })]);
      expect(store.timelineCount(thread)).toBe(1);
      const again = subject.reopened();
      expect(again.timelineEntries(idOf(9))).toEqual([entryOf(foreign, { channel: thread })]);
      expect(() => again.putTimeline([inThread(1)])).toThrow(RangeError);
    });

    it("count rows level with every change, undone ones too", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 5));
      expect(store.timelineCount(thread)).toBe(0);
      store.putTimeline([inThread(1), inThread(2), inThread(3)]);
      expect(store.timelineCount(thread)).toBe(3);
      store.putTimeline([inThread(3, { time: 1n }), inThread(4)]);
      expect(store.timelineCount(thread)).toBe(4);
      store.removeTimeline(thread, [idOf(1), idOf(5)]);
      expect(store.timelineCount(thread)).toBe(3);
      const undone = (): void =>
        store.transaction(() => {
          store.putTimeline([inThread(5)]);
          expect(store.timelineCount(thread)).toBe(4);
          throw new Error("undone");
        });
      expect(undone).toThrow("undone");
      expect(store.timelineCount(thread)).toBe(3);
      expect(subject.reopened().timelineCount(thread)).toBe(3);
    });

    it("count mentions among what is unread, until it is read", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 6));
      const counts = (from: Store): number[] => [
        from.unreadCount(channel),
        from.mentionCount(channel),
      ];
      expect(counts(store)).toEqual([0, 0]);
      const called = (number: number, unread = true): TimelineEntry =>
        entryOf(makeEvent(number), { unread, mention: true });
      store.putTimeline([called(1), called(2), entryOf(makeEvent(3), { unread: true })]);
      expect(counts(store)).toEqual([3, 2]);
      expect(store.timelineEntry(idOf(1))).toEqual(called(1));
      expect(store.timeline(channel, {}, 1)[0]).not.toHaveProperty("mention");
      store.putTimeline([called(5), called(6, false)]);
      expect(counts(store)).toEqual([4, 3]);
      expect(store.timelineEntry(idOf(6))).toEqual(entryOf(makeEvent(6)));
      store.putTimeline([entryOf(makeEvent(5), { unread: true })]);
      expect(counts(store)).toEqual([4, 2]);
      store.markRead(channel, called(1));
      expect(counts(store)).toEqual([3, 1]);
      expect(store.timelineEntry(idOf(1))).toEqual(entryOf(makeEvent(1)));
      store.removeTimeline(channel, [idOf(2)]);
      expect(counts(store)).toEqual([2, 0]);
      expect(counts(subject.reopened())).toEqual([2, 0]);
    });

    it("become unread where they are named, and only where they stand", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 4));
      store.putTimeline([entryOf(makeEvent(1)), entryOf(makeEvent(2)), inThread(1), inThread(3)]);
      const called = entryOf(makeEvent(4), { unread: true, mention: true });
      store.putTimeline([called]);
      expect(store.unreadCount(channel)).toBe(1);
      store.markUnread(channel, [idOf(1), idOf(3), idOf(4), idOf(9)]);
      store.markUnread(idOf<typeof channel>(77), [idOf(1)]);
      expect([store.unreadCount(channel), store.unreadCount(thread)]).toEqual([2, 0]);
      const again = subject.reopened();
      expect([again.unreadCount(channel), again.unreadCount(thread)]).toEqual([2, 0]);
      expect(again.timelineEntry(idOf(1))!.unread).toBe(true);
      expect(again.timelineEntry(idOf(4))).toEqual(called);
      again.markRead(channel, called);
      again.markUnread(channel, [idOf(4)]);
      expect([again.unreadCount(channel), again.mentionCount(channel)]).toEqual([1, 0]);
    });
  });
}
