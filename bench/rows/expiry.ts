/** Destroying many messages that expire at once, without keeping anything else waiting for long. */
import { join } from "node:path";
import { createSqliteStore } from "@multichat/store";
import { atMost, figure } from "../figures/figure.ts";
import { messagesFor } from "../store/messages.ts";
import type { Row } from "./row.ts";

const dueCount = 100_000;
const slice = 300;

export const expiry: Row = (context) => {
  const count = context.quick ? 5_000 : dueCount;
  const store = createSqliteStore({ path: join(context.folder, "expiry.db") });
  context.say(`writing ${2 * count} messages`);
  const messages = messagesFor(store);
  messages.put(2 * count);
  const { events } = store.search({ query: "" }, null, count, false);
  store.transaction(() => store.putExpiries(events.map((event) => ({ event, at: 1 }))));

  let longest = 0;
  function timed(work: () => boolean): number {
    const started = performance.now();
    for (let isDone = false; !isDone;) {
      const before = performance.now();
      isDone = work();
      longest = Math.max(longest, performance.now() - before);
    }
    return (performance.now() - started) / 1000;
  }
  const purged = timed(() => !store.purgeDue(1, slice).more);
  const settled = timed(() => store.settlePurge() === "done");
  store.close();
  const name = count.toLocaleString("en");
  return Promise.resolve([
    figure(`${name} expired messages purged`, "s", [purged], atMost(5)),
    figure("traces of them out of the files", "s", [settled]),
    figure("longest slice of both", "ms", [longest], atMost(50)),
  ]);
};
