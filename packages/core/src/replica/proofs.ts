/**
 * What the signatures inside control events came to, remembered with them: a space with a thousand joins would else verify
 * three thousand signatures whenever it is opened.
 */
import type { EventId } from "@multichat/protocol";
import type { Prove } from "../control/facts.ts";
import type { ControlLog } from "../control/log.ts";
import type { Store } from "../ports/index.ts";

export interface Proofs {
  prove: Prove;
  /** What the log holds by now was stored after it had been checked. */
  trustLog(): void;
}

export function createProofs(store: Store, log: ControlLog): Proofs {
  const prefix = `unproven/${log.space}/`;
  const failed = new Map(store.settings(prefix).map(({ key, value }) => [key.slice(prefix.length), value]));
  let trusted: ReadonlySet<EventId> = new Set();
  return {
    prove(id, check) {
      if (trusted.has(id)) return failed.get(id) ?? null;
      const why = check();
      // Only of what is kept: who is refused leaves nothing behind.
      if (why !== null && log.has(id)) store.putSetting(prefix + id, why);
      return why;
    },
    trustLog() {
      trusted = new Set(log.events().map(({ id }) => id));
    },
  };
}
