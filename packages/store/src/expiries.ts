/** When events are to be purged (spec/12-content.md, Expiry). */
import type { Store } from "@multichat/core/ports";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";

export function createExpiries(connection: Connection): Pick<Store, "putExpiries" | "nextExpiry"> {
  const arrivalOf = connection.query("SELECT arrival FROM events WHERE id = ?", ["integer"]);
  const put = connection.command("INSERT OR REPLACE INTO expiries (arrival, at) VALUES (?, ?)");
  const remove = connection.command("DELETE FROM expiries WHERE arrival = ?");
  const next = connection.query("SELECT min(at) FROM expiries", ["integer?"]);

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
    nextExpiry: () => next.get()?.[0] ?? null,
  };
}
