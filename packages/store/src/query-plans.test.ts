/** No statement of the store may walk a table: its cost must not grow with the history. */
import { createSeededRandom } from "@multichat/testing/random";
import { expect, test } from "vitest";
import { openDatabase } from "./open-database.ts";
import { createStoreOn } from "./sqlite-store.ts";

const growing = [
  "events",
  "timeline",
  "annotations",
  "annotated",
  "reactions",
  "reaction_counts",
  "search_rows",
  "expiries",
  "blob_names",
  "feeds",
  "lower_ranges",
  "records",
  "settings",
];
/** Run when a space is forgotten, and there is no index for it: devices are few. */
const allowed = /^DELETE FROM devices/;

function statementsOfStore(): string[] {
  const database = openDatabase(":memory:");
  const prepared: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  };
  createStoreOn(database, createSeededRandom(1)).close();
  return prepared;
}

const database = openDatabase(":memory:");

test.each(statementsOfStore().filter((sql) => /annot|reaction/.test(sql)))(
  "sorts nothing, since a target may have any number of annotations: %s",
  (sql) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    expect(plan.filter(({ detail }) => String(detail).includes("TEMP B-TREE"))).toEqual([]);
  },
);

test.each(statementsOfStore().filter((sql) => !allowed.test(sql)))(
  "finds its rows by a key: %s",
  (sql) => {
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
    const scans = plan.filter((step) => growing.some((table) => step.startsWith(`SCAN ${table}`)));
    expect(scans).toEqual([]);
  },
);

test("the full-text index is asked for words, and gives them in the order that is wanted", () => {
  const searches = statementsOfStore().filter((sql) => sql.includes("MATCH"));
  for (const sql of searches) {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    const text = plan.map(({ detail }) => detail).join("; ");
    expect(text).toMatch(/SCAN search VIRTUAL TABLE INDEX \d+:\S*M/);
    expect(text).not.toContain("SCAN search;");
  }
  expect(searches).toHaveLength(3);
});

test("the store has statements at all", () => {
  expect(statementsOfStore().length).toBeGreaterThan(30);
});
