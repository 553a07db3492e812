/** A message with as many reactions as hostile members care to send: one's own, and those of very many people. */
import { join } from "node:path";
import type { Annotation, Store, StoredEvent } from "@multichat/core/ports";
import { encodeContent, type EventId } from "@multichat/protocol";
import { createSqliteStore } from "@multichat/store";
import { atMost, figure } from "../figures/figure.ts";
import { authorOf } from "../store/messages.ts";
import type { Row } from "./row.ts";

const reactionsOfOne = 100_000;
const reactionsOfMany = 1_000_000;
const people = 50_000;
/** As they come from another member. */
const batch = 250;

const id = <T>(kind: number, number: number): T =>
  (kind.toString(16) + number.toString(16).padStart(63, "0")) as T;
const channel = id<StoredEvent["channel"]>(0xc, 1);
const payload = encodeContent("reaction", { target: id(1, 1), emoji: "👍", on: true });

export const reactions: Row = (context) => {
  const part = context.quick ? 100 : 1;
  const store = createSqliteStore({ path: join(context.folder, "reactions.db") });
  let sent = 0;

  function react(
    target: EventId,
    author: number,
    slot: string,
    sort: string | null,
  ): { event: StoredEvent; annotation: Annotation } {
    const seq = ++sent;
    const [event, hlc] = [id<EventId>(2, seq), BigInt(seq) << 16n];
    const place = {
      space: id<StoredEvent["space"]>(5, 1),
      channel,
      device: id<StoredEvent["device"]>(0xd, 1),
    };
    return {
      event: {
        id: event,
        ...place,
        seq,
        hlc,
        kind: "reaction",
        header: new Uint8Array(180),
        signature: new Uint8Array(64),
        salt: new Uint8Array(16),
        payload,
      },
      annotation: {
        target,
        kind: "reaction",
        slot,
        author: authorOf(author),
        shared: false,
        sort,
        event,
        hlc,
      },
    };
  }

  /** What the last reaction took, µs, and what the one reads who looks at it, ms. */
  function measured(
    target: EventId,
    count: number,
    one: (number: number) => ReturnType<typeof react>,
  ): { put: number; show: number } {
    let put = 0;
    for (let from = 0; from < count; from += batch) {
      const all = Array.from({ length: Math.min(batch, count - from) }, (_, i) => one(from + i));
      const before = process.cpuUsage();
      store.transaction(() => {
        store.putEvents(all.map(({ event }) => event));
        store.putAnnotations(all.map(({ annotation }) => annotation));
      });
      const { user, system } = process.cpuUsage(before);
      put = (user + system) / all.length;
    }
    return { put, show: shown(store, target) };
  }

  const [emoji, toggled, many] = [1, 2, 3].map((number) => id<EventId>(1, number)) as [
    EventId,
    EventId,
    EventId,
  ];
  context.say(`one member reacts ${(2 * reactionsOfOne) / part} times`);
  const different = measured(emoji, reactionsOfOne / part, (i) => react(emoji, 1, `${i}`, ""));
  const same = measured(toggled, reactionsOfOne / part, (i) =>
    react(toggled, 1, "👍", i % 2 === 0 ? "" : null),
  );
  context.say(`${people / part} members react ${reactionsOfMany / part} times`);
  const crowd = measured(many, reactionsOfMany / part, (i) =>
    react(many, i % (people / part), `${i % 997}`, ""),
  );
  store.close();
  const most = (reactionsOfMany / part).toLocaleString("en");
  return Promise.resolve([
    figure(
      "a message with 100,000 emoji of one member is read",
      "ms",
      [different.show],
      atMost(20),
    ),
    figure("one that a member reacted to and not 100,000 times", "ms", [same.show], atMost(20)),
    figure(`one with ${most} reactions of many members`, "ms", [crowd.show], atMost(20)),
    figure(
      "storing one more, processor time, the dearest of these",
      "µs",
      [Math.max(different.put, same.put, crowd.put)],
      atMost(500),
    ),
    figure("memory of the process then", "MB", [process.memoryUsage().rss / 2 ** 20]),
  ]);
};

function shown(store: Store, target: EventId): number {
  const about = { id: target, channel };
  const before = process.cpuUsage();
  store.reactions(about, authorOf(1), []);
  store.annotation(about, "edit", authorOf(1), "");
  store.standing(about, "pin", null, 1);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
