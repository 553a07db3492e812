/** What was purged is in no file any more. */
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Store, StoredEvent } from "@multichat/core/ports";
import { createSeededRandom } from "@multichat/testing/random";
import { annotationOf, channel, makeEvent, searchEntryOf, space } from "@multichat/testing/store";
import { expect, test } from "vitest";
import { useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";
import { annotationsPurged } from "./limits.ts";

const scratch = useScratch();
const { bytes } = createSeededRandom(7);
/** Words that share beginnings, as the index stores only how a word differs from the one before it. */
const secret = (): string =>
  Array.from({ length: 6 }, () => Buffer.from(bytes(12)).toString("hex")).join(" ");
const secretMessage = (number: number): { event: StoredEvent; text: string } => {
  const text = secret();
  return { event: makeEvent(number, { payload: Buffer.from(text), salt: bytes(16) }), text };
};

function put(store: Store, messages: { event: StoredEvent; text: string }[]): void {
  store.transaction(() => {
    store.putEvents(messages.map(({ event }) => event));
    store.putSearch(messages.map(({ event, text }) => searchEntryOf(event, text)));
  });
}

/** How many windows of 8 bytes of these texts are found in the database or its log. */
function traces(texts: readonly string[]): number {
  const windows = new Set<string>();
  for (const text of texts)
    for (const word of text.split(" "))
      for (let at = 0; at + 8 <= word.length; at++) windows.add(word.slice(at, at + 8));
  let found = 0;
  for (const file of [scratch.path, `${scratch.path}-wal`]) {
    const content = readFileSync(file).toString("latin1");
    for (let at = 0; at + 8 <= content.length; at++)
      if (windows.has(content.slice(at, at + 8))) found++;
  }
  return found;
}

function purge(store: Store, messages: { event: StoredEvent }[]): void {
  store.putExpiries(messages.map(({ event }) => ({ event: event.id, at: 1 })));
  expect(store.purgeDue(1, messages.length).events).toHaveLength(messages.length);
}

function settle(store: Store): void {
  for (let turns = 0; store.settlePurge() !== "done"; turns++) expect(turns).toBeLessThan(1000);
}

test.each([
  ["few", 5],
  ["many", 300],
])("of %s messages no eight bytes are left once it is settled", (_, count) => {
  const store = createSqliteStore({ path: scratch.path });
  const messages = Array.from({ length: 600 }, (__, i) => secretMessage(i + 1));
  for (let at = 0; at < messages.length; at += 20) put(store, messages.slice(at, at + 20));
  const gone = messages.slice(100, 100 + count);
  const texts = gone.map(({ text }) => text);
  expect(traces(texts)).toBeGreaterThan(0);
  purge(store, gone);
  expect(traces(texts)).toBeGreaterThan(0);
  settle(store);
  expect(traces(texts)).toBe(0);
  const kept = messages.at(-1)!;
  expect(store.search({ query: kept.text }, null, 9, false).events).toEqual([kept.event.id]);
  expect(store.check()).toBeNull();
  store.close();
});

test("nor of a space that was dropped", () => {
  const store = createSqliteStore({ path: scratch.path });
  const messages = Array.from({ length: 200 }, (_, i) => secretMessage(i + 1));
  put(store, messages);
  store.dropSpace(space);
  settle(store);
  expect(traces(messages.map(({ text }) => text))).toBe(0);
  store.close();
});

test("it is not settled while somebody reads what was there, and is afterwards", () => {
  const store = createSqliteStore({ path: scratch.path });
  const messages = [secretMessage(1), secretMessage(2)];
  put(store, messages);
  const reader = new DatabaseSync(scratch.path, { readOnly: true });
  reader.exec("BEGIN; SELECT * FROM events");
  purge(store, messages.slice(0, 1));
  expect(store.settlePurge()).toBe("busy");
  expect(traces([messages[0]!.text])).toBeGreaterThan(0);
  reader.exec("COMMIT");
  reader.close();
  settle(store);
  expect(traces([messages[0]!.text])).toBe(0);
  store.close();
});

test("after a restart it goes on where it was", () => {
  const messages = Array.from({ length: 300 }, (_, i) => secretMessage(i + 1));
  let store = createSqliteStore({ path: scratch.path });
  put(store, messages.slice(0, 150));
  put(store, messages.slice(150));
  purge(store, messages.slice(0, 200));
  store.close();
  store = createSqliteStore({ path: scratch.path });
  settle(store);
  expect(traces(messages.slice(0, 200).map(({ text }) => text))).toBe(0);
  store.close();
});

test("what was said about a message, however much, goes with it a slice at a time", () => {
  const store = createSqliteStore({ path: scratch.path });
  const [message, reacted] = [makeEvent(1), makeEvent(2)];
  const [reactions, deletes] = [annotationsPurged * 3 + 1, annotationsPurged + 50];
  const others = Array.from({ length: reactions + deletes }, (_, i) => makeEvent(3 + i));
  store.transaction(() => {
    store.putEvents([message, reacted, ...others]);
    const about = others.map((event, i) =>
      i < reactions
        ? annotationOf(event, message.id, { slot: `${i}` })
        : annotationOf(event, reacted.id, { kind: "delete" }),
    );
    store.putAnnotations([annotationOf(reacted, message.id, { slot: "first" }), ...about]);
    store.putExpiries([{ event: message.id, at: 1 }]);
  });
  const gone = new Set<string>();
  for (let isMore = true; isMore;) {
    const { events, more } = store.purgeDue(1, 10);
    expect(events.length).toBeLessThanOrEqual(2 * annotationsPurged + 10);
    for (const id of events) gone.add(id);
    isMore = more;
    expect(store.event(message.id)!.payload).toBeNull();
  }
  expect(gone.size).toBe(2 + reactions + deletes);
  expect([message, reacted].map(({ id }) => store.isAnnotated(id))).toEqual([false, false]);
  expect(
    store.reactions({ id: message.id, channel }, annotationOf(message, message.id).author, []),
  ).toEqual([]);
  expect(store.nextExpiry()).toBeNull();
  expect(store.check()).toBeNull();
  store.close();
});
