/**
 * Run as a child process: puts events one transaction after another, saying on stdout how many are promised to be on the disk, until
 * it is killed.
 */
import { writeSync } from "node:fs";
import { entryOf, makeEvents } from "@multichat/testing/store";
import { createSqliteStore } from "../src/index.ts";

const [path, first] = process.argv.slice(2);
const store = createSqliteStore({ path: path! });
const stdout = 1;

for (let next = Number(first); ;) {
  const batch = makeEvents(next, next + (next % 7));
  store.transaction(() => {
    store.putEvents(batch);
    store.putTimeline(batch.map((event) => entryOf(event, { unread: true })));
  });
  next += batch.length;
  writeSync(stdout, `${next - 1}\n`);
}
