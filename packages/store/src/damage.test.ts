import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
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
  searchEntryOf,
  space,
} from "@multichat/testing/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storeErrorOf, useScratch } from "../test/scratch.ts";
import { createSqliteStore } from "./index.ts";

const scratch = useScratch();
const many = 400;

function fill(path: string): void {
  const store = createSqliteStore({ path });
  for (let first = 1; first <= many; first += 10) {
    const events = makeEvents(first, first + 9, { payload: new Uint8Array(300).fill(first) });
    store.transaction(() => {
      store.putEvents(events);
      store.putTimeline(events.map((event) => entryOf(event)));
      store.putSearch(events.map((event) => searchEntryOf(event, `word ${event.seq}`)));
      store.putAnnotations(events.map((event) => annotationOf(event, idOf(1))));
    });
  }
  store.close();
}

/** The files of a store whose process died: as they are at this moment, log and all. */
function fillAndDie(path: string, transactions = 20): void {
  const living = `${path}.living`;
  const store = createSqliteStore({ path: living });
  for (let i = 1; i <= transactions; i++) store.putEvents([makeEvent(i)]);
  for (const suffix of ["", "-wal", "-shm"]) copyFileSync(living + suffix, path + suffix);
  store.close();
  rmSync(living);
}

/** How opening the store is refused; fails if that changed a file. */
function refusal(): string {
  const before = scratch.files();
  const error = storeErrorOf(() => createSqliteStore({ path: scratch.path }).close());
  if (error === null) return "opened";
  expect(scratch.files()).toEqual(before);
  return `${error.code}: ${error.message}`;
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, at);
  writeFileSync(file, content);
}

function flip(file: string, at: number): void {
  overwrite(file, at, Uint8Array.of(readFileSync(file)[at]! ^ 0x10));
}

describe(
  "a database file that is not whole is refused as damaged and left as it was",
  { timeout: 60_000 },
  () => {
    test("garbage", () => {
      writeFileSync(scratch.path, "this is no database ".repeat(1000));
      expect(refusal()).toMatch(/^damaged: .*(not a database)/);
    });

    test("emptied", () => {
      fill(scratch.path);
      truncateSync(scratch.path, 0);
      expect(refusal()).toMatch(/^damaged: .*(empty)/);
    });

    test.each([1, 99, 100, 4096, 40_000])("cut off after %i bytes", (length) => {
      fill(scratch.path);
      truncateSync(scratch.path, length);
      expect(refusal()).toMatch(/^damaged: .*(cut off)/);
    });

    test.each([50, 4096, 8192])("cut off after %i bytes while its log is there", (length) => {
      fillAndDie(scratch.path);
      truncateSync(scratch.path, length);
      expect(refusal()).toMatch(/^damaged: .*(cut off|damaged)/);
    });

    test("overwritten at the beginning", () => {
      fill(scratch.path);
      overwrite(scratch.path, 0, new Uint8Array(4096).fill(0x55));
      expect(refusal()).toMatch(/^damaged: .*(not a database)/);
    });

    test("with its list of tables overwritten", () => {
      fill(scratch.path);
      overwrite(scratch.path, 100, new Uint8Array(3996).fill(0x55));
      expect(refusal()).toMatch(/^damaged: .*(damaged)/);
    });

    test("of some other program", () => {
      const other = new DatabaseSync(scratch.path);
      other.exec("CREATE TABLE bookmarks (url TEXT)");
      other.close();
      expect(refusal()).toMatch(/^damaged: .*(not one of Multichat)/);
    });

    test("gone, with its log still there", () => {
      fillAndDie(scratch.path);
      rmSync(scratch.path);
      expect(refusal()).toMatch(/^damaged: .*(missing)/);
    });
  },
);

describe(
  "a log that lost what was promised is refused as damaged and left as it was",
  { timeout: 60_000 },
  () => {
    const wal = (): string => `${scratch.path}-wal`;
    const shm = (): string => `${scratch.path}-shm`;
    const frame = 24 + 4096;

    test("(a whole one is taken)", () => {
      fillAndDie(scratch.path);
      const store = createSqliteStore({ path: scratch.path });
      expect(store.holdings(space)[0]!.ranges).toEqual([[1, 20]]);
      store.close();
    });

    test("log and index removed", () => {
      fillAndDie(scratch.path);
      rmSync(wal());
      rmSync(shm());
      expect(refusal()).toMatch(/^damaged: .*(log is missing)/);
    });

    test("removed, the index left", () => {
      fillAndDie(scratch.path);
      rmSync(wal());
      expect(refusal()).toMatch(/^damaged: .*(log is missing)/);
    });

    test("emptied", () => {
      fillAndDie(scratch.path);
      truncateSync(wal(), 0);
      expect(refusal()).toMatch(/^damaged: .*(log is missing)/);
    });

    test("cut off by one transaction", () => {
      fillAndDie(scratch.path);
      truncateSync(wal(), readFileSync(wal()).length - frame);
      expect(refusal()).toMatch(/^damaged: .*(end of the write-ahead log)/);
    });

    test("its beginning overwritten", () => {
      fillAndDie(scratch.path);
      overwrite(wal(), 0, new Uint8Array(32));
      expect(refusal()).toMatch(/^damaged: .*(beginning of the write-ahead log)/);
    });

    test("a bit flipped in the middle, with and without the index", () => {
      fillAndDie(scratch.path);
      flip(wal(), 32 + 10 * frame + 2000);
      expect(refusal()).toMatch(/^damaged: .*(write-ahead log is damaged)/);
      rmSync(shm());
      expect(refusal()).toMatch(/^damaged: .*(write-ahead log is damaged)/);
    });

    test("a bit flipped in the last transaction", () => {
      fillAndDie(scratch.path);
      flip(wal(), readFileSync(wal()).length - 1000);
      expect(refusal()).toMatch(/^damaged: .*(end of the write-ahead log)/);
    });

    test("(the last transaction cut off by a power failure, before it was promised, is not missed)", () => {
      fillAndDie(scratch.path);
      // Of the index nothing survives a power failure that can be relied on.
      rmSync(shm());
      truncateSync(wal(), readFileSync(wal()).length - 100);
      const store = createSqliteStore({ path: scratch.path });
      expect(store.holdings(space)[0]!.ranges).toEqual([[1, 19]]);
      expect(store.check()).toBeNull();
      store.close();
    });

    test("(a log that was left by a clean end is none)", () => {
      fill(scratch.path);
      expect(existsSync(wal())).toBe(false);
      expect(refusal()).toBe("opened");
    });

    test("(a store killed right after it was opened or after a space was dropped opens again)", () => {
      const living = `${scratch.path}.living`;
      const store = createSqliteStore({ path: living });
      const die = (): void => {
        for (const suffix of ["", "-wal", "-shm"])
          copyFileSync(living + suffix, scratch.path + suffix);
      };
      die();
      expect(refusal()).toBe("opened");
      store.putEvents(makeEvents(1, 50));
      store.dropSpace(space);
      die();
      expect(refusal()).toBe("opened");
      store.close();
    });
  },
);

describe("bits flipped anywhere", { timeout: 60_000 }, () => {
  /** Everything a node would ask; answers are not looked at. */
  function useAll(path: string): string | null {
    const store = createSqliteStore({ path });
    try {
      store.spaces();
      store.holdings(space);
      store.channelEvents(channel);
      store.feedEvents(channel, alice, 1, many, many);
      store.timeline(channel, {}, many);
      store.search({ query: "w" }, null, many, true);
      store.standing({ id: idOf(1), channel }, "reaction", carol, many);
      store.reactions({ id: idOf(1), channel }, carol, []);
      store.annotated(channel, "reaction", many);
      for (let i = 1; i <= many; i += 20) store.event(idOf(i));
      store.putEvents([makeEvent(many + 1)]);
      return store.check();
    } finally {
      store.close();
    }
  }

  test(
    "are an error of the store or a finding of its check, never anything else",
    { timeout: 60_000 },
    () => {
      const sound = `${scratch.path}.sound`;
      fill(sound);
      const { length } = readFileSync(sound);
      let found = 0;
      let runs = 0;
      fc.assert(
        fc.property(fc.nat({ max: length / 4096 - 1 }), (page) => {
          copyFileSync(sound, scratch.path);
          // The first bytes of a page are its structure, which SQLite can tell from nonsense; contents it cannot.
          overwrite(
            scratch.path,
            page * 4096 + (page === 0 ? 100 : 0),
            new Uint8Array(64).fill(0xa7),
          );
          let answer: string | null = null;
          const error = storeErrorOf(() => (answer = useAll(scratch.path)));
          runs++;
          if (error?.code === "damaged" || answer !== null) found++;
          for (const suffix of ["-wal", "-shm"]) rmSync(scratch.path + suffix, { force: true });
        }),
        { numRuns: 40 },
      );
      expect(found).toBe(runs);
    },
  );

  test(
    "single ones never lead to anything but an answer or an error of the store",
    { timeout: 60_000 },
    () => {
      const sound = `${scratch.path}.sound`;
      fill(sound);
      const { length } = readFileSync(sound);
      fc.assert(
        fc.property(fc.nat({ max: length - 1 }), (at) => {
          copyFileSync(sound, scratch.path);
          flip(scratch.path, at);
          const error = storeErrorOf(() => useAll(scratch.path));
          expect(["damaged", "io", undefined]).toContain(error?.code);
          for (const suffix of ["-wal", "-shm"]) rmSync(scratch.path + suffix, { force: true });
        }),
        { numRuns: 40 },
      );
    },
  );
});
