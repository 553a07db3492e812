import {
  type Annotation,
  type FiledAnnotation,
  reactionsShown,
  type Store,
  type Target,
} from "@multichat/core/ports";
import { type AccountId, type EventId, limits } from "@multichat/protocol";
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
    const here: Target = { id: target, channel };
    const numbers = (filed: FiledAnnotation[]): number[] =>
      filed.map(({ event }) => Number.parseInt(event, 16)).toSorted((a, b) => a - b);

    /** What stands about it, of all whose word it can be. */
    const standing = (store: Store, about: Target, kind = "reaction"): number[] =>
      numbers([carol, dave, null].flatMap((author) => store.standing(about, kind, author, 99)));

    it("are none where nothing was filed", () => {
      const { store } = subject;
      expect(standing(store, here)).toEqual([]);
      expect(store.annotation(here, "reaction", carol, "")).toBeNull();
      expect(store.annotationsOf(here, "reaction", 9)).toEqual([]);
      expect(store.annotationsBy(here, "edit", carol, 9)).toEqual([]);
      expect(store.lastOfEach(here, "vote", null)).toEqual([]);
      expect(store.authorsOf(here, "reply", [], 9)).toEqual([]);
      expect(store.reactions(here, carol, [])).toEqual([]);
      expect(store.isAnnotated(target)).toBe(false);
      expect(store.annotated(channel, "reaction", 9)).toEqual([]);
      expect(() => store.removeAnnotations([target])).not.toThrow();
    });

    it("come back with their events, whether their target is held or not", () => {
      const event = makeEvent(7, { hlc: (1n << 63n) - 1n, kind: "reaction" });
      const annotation = annotationOf(event, target, { slot: "👍", author: dave, sort: "7" });
      const shared = annotationOf(event, target, { kind: "pin", shared: true });
      subject.store.putEvents([event]);
      subject.store.putAnnotations([annotation, shared]);
      const store = subject.reopened();
      const filed = { ...annotation, stored: event };
      expect(store.annotation(here, "reaction", dave, "👍")).toEqual(filed);
      expect(store.annotationsOf(here, "reaction", 9)).toEqual([filed]);
      expect(store.standing(here, "reaction", dave, 9)).toEqual([filed]);
      expect(store.standing(here, "pin", null, 9)).toEqual([{ ...shared, stored: event }]);
      expect(store.isAnnotated(target)).toBe(true);
      expect(store.check()).toBeNull();
    });

    it("are about an event of the channel they are said in", () => {
      const { store } = subject;
      const elsewhere = makeEvent(7, { channel: otherChannel });
      store.putEvents([makeEvent(1), elsewhere]);
      store.putTimeline([entryOf(makeEvent(1))]);
      store.putAnnotations([
        annotationOf(elsewhere, target, { kind: "pin", shared: true }),
        annotationOf(elsewhere, target),
      ]);
      expect([...standing(store, here), ...standing(store, here, "pin")]).toEqual([]);
      expect(store.reactions(here, carol, [])).toEqual([]);
      store.putExpiries([{ event: target, at: 5 }]);
      expect(store.purgeDue(5, 9).events).toEqual([target]);
    });

    it("stand in each slot of each author if they are the newest there, by (hlc, id), and take nothing back", () => {
      const { store } = subject;
      const events = [...makeEvents(10, 18), makeEvent(19, { hlc: makeEvent(18).hlc })];
      store.putEvents(events);
      const about = (number: number, fields: Partial<Annotation> = {}) =>
        annotationOf(events[number - 10]!, target, fields);
      store.putAnnotations([
        about(12),
        about(10),
        about(11, { slot: "x" }),
        about(14, { slot: "y", sort: null }),
        about(13, { slot: "y" }),
        about(15, { author: dave }),
        about(16, { kind: "pin", shared: true, author: dave }),
        about(17, { kind: "pin", shared: true, sort: null }),
        about(19, { kind: "item", shared: true }),
        about(18, { kind: "item", shared: true, author: dave }),
      ]);
      const again = subject.reopened();
      expect(standing(again, here)).toEqual([11, 12, 15]);
      expect(standing(again, here, "pin")).toEqual([]);
      expect(standing(again, here, "item")).toEqual([19]);
      expect(again.annotation(here, "pin", null, "")?.event).toBe(eventId(17));
      expect(again.annotation(here, "reaction", carol, "y")?.event).toBe(eventId(14));
      expect(again.check()).toBeNull();
    });

    it("that stand come in their order, as many as asked for", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 13));
      const item = (number: number, sort: string) =>
        annotationOf(makeEvent(number), target, {
          kind: "item",
          shared: true,
          slot: String(number),
          sort,
        });
      store.putAnnotations([item(10, "5"), item(11, "3"), item(13, "4"), item(12, "4")]);
      const found = (limit: number) =>
        store.standing(here, "item", null, limit).map(({ event }) => event);
      expect(found(9)).toEqual([11, 12, 13, 10].map((number) => eventId(number)));
      expect(found(2)).toEqual([eventId(11), eventId(12)]);
    });

    it("of one author come the newest first, as many as asked for", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 16));
      const edits = [14, 10, 12, 11].map((number) =>
        annotationOf(makeEvent(number), target, { kind: "edit" }),
      );
      const others = [
        annotationOf(makeEvent(15), target),
        annotationOf(makeEvent(16), other, { kind: "edit" }),
        annotationOf(makeEvent(13), target, { kind: "edit", author: dave }),
      ];
      store.putAnnotations([...edits, ...others]);
      const found = (limit: number) =>
        subject.store.annotationsBy(here, "edit", carol, limit).map(({ event }) => event);
      expect(found(9)).toEqual([14, 12, 11, 10].map((number) => eventId(number)));
      expect(found(2)).toEqual([eventId(14), eventId(12)]);
      expect(found(0)).toEqual([]);
      expect(numbers(store.annotationsOf(here, "edit", 9))).toEqual([10, 11, 12, 13, 14]);
    });

    it("are told of each author up to a time, and whose came last", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 15));
      const vote = (number: number, author: AccountId, sort: string | null = "") =>
        annotationOf(makeEvent(number), target, { kind: "vote", author, sort });
      store.putAnnotations([
        vote(10, carol),
        vote(12, carol),
        vote(14, carol, null),
        vote(11, dave),
        vote(13, dave),
      ]);
      const last = (before: bigint | null) => numbers(store.lastOfEach(here, "vote", before));
      expect(last(null)).toEqual([13, 14]);
      expect(last(makeEvent(13).hlc)).toEqual([11, 12]);
      expect(last(makeEvent(11).hlc)).toEqual([10]);
      expect(store.authorsOf(here, "vote", [], 9)).toEqual([
        { author: dave, hlc: makeEvent(13).hlc },
      ]);
      expect(store.authorsOf(here, "vote", [dave], 9)).toEqual([]);
    });

    it("filed twice are filed once", () => {
      const { store } = subject;
      store.putEvents([makeEvent(10)]);
      store.putAnnotations([annotationOf(makeEvent(10), target)]);
      store.putAnnotations([annotationOf(makeEvent(10), target)]);
      expect(store.annotationsOf(here, "reaction", 9)).toHaveLength(1);
      expect(store.reactions(here, dave, [])).toMatchObject([{ count: 1 }]);
      store.removeAnnotations([eventId(10)]);
      expect(standing(subject.reopened(), here)).toEqual([]);
    });

    it("that are removed uncover those before them", () => {
      const { store } = subject;
      store.putEvents(makeEvents(10, 12));
      store.putAnnotations([10, 11, 12].map((number) => annotationOf(makeEvent(number), target)));
      store.removeAnnotations([eventId(12), eventId(99)]);
      expect(standing(store, here)).toEqual([11]);
      store.removeAnnotations([eventId(10), eventId(11)]);
      const again = subject.reopened();
      expect(standing(again, here)).toEqual([]);
      expect(again.annotated(channel, "reaction", 9)).toEqual([]);
      expect(again.hasEvent(eventId(11))).toBe(true);
      expect(again.check()).toBeNull();
    });

    it("are of events that are held", () => {
      const { store } = subject;
      expect(() => store.putAnnotations([annotationOf(makeEvent(10), target)])).toThrow(RangeError);
      expect(store.isAnnotated(target)).toBe(false);
    });

    it("say what is annotated in a channel, that which was annotated last first", () => {
      const { store } = subject;
      const elsewhere = makeEvent(20, { channel: otherChannel });
      store.putEvents([...makeEvents(10, 15), elsewhere]);
      const pin = (number: number, about: number, fields: Partial<Annotation> = {}) =>
        annotationOf(makeEvent(number), eventId(about), { kind: "pin", shared: true, ...fields });
      store.putAnnotations([pin(13, 1), pin(10, 2), pin(11, 3), pin(12, 2)]);
      store.putAnnotations([
        annotationOf(makeEvent(14), eventId(4)),
        annotationOf(elsewhere, eventId(5), { kind: "pin" }),
      ]);
      expect(store.annotated(channel, "pin", 9)).toEqual([eventId(1), eventId(2), eventId(3)]);
      expect(store.annotated(channel, "pin", 1)).toEqual([eventId(1)]);
      expect(store.annotated(otherChannel, "pin", 9)).toEqual([eventId(5)]);
      store.removeAnnotations([eventId(13), eventId(12)]);
      expect(store.annotated(channel, "pin", 9)).toEqual([eventId(3), eventId(2)]);
      store.putAnnotations([pin(15, 3, { sort: null })]);
      const again = subject.reopened();
      expect(again.annotated(channel, "pin", 9)).toEqual([eventId(2)]);
      expect(again.check()).toBeNull();
    });

    it("go with the payload of their event, those about it stay", () => {
      const { store } = subject;
      store.putEvents([makeEvent(1), ...makeEvents(10, 11)]);
      store.putTimeline([entryOf(makeEvent(1))]);
      store.putAnnotations([10, 11].map((number) => annotationOf(makeEvent(number), target)));
      store.dropPayloads([target, eventId(11)]);
      expect(standing(subject.reopened(), here)).toEqual([10]);
    });

    it("of reactions those that count are counted, the first twenty of each account", () => {
      const { store } = subject;
      const many = limits.reactionsOfOne + 5;
      store.putEvents(makeEvents(100, 200));
      const reaction = (number: number, slot: string, fields: Partial<Annotation> = {}) =>
        annotationOf(makeEvent(number), target, { slot, ...fields });
      const hers = Array.from({ length: many }, (_, i) => reaction(100 + i, `e${i}`));
      store.putAnnotations(hers.toReversed());
      store.putAnnotations([
        reaction(200 - 1, "e9", { author: dave }),
        reaction(200 - 2, "late", { author: dave }),
      ]);
      const shown = () =>
        subject.store.reactions(here, dave, []).map(({ emoji, count }) => `${emoji} ${count}`);
      const ones = (from: number, to: number) =>
        Array.from({ length: to - from + 1 }, (_, i) => `e${from + i} 1`);
      expect(shown()).toEqual([...ones(0, 8), "e9 2", ...ones(10, 19), "late 1"]);
      // What is taken back makes room for the next.
      store.putAnnotations([reaction(180, "e3", { sort: null })]);
      expect(shown()).toEqual([...ones(0, 2), ...ones(4, 8), "e9 2", ...ones(10, 20), "late 1"]);
      store.removeAnnotations([eventId(180), eventId(100)]);
      expect(shown()).toEqual([...ones(1, 8), "e9 2", ...ones(10, 20), "late 1"]);
      expect(store.reactions(here, dave, [])[8]).toEqual({
        emoji: "e9",
        count: 2,
        people: [carol, dave],
        own: true,
      });
      expect(store.reactions(here, dave, [carol]).map(({ emoji }) => emoji)).toEqual([
        "late",
        "e9",
      ]);
      expect(subject.reopened().check()).toBeNull();
    });

    it("of reactions the same count, in whatever order they come and are taken back", () => {
      const one = fc.record({
        slot: fc.integer({ min: 0, max: 29 }).map(String),
        author: fc.constantFrom(carol, dave),
        sort: fc.constantFrom("", "", "", null),
      });
      const said = fc
        .array(one, { minLength: 20, maxLength: 60 })
        .chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all.keys()], { minLength: all.length }),
            fc.shuffledSubarray([...all.keys()], { maxLength: 5 }),
          ),
        );
      const first = 10;
      fc.assert(
        fc.property(said, ([all, order, withdrawn]) => {
          const come = (numbers: readonly number[], gone: readonly number[]) => {
            const { store, dispose } = makeStore();
            try {
              store.putEvents(makeEvents(first, first + all.length));
              for (const number of numbers)
                store.putAnnotations([
                  annotationOf(makeEvent(first + number), target, all[number]),
                ]);
              store.removeAnnotations(gone.map((number) => eventId(first + number)));
              expect(store.check()).toBeNull();
              return store.reactions(here, carol, []);
            } finally {
              store.close();
              dispose?.();
            }
          };
          const left = [...all.keys()].filter((number) => !withdrawn.includes(number));
          expect(come(order, withdrawn)).toEqual(come(left, []));
        }),
        { numRuns: runs },
      );
    });

    it("of more emoji than are shown give those of most people, and of many people the first", () => {
      const { store } = subject;
      const { emoji: emojiShown, people: peopleShown } = reactionsShown;
      const account = (number: number) => idOf<AccountId>(5_000 + number);
      const first = 1_000;
      store.putEvents(makeEvents(first, first + emojiShown + 10 + peopleShown + 1));
      const rare = Array.from({ length: emojiShown + 10 }, (_, i) =>
        annotationOf(makeEvent(first + i), target, { slot: `e${i}`, author: account(i) }),
      );
      const usual = Array.from({ length: peopleShown + 1 }, (_, i) =>
        annotationOf(makeEvent(first + emojiShown + 10 + i), target, {
          slot: "👍",
          author: account(i),
        }),
      );
      store.putAnnotations([...rare, ...usual]);
      const shown = store.reactions(here, account(peopleShown), []);
      expect(shown).toHaveLength(emojiShown);
      expect(shown.at(-1)).toEqual({
        emoji: "👍",
        count: peopleShown + 1,
        people: usual.slice(0, peopleShown).map(({ author }) => author),
        own: true,
      });
      expect(shown[0]!.emoji).toBe("e0");
      expect(store.check()).toBeNull();
    });

    it("whatever is put and removed, in whatever order, are those that a plain list would give", () => {
      const one = fc.record({
        number: fc.integer({ min: 10, max: 40 }),
        about: fc.integer({ min: 1, max: 3 }),
        slot: fc.constantFrom("", "x"),
        author: fc.constantFrom(carol, dave),
        shared: fc.boolean(),
        sort: fc.constantFrom("", "a", null),
        remove: fc.boolean(),
      });
      fc.assert(
        fc.property(fc.array(one, { maxLength: 40 }), (steps) => {
          const { store, dispose } = makeStore();
          try {
            store.putEvents(makeEvents(10, 40, { hlc: 5n }));
            let kept: { number: number; about: number; key: string; stands: boolean }[] = [];
            for (const { number, about, slot, author, shared, sort, remove } of steps) {
              kept = kept.filter((step) => step.number !== number);
              store.removeAnnotations([eventId(number)]);
              if (remove) continue;
              kept.push({
                number,
                about,
                key: `${about}${slot}${shared ? "" : author}`,
                stands: sort !== null,
              });
              store.putAnnotations([
                annotationOf(makeEvent(number, { hlc: 5n }), eventId(about), {
                  slot,
                  author,
                  shared,
                  sort,
                }),
              ]);
            }
            const newest = new Map(
              kept.toSorted((a, b) => a.number - b.number).map((step) => [step.key, step]),
            );
            const stand = [...newest.values()]
              .filter(({ stands }) => stands)
              .toSorted((a, b) => a.number - b.number);
            const found = [1, 2, 3].flatMap((about) =>
              standing(store, { id: eventId(about), channel }),
            );
            expect(found.toSorted((a, b) => a - b)).toEqual(stand.map(({ number }) => number));
            const targets = new Set(stand.toReversed().map(({ about }) => eventId(about)));
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
