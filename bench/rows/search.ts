/** Finding messages among a million, as `search` does: the first page and the count of all. */
import { join } from "node:path";
import type { StoreSearch } from "@multichat/core/ports";
import { createSqliteStore } from "@multichat/store";
import { atMost, type Figure, figure } from "../figures/figure.ts";
import { authorOf, commonestWord, emoji, messagesFor } from "../store/messages.ts";
import type { Row } from "./row.ts";

const messageCount = 1_000_000;
const pageSize = 25;

export const search: Row = (context) => {
  const count = context.quick ? 20_000 : messageCount;
  const store = createSqliteStore({ path: join(context.folder, "search.db") });
  context.say(`writing ${count} messages`);
  const messages = messagesFor(store);
  const started = performance.now();
  messages.put(count);
  const figures = [
    figure("message stored and made findable", "µs", [
      ((performance.now() - started) / count) * 1000,
    ]),
  ];

  function measure(name: string, wanted: StoreSearch, relevance = false): Figure {
    let total = 0;
    const runs = Array.from({ length: context.runs * 3 }, () => {
      const before = performance.now();
      ({ total } = store.search(wanted, null, pageSize, relevance));
      return performance.now() - before;
    });
    return figure(`search: ${name} (${total.toLocaleString("en")} found)`, "ms", runs, atMost(100));
  }
  figures.push(
    measure("rare word", { query: messages.rareWord }),
    measure("commonest word", { query: commonestWord }),
    measure("one letter", { query: "t" }),
    measure("beginning of common words", { query: "that" }),
    measure("emoji", { query: emoji }),
    measure("part of a file's name", { query: "report" }),
    measure("two words", { query: "this have" }),
    measure("phrase", { query: '"of the"' }),
    measure("word, one author", { query: commonestWord, author: authorOf(150) }),
    measure("two words, best first", { query: "this have" }, true),
    measure("commonest word, best first", { query: commonestWord }, true),
  );
  store.close();
  return Promise.resolve(figures);
};
