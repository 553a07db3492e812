import { createSeededRandom } from "@multichat/testing/random";
import { channel, entryOf, makeEvent, makeEvents, space } from "@multichat/testing/store";
import { expect, test } from "vitest";
import { storeErrorOf, useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";
import { openDatabase } from "./open-database.ts";
import { createStoreOn } from "./sqlite-store.ts";

const scratch = useScratch();

test("a full disk fails the transaction whole, and the store goes on when there is room again", () => {
  const database = openDatabase(scratch.path);
  const store = createStoreOn(database, createSeededRandom(1));
  store.putEvents(makeEvents(1, 10));

  const { page_count: pages } = database.prepare("PRAGMA page_count").get() as {
    page_count: number;
  };
  database.exec(`PRAGMA max_page_count = ${pages + 10}`);
  const large = makeEvents(11, 60, { payload: new Uint8Array(4000) });
  const error = storeErrorOf(() =>
    store.transaction(() => {
      store.putSetting("draft", "x");
      store.putEvents(large);
    }),
  );
  expect(error).toMatchObject({ code: "full", message: expect.stringMatching(/disk is full/) });
  expect(store.setting("draft")).toBeNull();
  expect(store.holdings(space)[0]!.ranges).toEqual([[1, 10]]);
  expect(store.check()).toBeNull();

  database.exec(`PRAGMA max_page_count = ${pages + 1000}`);
  expect(store.putEvents(large)[0]).toBe(11);
  store.close();
  const again = createSqliteStore({ path: scratch.path });
  expect(again.holdings(space)[0]!.ranges).toEqual([[1, 60]]);
  again.close();
});

test("work that hides the error does not get half of its writes kept", () => {
  const database = openDatabase(scratch.path);
  const store = createStoreOn(database, createSeededRandom(1));
  const { page_count: pages } = database.prepare("PRAGMA page_count").get() as {
    page_count: number;
  };
  database.exec(`PRAGMA max_page_count = ${pages + 2}`);
  const error = storeErrorOf(() =>
    store.transaction(() => {
      store.putEvents([makeEvent(1)]);
      const inner = storeErrorOf(() =>
        store.putEvents(makeEvents(2, 99, { payload: new Uint8Array(4000) })),
      );
      expect(inner?.code).toBe("full");
      expect(storeErrorOf(() => store.putTimeline([entryOf(makeEvent(1))]))?.code).toBe("full");
    }),
  );
  expect(error?.code).toBe("full");
  expect(store.channelEvents(channel)).toEqual([]);
  expect(store.timeline(channel, {}, 9)).toEqual([]);
  store.close();
});
