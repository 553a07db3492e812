import type { StoreSearch } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MakeStore, useStore } from "./fixture.ts";
import {
  carol,
  channel,
  dave,
  foreignChannel,
  idOf,
  makeEvent,
  makeEvents,
  otherChannel,
  searchEntryOf,
} from "../sample-events.ts";

const eventId = idOf<EventId>;

export function describeSearch(makeStore: MakeStore, runs: number): void {
  describe("search", () => {
    const subject = useStore(makeStore);
    const numbers = (events: readonly EventId[]): number[] =>
      events.map((id) => Number.parseInt(id, 16));

    /** Makes events 1, 2, … of these texts. */
    function fill(...texts: string[]): void {
      const { store } = subject;
      store.putEvents(makeEvents(1, texts.length));
      store.putSearch(texts.map((text, i) => searchEntryOf(makeEvent(i + 1), text)));
    }
    function found(query: string, more: Partial<StoreSearch> = {}): number[] {
      const page = subject.store.search({ query, ...more }, null, 100, false);
      expect(page).toMatchObject({ total: page.events.length, order: "newest", next: null });
      return numbers(page.events);
    }

    it("finds nothing where there is nothing", () => {
      expect(found("hello")).toEqual([]);
      expect(found("")).toEqual([]);
    });

    it("finds words and beginnings of words, all of them, the newest first", () => {
      fill("Hello there", "hell is other people", "other hello", "shello");
      subject.reopened();
      expect(found("hello")).toEqual([3, 1]);
      expect(found("HEL")).toEqual([3, 2, 1]);
      expect(found("h")).toEqual([3, 2, 1]);
      expect(found("other hel")).toEqual([3, 2]);
      expect(found("other nothing")).toEqual([]);
      expect(found("helloo")).toEqual([]);
    });

    it("finds quoted words only together, whole and in order", () => {
      fill("red house", "a house, red", "the red, house!", "red houses");
      expect(found('"red house"')).toEqual([3, 1]);
      expect(found("„red house“")).toEqual([3, 1]);
      expect(found('"house red" a')).toEqual([2]);
      expect(found('"red"')).toEqual([4, 3, 2, 1]);
      expect(found("red hou")).toEqual([4, 3, 2, 1]);
    });

    it("looks at neither case, accents nor ways of writing them", () => {
      fill("Crème brûlée", "ÜBER", "cafe\u0301", "ＷＩＤＥ");
      expect(found("creme BRULEE")).toEqual([1]);
      expect(found("uber")).toEqual([2]);
      expect(found("café")).toEqual([3]);
      expect(found("wide")).toEqual([4]);
    });

    it("finds parts of words in scripts that have no spaces", () => {
      fill(
        "東京都に住んでいます",
        "京都の寺",
        "한국어를 배웁니다",
        "สวัสดีครับ",
        "スーパーマーケット",
      );
      expect(found("京都")).toEqual([2, 1]);
      expect(found("東京")).toEqual([1]);
      expect(found("京東")).toEqual([]);
      expect(found("국어")).toEqual([3]);
      expect(found("ครับ")).toEqual([4]);
      expect(found("マーケ")).toEqual([5]);
    });

    it("takes ß for ss, in what is found and in what is looked for", () => {
      fill("die Straße", "DIE STRASSE", "GROẞ", "Strafe");
      for (const query of ["straße", "strasse", "STRASS", '"die straße"'])
        expect(found(query)).toEqual([2, 1]);
      expect(found("gross")).toEqual([3]);
      expect(found("größe")).toEqual([]);
    });

    it("finds emoji, each a word however it is drawn", () => {
      fill("done🎉 at last", "I ❤️ it", "👍🏽 and 🎉🎉", "👩‍💻", "🇩🇪", "© 1999", "\u{ff389}");
      subject.reopened();
      expect(found("🎉")).toEqual([3, 1]);
      expect(found("🎉🎉")).toEqual([3]);
      expect(found('"done 🎉"')).toEqual([1]);
      expect(found("last 🎉")).toEqual([1]);
      expect(found("❤")).toEqual([2]);
      expect(found("👍")).toEqual([3]);
      expect(found("👍🏿")).toEqual([3]);
      expect(found("👩‍💻")).toEqual([4]);
      expect(found("💻")).toEqual([4]);
      expect(found("🇩🇪")).toEqual([5]);
      expect(found("🇪🇩")).toEqual([]);
      expect(found("🍕")).toEqual([]);
      expect(found("\u{ff389}")).toEqual([]);
      const best = subject.store.search({ query: "🎉" }, null, 9, true);
      expect(numbers(best.events)).toEqual([3, 1]);
      expect(subject.store.check()).toBeNull();
    });

    it("finds the parts of a file's name, and the whole", () => {
      fill("quarterly_report-2.pdf", "report card.txt", "IMG_20240101.JPG");
      expect(found("report")).toEqual([2, 1]);
      expect(found("quarterly_report-2.pdf")).toEqual([1]);
      expect(found("quarterly_re")).toEqual([1]);
      expect(found("pdf quart")).toEqual([1]);
      expect(found(".jpg")).toEqual([3]);
      expect(found("img_2024")).toEqual([3]);
    });

    it("is narrowed by channel, author, file, time and to some events", () => {
      const { store } = subject;
      store.putEvents([...makeEvents(1, 4), makeEvent(5, { channel: otherChannel })]);
      store.putSearch([
        searchEntryOf(makeEvent(1), "x"),
        searchEntryOf(makeEvent(2), "x", { author: dave }),
        searchEntryOf(makeEvent(3), "x", { hasFile: true }),
        searchEntryOf(makeEvent(4), "y"),
        searchEntryOf(makeEvent(5, { channel: otherChannel }), "x", { author: dave }),
      ]);
      const time = (number: number): bigint => makeEvent(number).hlc;
      for (const [query, all] of [
        ["x", [5, 3, 2, 1]],
        ["", [5, 4, 3, 2, 1]],
      ] as const) {
        const only = (...some: number[]): number[] => all.filter((one) => some.includes(one));
        expect(found(query)).toEqual(all);
        expect(found(query, { channels: [channel] })).toEqual(only(1, 2, 3, 4));
        expect(found(query, { channels: [channel, otherChannel] })).toEqual(all);
        expect(found(query, { channels: [] })).toEqual([]);
        expect(found(query, { channels: [foreignChannel] })).toEqual([]);
        expect(found(query, { author: dave })).toEqual(only(2, 5));
        expect(found(query, { author: carol, channels: [otherChannel] })).toEqual([]);
        expect(found(query, { hasFile: true })).toEqual(only(3));
        expect(found(query, { hasFile: false })).toEqual(only(1, 2, 4, 5));
        expect(found(query, { before: time(3) })).toEqual(only(1, 2));
        expect(found(query, { after: time(3) })).toEqual(only(4, 5));
        expect(found(query, { after: time(1), before: time(4) })).toEqual(only(2, 3));
        const among = [eventId(1), eventId(4), eventId(99)];
        expect(found(query, { among })).toEqual(only(1, 4));
        expect(found(query, { among: [] })).toEqual([]);
      }
    });

    it("does not take what narrows it for words", () => {
      fill("word");
      expect(found(carol)).toEqual([]);
      expect(found("\u{e000}1")).toEqual([]);
      expect(found("\u{e003}")).toEqual([]);
    });

    it("finds what a text is now, not what it was", () => {
      fill("before", "other");
      subject.store.putSearch([searchEntryOf(makeEvent(1), "after", { hasFile: true })]);
      subject.reopened();
      expect(found("before")).toEqual([]);
      expect(found("after", { hasFile: true })).toEqual([1]);
      expect(found("after", { hasFile: false })).toEqual([]);
      subject.store.putSearch([searchEntryOf(makeEvent(1), "after", { hasFile: true })]);
      expect(found("after", { hasFile: true })).toEqual([1]);
      subject.store.putSearch([searchEntryOf(makeEvent(1), "after", { time: 1n })]);
      expect(found("")).toEqual([2, 1]);
      subject.store.removeSearch([eventId(1), eventId(99)]);
      expect(found("after")).toEqual([]);
      expect(subject.store.hasEvent(eventId(1))).toBe(true);
      subject.store.dropPayloads([eventId(2)]);
      expect(subject.reopened().search({ query: "" }, null, 9, false).events).toEqual([]);
      expect(subject.store.check()).toBeNull();
    });

    it("finds only events that are held", () => {
      const put = (): void => subject.store.putSearch([searchEntryOf(makeEvent(1), "x")]);
      expect(put).toThrow(RangeError);
      expect(found("x")).toEqual([]);
    });

    it("gives pages that what comes in between does not move", () => {
      fill(...Array.from({ length: 25 }, () => "same words"));
      const { store } = subject;
      for (const relevance of [false, true]) {
        const seen: number[] = [];
        let cursor: string | null = null;
        for (let next = 100; ; next++) {
          const page = store.search({ query: "same" }, cursor, 7, relevance);
          seen.push(...numbers(page.events));
          expect(page.order).toBe(relevance ? "relevance" : "newest");
          if (page.next === null) break;
          cursor = page.next;
          const fresh = makeEvent(next + (relevance ? 50 : 0));
          store.putEvents([fresh]);
          store.putSearch([searchEntryOf(fresh, "same words")]);
        }
        expect(seen.filter((number) => number < 100)).toEqual(
          Array.from({ length: 25 }, (_, i) => 25 - i),
        );
        expect(new Set(seen).size).toBe(seen.length);
      }
      expect(() => store.search({ query: "same" }, "nonsense", 7, false)).toThrow(RangeError);
    });

    it("ends a page that is the last with no next, full or not", () => {
      fill("x", "x", "x", "x");
      const { store } = subject;
      const first = store.search({ query: "x" }, null, 2, false);
      expect(store.search({ query: "x" }, first.next, 2, false).next).toBeNull();
      expect(store.search({ query: "x" }, null, 4, true).next).toBeNull();
      expect(store.search({ query: "x" }, null, 0, false).events).toEqual([]);
    });

    it("puts the best match first if asked to", () => {
      fill(
        "a house",
        "housekeeping is what it is about, and then a lot of other things as well",
        "house house",
        "house and many other things that are not what anybody looks for",
      );
      const page = subject.store.search({ query: "house" }, null, 9, true);
      expect(page).toMatchObject({ total: 4, order: "relevance" });
      expect(numbers(page.events)).toEqual([3, 1, 4, 2]);
      expect(subject.store.search({ query: "" }, null, 9, true).order).toBe("newest");
    });

    it("keeps many of one time apart", () => {
      const { store } = subject;
      store.putEvents(makeEvents(1, 300));
      const late = { time: (1n << 63n) - 1n };
      for (const { time } of [{ time: 5n }, late])
        store.putSearch(makeEvents(1, 300).map((event) => searchEntryOf(event, "x", { time })));
      expect(new Set(store.search({ query: "x" }, null, 300, false).events).size).toBe(300);
      expect(store.check()).toBeNull();
    });

    it("keeps those of one time apart whose ids were chosen to end alike", () => {
      const { store } = subject;
      const alike = Array.from({ length: 40 }, (_, i) =>
        makeEvent(i + 1, { id: eventId((i + 1) * 2 ** 40), hlc: 1n << 16n }),
      );
      store.putEvents(alike);
      store.putSearch(alike.map((event) => searchEntryOf(event, "word")));
      expect(store.search({ query: "word" }, null, 100, false).total).toBe(40);
    });

    it("takes anything that can be typed", () => {
      fill("word AND other", 'say "hi"');
      const pieces = fc.constantFrom(
        ..."\"*()^:-+{}'\\ \0\n,.“„«東か한😀🏽\ufe0f\u200d\u{ff600}🇩ßİ".match(/./gsu)!,
        ..."AND OR NOT NEAR( text: word \ud800 \u0301 हिन्दी".split(" "),
      );
      const typed = fc.oneof(
        fc.array(pieces).map((parts) => parts.join("")),
        fc.string({ unit: "binary" }),
      );
      fc.assert(
        fc.property(typed, fc.boolean(), (query, relevance) => {
          const page = subject.store.search({ query }, null, 9, relevance);
          expect(page.events.length).toBe(page.total);
        }),
        { numRuns: runs * 5 },
      );
      expect(found('AND "word')).toEqual([1]);
      expect(found("!!!")).toEqual([]);
      expect(found("  ")).toEqual([2, 1]);
      expect(found("word ".repeat(10_000))).toEqual([1]);
    });

    it("finds what is there: of any text any words of it", () => {
      const word = fc.constantFrom(
        "a",
        "ab",
        "abc",
        "b",
        "東",
        "京",
        "東京",
        "é",
        "it's",
        "x-y",
        "ß",
        "😀",
        "❤️",
      );
      const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
      fc.assert(
        fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), text, (texts, query) => {
          const { store, dispose } = makeStore();
          try {
            const events = makeEvents(1, texts.length);
            store.putEvents(events);
            store.putSearch(events.map((event, i) => searchEntryOf(event, texts[i]!)));
            for (const [i, { id }] of events.entries()) {
              expect(store.search({ query: texts[i]! }, null, 9, false).events).toContain(id);
              expect(store.search({ query: `"${texts[i]!}"` }, null, 9, true).events).toContain(id);
            }
            const quick = store.search({ query }, null, 9, false);
            const ranked = store.search({ query }, null, 9, true);
            expect(quick.events.toSorted()).toEqual(ranked.events.toSorted());
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
