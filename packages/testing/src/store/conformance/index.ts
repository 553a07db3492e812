/** What every store adapter must do (packages/core/src/ports/store.ts), sentence by sentence. */
import { describe, expect, it } from "vitest";
import { describeAnnotations } from "./annotations.ts";
import { describeBlobNames } from "./blob-names.ts";
import { describeEvents } from "./events.ts";
import type { MakeStore, StoreSuiteOptions } from "./fixture.ts";
import { describeExpiry } from "./expiry.ts";
import { describeHoldings } from "./holdings.ts";
import { describeRecords } from "./records.ts";
import { describeSearch } from "./search.ts";
import { describeSettings } from "./settings.ts";
import { describeSpaces } from "./spaces.ts";
import { describeThreads } from "./threads.ts";
import { describeTimeline } from "./timeline.ts";
import { describeTransactions } from "./transactions.ts";

export type { MakeStore, StoreSuiteOptions, StoreUnderTest } from "./fixture.ts";

/** `makeStore` is called for each test, and must answer an empty store each time. */
export function describeStore(
  name: string,
  makeStore: MakeStore,
  { runs = 40 }: StoreSuiteOptions = {},
): void {
  describe(`store: ${name}`, { timeout: 60_000 }, () => {
    describeSpaces(makeStore);
    describeEvents(makeStore);
    describeHoldings(makeStore, runs);
    describeTimeline(makeStore, runs);
    describeThreads(makeStore);
    describeAnnotations(makeStore, runs);
    describeSearch(makeStore, runs);
    describeExpiry(makeStore);
    describeRecords(makeStore);
    describeBlobNames(makeStore);
    describeSettings(makeStore);
    describeTransactions(makeStore);
    describeIncarnation(makeStore);
  });
}

function describeIncarnation(makeStore: MakeStore): void {
  describe("incarnation", () => {
    it("has 16 bytes, another for each database, the same after a restart", () => {
      const [one, other] = [makeStore(), makeStore()];
      const { incarnation } = one.store;
      expect(incarnation).toHaveLength(16);
      expect(other.store.incarnation).not.toEqual(incarnation);
      if (one.reopen !== undefined) one.store = one.reopen();
      expect(one.store.incarnation).toEqual(incarnation);
      for (const { store, dispose } of [one, other]) {
        store.close();
        dispose?.();
      }
    });

    it("belongs to a store that finds itself sound", () => {
      const { store, dispose } = makeStore();
      expect(store.check()).toBeNull();
      store.close();
      dispose?.();
    });
  });
}
