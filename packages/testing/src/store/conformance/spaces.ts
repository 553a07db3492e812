import type { StoredSpace } from "@multichat/core/ports";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  annotationOf,
  bytesOf,
  channel,
  entryOf,
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherSpace,
  searchEntryOf,
  space,
  thread,
} from "../sample-events.ts";
import { makeRecord } from "./records.ts";

export function makeSpace(fields: Partial<StoredSpace> = {}): StoredSpace {
  return {
    id: space,
    secret: new Uint8Array(32).fill(5),
    state: "member",
    joinedAt: 1_700_000_000_000,
    ...fields,
  };
}

export function describeSpaces(makeStore: MakeStore): void {
  describe("spaces", () => {
    const subject = useStore(makeStore);

    it("are kept in the order they came, and replaced in place", () => {
      const { store } = subject;
      store.putSpace(makeSpace());
      store.putSpace(makeSpace({ id: otherSpace, state: "joining" }));
      store.putSpace(makeSpace({ state: "left", secret: bytesOf(1) }));
      expect(subject.reopened().spaces()).toEqual([
        makeSpace({ state: "left", secret: bytesOf(1) }),
        makeSpace({ id: otherSpace, state: "joining" }),
      ]);
    });

    it("are listed only once they were put, though events of theirs are held", () => {
      subject.store.putEvents([makeEvent(1)]);
      expect(subject.reopened().spaces()).toEqual([]);
    });

    it("are forgotten whole when dropped, and others are not touched", () => {
      const { store } = subject;
      const kept = makeEvent(1, { space: otherSpace, channel: foreignChannel });
      store.putSpace(makeSpace());
      store.putSpace(makeSpace({ id: otherSpace }));
      store.putEvents([kept, ...makeEvents(2, 4), makeEvent(6)]);
      store.putTimeline([entryOf(kept, { unread: true }), entryOf(makeEvent(2), { unread: true })]);
      store.putTimeline([entryOf(makeEvent(3), { channel: thread, unread: true })]);
      store.putAnnotations([
        annotationOf(makeEvent(3), makeEvent(2).id),
        annotationOf(kept, kept.id),
      ]);
      store.putSearch([kept, ...makeEvents(2, 4)].map((event) => searchEntryOf(event, "hello")));
      store.putRecord(makeRecord());
      store.putRecord(makeRecord({ scope: otherSpace }));
      store.dropSpace(space);

      const again = subject.reopened();
      expect(again.spaces().map(({ id }) => id)).toEqual([otherSpace]);
      expect(again.hasEvent(idOf(2))).toBe(false);
      expect(again.holdings(space)).toEqual([]);
      expect(again.lastArrival(space)).toBe(0);
      expect(again.channelEvents(channel)).toEqual([]);
      expect(again.timeline(channel, {}, 9)).toEqual([]);
      expect(again.unreadCount(channel)).toBe(0);
      expect(again.timeline(thread, {}, 9)).toEqual([]);
      expect(again.unreadCount(thread)).toBe(0);
      expect(again.isAnnotated(idOf(2))).toBe(false);
      expect(again.annotated(channel, "reaction", 9)).toEqual([]);
      expect(again.records(space)).toEqual([]);

      expect(again.event(kept.id)).toEqual({ ...kept, arrival: 1 });
      expect(again.unreadCount(foreignChannel)).toBe(1);
      expect(again.annotated(foreignChannel, "reaction", 9)).toEqual([kept.id]);
      expect(again.search({ query: "hello" }, null, 9, false).events).toEqual([kept.id]);
      again.putTimeline([entryOf(kept, { channel: thread })]);
      expect(again.timelineCount(thread)).toBe(1);
      expect(again.records(otherSpace)).toHaveLength(1);
      expect(again.check()).toBeNull();
    });

    it("never see an arrival number twice, even when the newest events were dropped", () => {
      subject.store.putEvents(makeEvents(1, 3));
      subject.store.dropSpace(space);
      expect(subject.reopened().putEvents([makeEvent(1)])).toEqual([4]);
      expect(subject.store.holdings(space)[0]).toMatchObject({ ranges: [[1, 1]], arrival: 4 });
    });

    it("that are unknown can be dropped", () => {
      expect(() => subject.store.dropSpace(space)).not.toThrow();
    });
  });
}
