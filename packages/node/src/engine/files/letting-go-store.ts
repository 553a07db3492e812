/** The store as the services have it: what lets go of a payload there lets go of what only that named (spec/12-content.md, Expiry). */
import type { Store } from "@multichat/core/ports";

export function lettingGoStore(
  store: Store,
  deps: {
    /** Files that no message names any more may be there. */
    sweep(): void;
    /** Bytes of what was destroyed are to leave the files of the database. */
    settle(): void;
  },
): Store {
  const letGo = (): void => {
    deps.sweep();
    deps.settle();
  };
  return {
    ...store,
    dropPayloads(ids) {
      store.dropPayloads(ids);
      letGo();
    },
    purgeDue(at, limit) {
      const purged = store.purgeDue(at, limit);
      if (purged.events.length > 0) deps.sweep();
      return purged;
    },
    dropSpace(space) {
      store.dropSpace(space);
      letGo();
    },
  };
}
