import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  alice,
  bob,
  bytesOf,
  channel,
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherChannel,
  otherSpace,
} from "../sample-events.ts";

export function describeEvents(makeStore: MakeStore): void {
  describe("events", () => {
    const subject = useStore(makeStore);

    it("gives back every field of an event as it was put", () => {
      const event = makeEvent(7, {
        hlc: (1n << 63n) - 1n,
        kind: "röle.x",
        header: new Uint8Array(1024).fill(255),
        payload: new Uint8Array(65_536).fill(1),
      });
      const [arrival] = subject.store.putEvents([event]);
      expect(subject.reopened().event(event.id)).toEqual({ ...event, arrival });
    });

    it("keeps an empty payload apart from a missing one", () => {
      const [empty, missing] = [
        makeEvent(1, { payload: bytesOf() }),
        makeEvent(2, { salt: null, payload: null }),
      ];
      subject.store.putEvents([empty, missing]);
      const store = subject.reopened();
      expect(store.event(empty.id)).toMatchObject({ salt: empty.salt, payload: bytesOf() });
      expect(store.event(missing.id)).toMatchObject({ salt: null, payload: null });
    });

    it("drops the payloads of those named and of no others, and takes one up again", () => {
      const [gone, kept] = makeEvents(1, 2);
      subject.store.putEvents([gone!, kept!]);
      subject.store.dropPayloads([gone!.id, idOf(99)]);
      const store = subject.reopened();
      expect(store.event(gone!.id)).toMatchObject({
        header: gone!.header,
        salt: null,
        payload: null,
      });
      expect(store.event(kept!.id)).toMatchObject({ salt: kept!.salt, payload: kept!.payload });
      expect(store.holdings(gone!.space)[0]?.ranges).toEqual([[1, 2]]);
      expect(store.putEvents([gone!])).toEqual([0]);
      expect(store.event(gone!.id)).toMatchObject({ payload: gone!.payload });
    });

    it("knows nothing of what it was not given", () => {
      const { store } = subject;
      expect(store.event(idOf(1))).toBeNull();
      expect(store.hasEvent(idOf(1))).toBe(false);
      expect(store.eventsAt(channel, alice, 1)).toEqual([]);
      expect(store.channelEvents(channel)).toEqual([]);
      expect(store.eventsBefore(channel, null, 10)).toEqual([]);
      expect(store.feedEvents(channel, alice, 1, 10, 10)).toEqual([]);
    });

    it("numbers arrivals from 1 upwards over all spaces", () => {
      const { store } = subject;
      expect(store.putEvents(makeEvents(1, 3))).toEqual([1, 2, 3]);
      expect(
        store.putEvents([makeEvent(4, { space: otherSpace, channel: foreignChannel })]),
      ).toEqual([4]);
      expect(subject.reopened().putEvents([makeEvent(5)])).toEqual([5]);
    });

    it("answers 0 for an event it holds, also within one batch, and changes nothing", () => {
      const { store } = subject;
      const event = makeEvent(1);
      expect(store.putEvents([])).toEqual([]);
      expect(store.putEvents([event, event, makeEvent(2)])).toEqual([1, 0, 2]);
      expect(
        store.putEvents([{ ...event, payload: bytesOf(9), salt: new Uint8Array(16) }]),
      ).toEqual([0]);
      expect(subject.reopened().event(event.id)).toEqual({ ...event, arrival: 1 });
    });

    it("takes up a payload that was missing, with its salt, and keeps the arrival", () => {
      const { store } = subject;
      const whole = makeEvent(1);
      const stub = { ...whole, salt: null, payload: null };
      expect(store.putEvents([stub])).toEqual([1]);
      expect(store.putEvents([stub])).toEqual([0]);
      expect(store.putEvents([whole])).toEqual([0]);
      expect(subject.reopened().event(whole.id)).toEqual({ ...whole, arrival: 1 });
    });

    it("takes up a payload within one batch, but never loses one to a stub", () => {
      const { store } = subject;
      const whole = makeEvent(1);
      store.putEvents([{ ...whole, salt: null, payload: null }, whole]);
      store.putEvents([{ ...whole, salt: null, payload: null }]);
      expect(subject.reopened().event(whole.id)).toEqual({ ...whole, arrival: 1 });
    });

    it("says whether an event is held, payload or not", () => {
      subject.store.putEvents([makeEvent(1, { salt: null, payload: null })]);
      expect(subject.reopened().hasEvent(idOf(1))).toBe(true);
    });

    it("keeps both events of a fork, in the order they came", () => {
      const [first, second] = [makeEvent(9, { seq: 4 }), makeEvent(3, { seq: 4 })];
      subject.store.putEvents([first, second]);
      const store = subject.reopened();
      expect(store.eventsAt(channel, alice, 4)).toEqual([
        { ...first, arrival: 1 },
        { ...second, arrival: 2 },
      ]);
      expect(store.eventsAt(channel, bob, 4)).toEqual([]);
      expect(store.eventsAt(otherChannel, alice, 4)).toEqual([]);
      expect(store.eventsAt(channel, alice, 5)).toEqual([]);
    });

    it("lists a channel in (hlc, id) order whatever the order of arrival", () => {
      const events = [
        makeEvent(5, { hlc: 20n }),
        makeEvent(2, { hlc: 30n }),
        makeEvent(8, { hlc: 20n }),
        makeEvent(1, { hlc: 10n }),
      ];
      subject.store.putEvents([...events, makeEvent(3, { channel: otherChannel })]);
      expect(
        subject
          .reopened()
          .channelEvents(channel)
          .map(({ id }) => id),
      ).toEqual([idOf(1), idOf(5), idOf(8), idOf(2)]);
    });

    it("streams a channel backwards in pages, also where many share one hlc", () => {
      const events = [...makeEvents(1, 20, { hlc: 500n }), ...makeEvents(21, 40)].map((event) => {
        return { ...event, device: event.seq % 2 === 0 ? alice : bob };
      });
      subject.store.putEvents([...events.toReversed(), makeEvent(99, { channel: otherChannel })]);
      const store = subject.reopened();
      const seen: string[] = [];
      let page = store.eventsBefore(channel, null, 7);
      while (page.length > 0) {
        seen.push(...page.map(({ id }) => id));
        const { hlc, id } = page.at(-1)!;
        page = store.eventsBefore(channel, { hlc, id }, 7);
      }
      expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => idOf(40 - i)));
      expect(store.eventsBefore(channel, { hlc: 500n, id: idOf(1) }, 7)).toEqual([]);
      expect(store.eventsBefore(channel, null, 0)).toEqual([]);
    });

    it("lists a stretch of a feed upwards, holes and forks included", () => {
      const held = [...makeEvents(2, 4), ...makeEvents(8, 9), makeEvent(33, { seq: 8 })];
      subject.store.putEvents([...held.toReversed(), makeEvent(50, { seq: 3, device: bob })]);
      const store = subject.reopened();
      const seqs = (from: number, to: number, limit: number): number[] =>
        store.feedEvents(channel, alice, from, to, limit).map(({ seq }) => seq);
      expect(seqs(1, 100, 100)).toEqual([2, 3, 4, 8, 8, 9]);
      expect(seqs(3, 8, 100)).toEqual([3, 4, 8, 8]);
      expect(seqs(5, 7, 100)).toEqual([]);
      expect(seqs(1, 100, 2)).toEqual([2, 3]);
      expect(seqs(1, 100, 0)).toEqual([]);
    });

    it("lists what arrived after a number, over all channels, in the order in which it came", () => {
      const events = [makeEvent(7), makeEvent(3), makeEvent(4, { space: otherSpace, channel: foreignChannel })];
      subject.store.putEvents(events);
      const store = subject.reopened();
      const ids = (after: number, limit: number): string[] => store.arrivedAfter(after, limit).map(({ id }) => id);
      expect(ids(0, 10)).toEqual(events.map(({ id }) => id));
      expect(ids(1, 1)).toEqual([events[1]!.id]);
      expect(ids(3, 10)).toEqual([]);
    });

    it("refuses a channel that is known in another space", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1)]);
      expect(() => store.putEvents([makeEvent(2, { space: otherSpace })])).toThrow(RangeError);
      expect(subject.reopened().hasEvent(idOf(2))).toBe(false);
    });
  });
}
