import { DatabaseSync } from "node:sqlite";
import { createSeededRandom } from "@multichat/testing/random";
import {
  alice,
  annotationOf,
  channel,
  entryOf,
  makeEvent,
  makeEvents,
  searchEntryOf,
} from "@multichat/testing/store";
import { expect, test } from "vitest";
import { storeErrorOf, useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";
import { openDatabase } from "./open-database.ts";
import { createStoreOn } from "./sqlite-store.ts";

const scratch = useScratch();

/** What the check of a store says whose database something else wrote to. */
function checkAfter(...tampering: string[]): string | null {
  const store = createSqliteStore({ path: scratch.path });
  const events = [...makeEvents(1, 3), ...makeEvents(6, 7), makeEvent(9)];
  store.putEvents(events);
  store.putTimeline(events.map((event) => entryOf(event)));
  store.putAnnotations(events.slice(2, 5).map((event) => annotationOf(event, events[0]!.id)));
  store.putSearch([searchEntryOf(events[3]!, "some words")]);
  expect(store.check()).toBeNull();
  store.close();
  const database = new DatabaseSync(scratch.path);
  for (const sql of ["PRAGMA foreign_keys = OFF", ...tampering]) database.exec(sql);
  database.close();
  const again = createSqliteStore({ path: scratch.path });
  const answer = again.check();
  again.close();
  return answer;
}

test.each([
  ["ranges", "UPDATE lower_ranges SET last = 4 WHERE first = 1"],
  ["ranges", "DELETE FROM lower_ranges WHERE first = 6"],
  ["ranges", "INSERT INTO lower_ranges SELECT key, 12, 14 FROM feeds"],
  ["ranges", "UPDATE feeds SET top_from = 8"],
  ["ranges", "DELETE FROM timeline WHERE arrival = 2", "DELETE FROM events WHERE arrival = 2"],
  [
    "newest event",
    "DELETE FROM timeline WHERE arrival = 6",
    "DELETE FROM events WHERE arrival = 6",
  ],
  ["newest event", "UPDATE feeds SET tip = zeroblob(32)"],
  ["no feed", "UPDATE events SET feed = 77 WHERE arrival = 1"],
  ["another channel", "UPDATE events SET channel = 77 WHERE arrival = 1"],
  ["arrival number", "UPDATE feeds SET arrival = 1000"],
  ["timeline", "DELETE FROM events WHERE arrival = 1"],
  ["timeline", "UPDATE timeline SET id = randomblob(32) WHERE arrival = 1"],
  ["another space", "UPDATE timeline SET channel = 77 WHERE arrival = 1"],
  ["an annotation is filed", "DELETE FROM timeline", "DELETE FROM events WHERE arrival = 3"],
  ["an annotation is filed", "UPDATE annotations SET arrival = 2 WHERE arrival = 3"],
  ["to expire", "INSERT INTO expiries VALUES (77, 1)"],
  ["can be found", "UPDATE search_rows SET arrival = 77"],
  ["damaged", "UPDATE search_rows SET text = 'other words'"],
  ["damaged", "DELETE FROM search_rows"],
  ["annotated last", "DELETE FROM annotated"],
  ["an annotation stands", "DELETE FROM annotations WHERE arrival = 5"],
  ["an annotation stands", "UPDATE annotations SET stands = 0"],
  ["the reactions that count", "DELETE FROM reactions"],
  ["counted wrongly", "UPDATE reaction_counts SET people = 2"],
  ["annotated last", "UPDATE annotated SET kind = 'pin'"],
])("the check finds what is wrong with: %s", (says, ...tampering) => {
  expect(checkAfter(...tampering)).toContain(says);
});

test("a store that was not tampered with is sound", () => {
  expect(checkAfter("SELECT 1")).toBeNull();
});

test("closing twice is closing once", () => {
  const store = createSqliteStore({ path: scratch.path });
  store.close();
  expect(() => store.close()).not.toThrow();
});

test("a store in use by another process says so, after waiting for it", () => {
  const database = openDatabase(scratch.path);
  const store = createStoreOn(database, createSeededRandom(1));
  database.exec("PRAGMA busy_timeout = 20");
  const other = new DatabaseSync(scratch.path);
  other.exec("BEGIN IMMEDIATE");
  const error = storeErrorOf(() => store.putEvents([makeEvent(1)]));
  expect(error).toMatchObject({ code: "io", message: expect.stringMatching(/locked/) });
  other.exec("ROLLBACK");
  other.close();
  expect(store.putEvents([makeEvent(1)])).toEqual([1]);
  expect(store.eventsAt(channel, alice, 1)).toHaveLength(1);
  store.close();
});
