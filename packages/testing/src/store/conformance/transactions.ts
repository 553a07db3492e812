import type { Store } from "@multichat/core/ports";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  annotationOf,
  carol,
  channel,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  searchEntryOf,
  space,
  thread,
} from "../sample-events.ts";
import { makeRecord } from "./records.ts";
import { makeSpace } from "./spaces.ts";

export function describeTransactions(makeStore: MakeStore): void {
  describe("transactions", () => {
    const subject = useStore(makeStore);

    const failing = (store: Store, work: () => void): void => {
      const run = (): void =>
        store.transaction(() => {
          work();
          throw new Error("changed my mind");
        });
      expect(run).toThrow("changed my mind");
    };

    it("answer what the work answers", () => {
      expect(subject.store.transaction(() => 42)).toBe(42);
    });

    it("show their own writes inside, and keep them afterwards", () => {
      const { store } = subject;
      store.transaction(() => {
        store.putEvents(makeEvents(1, 2));
        expect(store.hasEvent(idOf(2))).toBe(true);
        expect(store.holdings(space)[0]!.ranges).toEqual([[1, 2]]);
      });
      expect(subject.reopened().hasEvent(idOf(2))).toBe(true);
    });

    it("that throw leave nothing behind of any kind", () => {
      const { store } = subject;
      store.putSpace(makeSpace());
      store.putEvents([makeEvent(1), makeEvent(2, { salt: null, payload: null })]);
      store.putTimeline([entryOf(makeEvent(1), { unread: true, mention: true })]);
      store.putTimeline([entryOf(makeEvent(2), { channel: thread })]);
      store.putAnnotations([annotationOf(makeEvent(2), idOf(1))]);
      store.putSearch([searchEntryOf(makeEvent(1), "before")]);
      store.putRecord(makeRecord());
      store.putSetting("theme", "dark");
      const before = everything(store);
      failing(store, () => {
        store.putSpace(makeSpace({ state: "left" }));
        store.putEvents([makeEvent(2), ...makeEvents(3, 9)]);
        store.putTimeline([entryOf(makeEvent(3)), entryOf(makeEvent(1), { time: 5n })]);
        store.markRead(channel, entryOf(makeEvent(9)));
        store.putRecord(makeRecord({ hlc: 99n }));
        store.putSetting("theme", null);
        store.putSetting("other", "x");
        store.removeTimeline(channel, [idOf(1)]);
        store.markUnread(thread, [idOf(2)]);
        store.putAnnotations([annotationOf(makeEvent(3), idOf(1))]);
        store.removeAnnotations([idOf(2)]);
        store.putSearch(["after", "after all"].map((text) => searchEntryOf(makeEvent(1), text)));
      });
      failing(store, () => store.dropSpace(space));
      expect(everything(store)).toEqual(before);
      expect(everything(subject.reopened())).toEqual(before);
      expect(subject.store.putEvents([makeEvent(3)])).toEqual([3]);
    });

    it("nested join the outer one: it alone decides", () => {
      const { store } = subject;
      failing(store, () => store.transaction(() => store.putEvents([makeEvent(1)])));
      expect(store.hasEvent(idOf(1))).toBe(false);

      store.transaction(() => {
        store.putEvents([makeEvent(2)]);
        failing(store, () => store.putEvents([makeEvent(3)]));
        store.putEvents([makeEvent(4)]);
      });
      expect(subject.reopened().holdings(space)[0]!.ranges).toEqual([[2, 4]]);
    });

    it("go on after one failed", () => {
      const { store } = subject;
      failing(store, () => store.putEvents([makeEvent(1)]));
      expect(store.putEvents([makeEvent(1)])).toEqual([1]);
    });

    it("keep what was put before a row that was refused, if the caller goes on", () => {
      const { store } = subject;
      const bad = { ...makeEvent(3), channel, space: idOf<typeof space>(0xbad) };
      store.transaction(() => {
        expect(() => store.putEvents([...makeEvents(1, 2), bad])).toThrow(RangeError);
        store.putEvents([makeEvent(4)]);
      });
      const again = subject.reopened();
      expect(again.holdings(space)[0]!.ranges).toEqual([
        [1, 2],
        [4, 4],
      ]);
      expect(again.check()).toBeNull();
    });

    it("refuse work that waits, because it would go on after the end", () => {
      const { store } = subject;
      const waiting = (): unknown =>
        // oxlint-disable-next-line typescript/require-await
        store.transaction(async () => store.putEvents([makeEvent(1)]));
      expect(waiting).toThrow(TypeError);
      expect(store.hasEvent(idOf(1))).toBe(false);
    });
  });
}

function everything(store: Store): unknown {
  return [
    store.spaces(),
    store.channelEvents(channel),
    store.holdings(space),
    store.lastArrival(space),
    store.timeline(channel, {}, 100),
    store.unreadCount(channel),
    store.mentionCount(channel),
    store.timelineCount(channel),
    store.timeline(thread, {}, 100),
    store.unreadCount(thread),
    store.annotationsOf({ id: idOf(1), channel }, "reaction", 100),
    store.reactions({ id: idOf(1), channel }, carol, []),
    store.annotated(channel, "reaction", 100),
    store.search({ query: "before" }, null, 9, false),
    store.search({ query: "after" }, null, 9, false),
    store.records(space),
    store.settings(""),
  ];
}
