import { DatabaseSync } from "node:sqlite";
import {
  alice,
  annotationOf,
  carol,
  channel,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  space,
  thread,
} from "@multichat/testing/store";
import { type EventId, encodeContent } from "@multichat/protocol";
import { expect, test } from "vitest";
import { storeErrorOf, useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";
import { migrate, migrations } from "./migrations.ts";

const scratch = useScratch();
const version = (database: DatabaseSync): unknown =>
  database.prepare("PRAGMA user_version").get()!["user_version"];
const addNotes = { name: "notes", sql: "CREATE TABLE notes (text TEXT) STRICT" };

function withDatabase(work: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(scratch.path);
  work(database);
  database.close();
}

test("a database made by this release opens again with what it held", () => {
  const store = createSqliteStore({ path: scratch.path });
  store.putEvents(makeEvents(1, 3));
  store.close();
  const again = createSqliteStore({ path: scratch.path });
  expect(again.holdings(space)[0]!.ranges).toEqual([[1, 3]]);
  again.close();
});

test("a database of the first release opens with what it held, and takes up what was new since", () => {
  withDatabase((database) => {
    migrate(database, migrations.slice(0, 2));
    database.exec(`PRAGMA journal_mode = WAL;
      INSERT INTO meta VALUES ('incarnation', zeroblob(16)), ('open', 0);
      INSERT INTO spaces (key, id) VALUES (1, x'${space}');
      INSERT INTO channels VALUES (1, x'${channel}', 1);
      INSERT INTO devices VALUES (1, x'${alice}');
      INSERT INTO feeds VALUES (1, 1, 1, 1, 2, x'${idOf(2)}', 2);`);
    for (const arrival of [1, 2]) {
      const id = `x'${idOf(arrival)}'`;
      database.exec(`
        INSERT INTO events VALUES (${arrival}, ${id}, 1, 1, ${arrival}, ${arrival}, 'message', x'', x'', x'', x'');
        INSERT INTO timeline VALUES (1, ${arrival}, ${id}, ${arrival}, 1, 0);`);
    }
  });
  const store = createSqliteStore({ path: scratch.path });
  expect([store.unreadCount(channel), store.mentionCount(channel)]).toEqual([2, 0]);
  store.putTimeline([entryOf(makeEvent(1), { channel: thread })]);
  store.putAnnotations([annotationOf(makeEvent(2), idOf(1))]);
  expect(store.timelineEntries(idOf(1))).toHaveLength(2);
  expect(store.check()).toBeNull();
  store.close();
});

test("what an earlier release filed is filed again, so that what stands is found", () => {
  const [target, payload] = [
    idOf<EventId>(1),
    (on: boolean) => encodeContent("reaction", { target: idOf<EventId>(1), emoji: "👍", on }),
  ];
  const stamp = (id: number) => `x'${id.toString(16).padStart(16, "0")}${idOf(id)}'`;
  withDatabase((database) => {
    migrate(
      database,
      migrations.slice(
        0,
        migrations.findIndex(({ name }) => name === "what stands of annotations"),
      ),
    );
    database.exec(`
      INSERT INTO spaces (key, id) VALUES (1, x'${space}');
      INSERT INTO channels VALUES (1, x'${channel}', 1);
      INSERT INTO devices VALUES (1, x'${alice}');
      INSERT INTO feeds VALUES (1, 1, 1, 1, 4, x'${idOf(4)}', 4);`);
    for (const [id, author, on] of [
      [1, alice, true],
      [2, alice, true],
      [3, carol, true],
      [4, alice, false],
    ] as const) {
      const bytes = `x'${Buffer.from(payload(on)).toString("hex")}'`;
      database.exec(`
        INSERT INTO events VALUES (${id}, x'${idOf(id)}', 1, 1, ${id}, ${id}, 'reaction', x'', x'', x'', ${bytes});
        INSERT INTO annotations VALUES (x'${target}', 'reaction', '👍', x'${author}', ${stamp(id)}, ${id});`);
    }
    database.exec(`INSERT INTO annotated VALUES (1, 'reaction', x'${target}', ${stamp(4)})`);
  });
  const store = createSqliteStore({ path: scratch.path });
  expect(store.reactions({ id: target, channel }, carol, [])).toEqual([
    { emoji: "👍", count: 1, people: [carol], own: true },
  ]);
  expect(store.check()).toBeNull();
  store.close();
});

test("only steps that are missing are taken, each once", () => {
  createSqliteStore({ path: scratch.path }).close();
  withDatabase((database) => {
    migrate(database, [...migrations, addNotes]);
    migrate(database, [...migrations, addNotes]);
    expect(version(database)).toBe(migrations.length + 1);
    database.exec("INSERT INTO notes VALUES ('kept')");
  });
});

test("a step that fails is said, and nothing of it or of those before it stays", () => {
  createSqliteStore({ path: scratch.path }).close();
  withDatabase((database) => {
    const broken = {
      name: "impossible",
      sql: "CREATE TABLE half (a); ALTER TABLE nowhere ADD COLUMN b",
    };
    const error = storeErrorOf(() => migrate(database, [...migrations, addNotes, broken]));
    expect(error).toMatchObject({ code: "damaged", message: expect.stringMatching(/impossible/) });
    expect(version(database)).toBe(migrations.length);
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE name IN ('notes', 'half')")
      .all();
    expect(tables).toEqual([]);
  });
  createSqliteStore({ path: scratch.path }).close();
});

test("a step for which the disk has no room is no damage", () => {
  const large = { name: "large", sql: "CREATE TABLE large (bytes BLOB) STRICT; INSERT INTO large VALUES (zeroblob(1000000));" };
  withDatabase((database) => {
    migrate(database);
    const { page_count: pages } = database.prepare("PRAGMA page_count").get() as { page_count: number };
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const before = version(database);
    expect(storeErrorOf(() => migrate(database, [...migrations, large]))).toMatchObject({ code: "full" });
    expect(version(database)).toBe(before);
  });
});

test("a database of a newer release is refused with what to do, and left as it was", () => {
  createSqliteStore({ path: scratch.path }).close();
  withDatabase((database) => database.exec(`PRAGMA user_version = ${migrations.length + 3}`));
  const before = scratch.files();
  const error = storeErrorOf(() => createSqliteStore({ path: scratch.path }));
  expect(error).toMatchObject({
    code: "newer",
    message: expect.stringMatching(/newer Multichat.*Update/),
  });
  expect(scratch.files()).toEqual(before);
});

test("a first start that was interrupted leaves nothing in the way of the next", () => {
  const unfinished = new DatabaseSync(`${scratch.path}.new`);
  unfinished.exec("CREATE TABLE half (a)");
  unfinished.close();
  createSqliteStore({ path: scratch.path }).close();
  expect(Object.keys(scratch.files())).toEqual(["store.db"]);
});
