import type { FiledAnnotation } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  annotationOf,
  carol,
  channel,
  dave,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  otherChannel,
} from "../sample-events.ts";

const eventId = idOf<EventId>;

export function describeAnnotations(makeStore: MakeStore, runs: number): void {
  describe("annotations", () => {
    const subject = useStore(makeStore);
    const [target, other] = [eventId(1), eventId(2)];
    const numbers = (filed: FiledAnnotation[]): number[] =>
      filed.map(({ event }) => Number.parseInt(event, 16)).toSorted((a, b) => a - b);

    it("are none where nothing was filed", () => {
      const { store } = subject;
      expect(store.annotations([target])).toEqual([]);
      expect(store.annotationsOf(target, "reaction", 9)).toEqual([]);
      expect(store.annotated(channel, "reaction", 9)).toEqual([]);
      expect(() => store.removeAnnotations([target])).not.toThrow();
    });

    it("come back with their events, whether their target is held or not", () => {
      const event = makeEvent(7, { hlc: (1n << 63n) - 1n, kind: "reaction" });
      const annotation = annotationOf(event, target, { slot: "👍", author: dave });
      subject.store.putEvents([event]);
      subject.store.putAnnotations([annotation]);
      const store = subject.reopened();
      expect(store.annotations([target])).toEqual([{ ...annotation, stored: event }]);
      expect(store.annotationsOf(target, "reaction", 9)).toEqual([
        { ...annotation, stored: event },
      ]);
      expect(store.check()).toBeNull();
    });

    it("give the newest of each kind, slot and author, by (hlc, id)", () => {
      const { store } = subject;
      const events = [...makeEvents(10, 15), makeEvent(16, { hlc: makeEvent(15).hlc })];
      store.putEvents(events);
      const about = (number: number, fields = {}) =>
        annotationOf(events[number - 10]!, target, fields);
      store.putAnnotations([
        about(12),
        about(10),
        about(11, { slot: "x" }),
        about(13, { author: dave }),
        about(14, { kind: "vote" }),
        about(16, { kind: "pin" }),
        about(15, { kind: "pin" }),
      ]);
      expect(numbers(subject.reopened().annotations([target, other]))).toEqual([
        11, 12, 13, 14, 16,
      ]);
    });

    it("are asked for of many targets at once", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 12));
      store.putAnnotations([
        annotationOf(makeEvent(10), target),
        annotationOf(makeEvent(11), other),
        annotationOf(makeEvent(12), eventId(3)),
      ]);
      expect(numbers(store.annotations([other, target]))).toEqual([10, 11]);
      expect(store.annotations([])).toEqual([]);
    });

    it("of one kind about one target come the newest first, as many as asked for", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 16));
      const edits = [14, 10, 12, 11].map((number) =>
        annotationOf(makeEvent(number), target, { kind: "edit" }),
      );
      const others = [
        annotationOf(makeEvent(15), target),
        annotationOf(makeEvent(16), other, { kind: "edit" }),
      ];
      store.putAnnotations([...edits, ...others]);
      const found = (limit: number) =>
        subject.store.annotationsOf(target, "edit", limit).map(({ event }) => event);
      expect(found(9)).toEqual([14, 12, 11, 10].map((number) => eventId(number)));
      expect(found(2)).toEqual([eventId(14), eventId(12)]);
      expect(found(0)).toEqual([]);
    });

    it("filed twice are filed once", () => {
      const { store } = subject;
      store.putEvents([makeEvent(10)]);
      store.putAnnotations([annotationOf(makeEvent(10), target)]);
      store.putAnnotations([annotationOf(makeEvent(10), target)]);
      expect(store.annotationsOf(target, "reaction", 9)).toHaveLength(1);
      store.removeAnnotations([eventId(10)]);
      expect(subject.reopened().annotations([target])).toEqual([]);
    });

    it("that are removed uncover those before them", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 12));
      store.putAnnotations([10, 11, 12].map((number) => annotationOf(makeEvent(number), target)));
      store.removeAnnotations([eventId(12), eventId(99)]);
      expect(numbers(store.annotations([target]))).toEqual([11]);
      store.removeAnnotations([eventId(10), eventId(11)]);
      const again = subject.reopened();
      expect(again.annotations([target])).toEqual([]);
      expect(again.annotated(channel, "reaction", 9)).toEqual([]);
      expect(again.hasEvent(eventId(11))).toBe(true);
      expect(again.check()).toBeNull();
    });

    it("are of events that are held", () => {
      const { store } = subject;
      expect(() => store.putAnnotations([annotationOf(makeEvent(10), target)])).toThrow(RangeError);
      expect(store.annotations([target])).toEqual([]);
    });

    it("say what is annotated in a channel, that which was annotated last first", () => {
      const { store } = subject;
      const elsewhere = makeEvent(20, { channel: otherChannel });
      store.putEvents([...makeEvents(10, 14), elsewhere]);
      const pin = (number: number, about: number) =>
        annotationOf(makeEvent(number), eventId(about), { kind: "pin" });
      store.putAnnotations([pin(13, 1), pin(10, 2), pin(11, 3), pin(12, 2)]);
      store.putAnnotations([
        annotationOf(makeEvent(14), eventId(4)),
        annotationOf(elsewhere, eventId(5), { kind: "pin" }),
      ]);
      expect(store.annotated(channel, "pin", 9)).toEqual([eventId(1), eventId(2), eventId(3)]);
      expect(store.annotated(channel, "pin", 1)).toEqual([eventId(1)]);
      expect(store.annotated(otherChannel, "pin", 9)).toEqual([eventId(5)]);
      store.removeAnnotations([eventId(13), eventId(12)]);
      const again = subject.reopened();
      expect(again.annotated(channel, "pin", 9)).toEqual([eventId(3), eventId(2)]);
      expect(again.check()).toBeNull();
    });

    it("go with the payload of their event, those about it stay", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1), ...makeEvents(10, 11)]);
      store.putTimeline([entryOf(makeEvent(1))]);
      store.putAnnotations([10, 11].map((number) => annotationOf(makeEvent(number), target)));
      store.dropPayloads([target, eventId(11)]);
      expect(numbers(subject.reopened().annotations([target]))).toEqual([10]);
    });

    it("whatever is put and removed, are those that a plain list would give", () => {
      const one = fc.record({
        number: fc.integer({ min: 10, max: 40 }),
        about: fc.integer({ min: 1, max: 3 }),
        slot: fc.constantFrom("", "x"),
        author: fc.constantFrom(carol, dave),
        remove: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.array(one, { maxLength: 40 }), (steps) => {
          const { store, dispose } = makeStore();
          try {
            store.putEvents(makeEvents(10, 40, { hlc: 5n }));
            let kept: { number: number; about: number; key: string }[] = [];
            for (const { number, about, slot, author, remove } of steps) {
              kept = kept.filter((step) => step.number !== number);
              store.removeAnnotations([eventId(number)]);
              if (remove) continue;
              kept.push({ number, about, key: `${about}${slot}${author}` });
              store.putAnnotations([
                annotationOf(makeEvent(number, { hlc: 5n }), eventId(about), { slot, author }),
              ]);
            }
            const byNumber = kept.toSorted((a, b) => a.number - b.number);
            const newest = new Map(byNumber.map(({ key, number }) => [key, number]));
            expect(numbers(store.annotations([1, 2, 3].map((id) => eventId(id))))).toEqual(
              [...newest.values()].toSorted((a, b) => a - b),
            );
            const targets = new Set(byNumber.toReversed().map(({ about }) => eventId(about)));
            expect(store.annotated(channel, "reaction", 9)).toEqual([...targets]);
            expect(store.check()).toBeNull();
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
