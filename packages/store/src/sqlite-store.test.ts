import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStore, type StoreUnderTest } from "@multichat/testing/conformance/store";
import { createSqliteStore } from "./index.ts";

describeStore("SQLite in memory", () => ({ store: createSqliteStore({ path: ":memory:" }) }));

describeStore("SQLite on disk", onDisk, { runs: 8 });

function onDisk(): StoreUnderTest {
  const folder = mkdtempSync(join(tmpdir(), "multichat-store-"));
  const path = join(folder, "store.db");
  const subject: StoreUnderTest = {
    store: createSqliteStore({ path }),
    reopen() {
      subject.store.close();
      return createSqliteStore({ path });
    },
    dispose: () => rmSync(folder, { recursive: true }),
  };
  return subject;
}
