/** When events are to be purged (spec/12-content.md, Expiry). */
import type { Store } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";

/** SQL that leaves out what is due at the time bound to this parameter; all is taken where that is null. */
export const notDue = (arrival: string, parameter: string): string =>
  `(${parameter} IS NULL OR NOT EXISTS (SELECT 1 FROM expiries WHERE expiries.arrival = ${arrival} AND at <= ${parameter}))`;

export function createExpiries(
  connection: Connection,
  names: Names,
): Pick<Store, "putExpiries" | "putExpiryBefore" | "expiry" | "nextExpiry"> {
  const arrivalOf = connection.query("SELECT arrival FROM events WHERE id = ?", ["integer"]);
  const put = connection.command("INSERT OR REPLACE INTO expiries (arrival, at) VALUES (?, ?)");
  const putBefore = connection.command(`
    INSERT INTO expiries (arrival, at) SELECT arrival, ?3 FROM events
    WHERE channel = ?1 AND hlc < ?2 AND (payload IS NOT NULL OR EXISTS (SELECT 1 FROM timeline WHERE timeline.arrival = events.arrival))
    ON CONFLICT (arrival) DO UPDATE SET at = min(at, excluded.at)`);
  const remove = connection.command("DELETE FROM expiries WHERE arrival = ?");
  const next = connection.query("SELECT min(at) FROM expiries WHERE at > ?", ["integer?"]);
  const of = connection.query(
    "SELECT at FROM events CROSS JOIN expiries ON expiries.arrival = events.arrival WHERE id = ?",
    ["integer"],
  );

  return {
    putExpiries: (expiries) =>
      connection.transaction(() => {
        for (const { event, at } of expiries) {
          const arrival = arrivalOf.get(idBytes(event))?.[0];
          if (arrival === undefined) throw new RangeError("only an event that is held can expire");
          if (at === null) remove.run(arrival);
          else put.run(arrival, at);
        }
      }),
    putExpiryBefore: (channel, before, at) =>
      connection.transaction(() => {
        const key = names.findChannel(channel);
        if (key !== null) putBefore.run(key, before, at);
      }),
    expiry: (event) => of.get(idBytes(event))?.[0] ?? null,
    nextExpiry: (after = Number.MIN_SAFE_INTEGER) => next.get(after)?.[0] ?? null,
  };
}
