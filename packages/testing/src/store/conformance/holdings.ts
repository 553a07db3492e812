import type { FeedHoldings, Store } from "@multichat/core/ports";
import type { ChannelId, DeviceId } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  alice,
  bob,
  channel,
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherChannel,
  otherSpace,
  space,
} from "../sample-events.ts";

export function describeHoldings(makeStore: MakeStore, runs: number): void {
  describe("holdings", () => {
    const subject = useStore(makeStore);

    it("are empty for a space nothing is held of", () => {
      expect(subject.store.holdings(space)).toEqual([]);
      expect(subject.store.lastArrival(space)).toBe(0);
    });

    it("grow with a feed and name its newest event", () => {
      subject.store.putEvents(makeEvents(1, 3));
      subject.reopened().putEvents(makeEvents(4, 5));
      expect(subject.reopened().holdings(space)).toEqual([
        { channel, device: alice, ranges: [[1, 5]], tip: idOf(5), arrival: 5 },
      ]);
    });

    it("stand apart for each channel, device and space", () => {
      subject.store.putEvents([
        makeEvent(1),
        makeEvent(2, { device: bob, seq: 1 }),
        makeEvent(3, { channel: otherChannel, seq: 1 }),
        makeEvent(4, { space: otherSpace, channel: foreignChannel, seq: 1 }),
      ]);
      const store = subject.reopened();
      expect(sorted(store.holdings(space))).toEqual(
        sorted([
          { channel, device: alice, ranges: [[1, 1]], tip: idOf(1), arrival: 1 },
          { channel, device: bob, ranges: [[1, 1]], tip: idOf(2), arrival: 2 },
          { channel: otherChannel, device: alice, ranges: [[1, 1]], tip: idOf(3), arrival: 3 },
        ]),
      );
      expect(store.holdings(otherSpace)).toHaveLength(1);
      expect(store.lastArrival(space)).toBe(3);
      expect(store.lastArrival(otherSpace)).toBe(4);
    });

    it("join ranges when a hole is filled, and keep tip and arrival apart", () => {
      const { store } = subject;
      store.putEvents([...makeEvents(8, 9), ...makeEvents(3, 4)]);
      expect(store.holdings(space)[0]).toMatchObject({
        ranges: [
          [3, 4],
          [8, 9],
        ],
        tip: idOf(9),
        arrival: 4,
      });
      store.putEvents(makeEvents(5, 7));
      expect(subject.reopened().holdings(space)[0]).toMatchObject({
        ranges: [[3, 9]],
        tip: idOf(9),
        arrival: 7,
      });
    });

    it("count a seq once however often it forked; the tip is the first that came", () => {
      subject.store.putEvents([makeEvent(9, { seq: 2 }), makeEvent(3, { seq: 2 })]);
      const [row] = subject.reopened().holdings(space);
      expect(row).toMatchObject({ ranges: [[2, 2]], tip: idOf(9), arrival: 2 });
    });

    it("are not changed by what was held already or by a late payload", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1, { salt: null, payload: null })]);
      const before = store.holdings(space);
      store.putEvents([makeEvent(1)]);
      expect(subject.reopened().holdings(space)).toEqual(before);
    });

    it("are the caller's to change", () => {
      subject.store.putEvents(makeEvents(1, 3));
      subject.store.holdings(space)[0]!.ranges[0]![1] = 99;
      expect(subject.store.holdings(space)[0]!.ranges).toEqual([[1, 3]]);
    });

    it("are what a naive model says, in any order of arrival, over failed transactions and restarts", () => {
      const feeds: [ChannelId, DeviceId][] = [
        [channel, alice],
        [channel, bob],
        [otherChannel, alice],
      ];
      const put = fc.record({
        feed: fc.nat({ max: feeds.length - 1 }),
        seq: fc.integer({ min: 1, max: 24 }),
        branch: fc.constantFrom(0, 0, 0, 1),
      });
      const batch = fc.record({
        puts: fc.array(put, { maxLength: 12 }),
        fails: fc.boolean(),
        restarts: fc.boolean(),
      });

      fc.assert(
        fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
          const tested = makeStore();
          const model = new Model();
          try {
            for (const { puts, fails, restarts } of batches) {
              const events = puts.map(({ feed, seq, branch }) => {
                const [ofChannel, device] = feeds[feed]!;
                return makeEvent((feed * 100 + seq) * 2 + branch, {
                  channel: ofChannel,
                  device,
                  seq,
                });
              });
              if (fails) putAndFail(tested.store, events);
              const arrivals = fails ? [] : tested.store.putEvents(events);
              expect(arrivals).toEqual(fails ? [] : events.map((event) => model.put(event)));
              if (restarts && tested.reopen !== undefined) tested.store = tested.reopen();
              expect(sorted(tested.store.holdings(space))).toEqual(sorted(model.holdings()));
              expect(tested.store.lastArrival(space)).toBe(model.arrivals);
            }
            expect(tested.store.check()).toBeNull();
          } finally {
            tested.store.close();
            tested.dispose?.();
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

function putAndFail(store: Store, events: Put[]): void {
  const failing = (): void =>
    store.transaction(() => {
      store.putEvents(events);
      throw new Error("taken back");
    });
  expect(failing).toThrow("taken back");
}

type Put = Parameters<Store["putEvents"]>[0][number];

/** Every event in a list; ranges are counted out anew each time. */
class Model {
  arrivals = 0;
  readonly #held: (Put & { arrival: number })[] = [];

  put(event: Put): number {
    if (this.#held.some(({ id }) => id === event.id)) return 0;
    this.arrivals++;
    this.#held.push({ ...event, arrival: this.arrivals });
    return this.arrivals;
  }

  holdings(): FeedHoldings[] {
    const feeds = Map.groupBy(this.#held, (event) => event.channel + event.device);
    return [...feeds.values()].map((events) => {
      const seqs = new Set(events.map(({ seq }) => seq));
      const highest = Math.max(...seqs);
      const ranges: [number, number][] = [];
      for (let seq = 1; seq <= highest; seq++) {
        if (!seqs.has(seq)) continue;
        if (seqs.has(seq - 1)) ranges.at(-1)![1] = seq;
        else ranges.push([seq, seq]);
      }
      const { channel: ofChannel, device } = events[0]!;
      const tip = events.find(({ seq }) => seq === highest)!.id;
      return { channel: ofChannel, device, ranges, tip, arrival: events.at(-1)!.arrival };
    });
  }
}

const sorted = (rows: FeedHoldings[]): FeedHoldings[] =>
  rows.toSorted((a, b) => (a.channel + a.device < b.channel + b.device ? -1 : 1));
