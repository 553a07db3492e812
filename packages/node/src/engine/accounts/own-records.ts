/** What this device makes known of its person and itself, given to the members of its spaces. */
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { Sync } from "@multichat/net/sync";
import type { People } from "../trust/people.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

export interface OwnRecords {
  /** Keeps a record of this device and gives it to the members of one space, or of all. */
  publish(record: StoredRecord, only?: Space): void;
  /** Where this device can be reached. */
  publishAddresses(addresses: string[]): void;
}

export function createOwnRecords(deps: { store: Store; spaces: Spaces; people: People; sync(): Sync; pushes(): Pushes }): OwnRecords {
  const { store, spaces, people } = deps;

  function publish(record: StoredRecord, only?: Space): void {
    store.transaction(() => store.putRecord(record));
    for (const space of only === undefined ? spaces.shared() : [only]) {
      space.replica.touch();
      deps.sync().spreadRecords(space.id, [record], "self");
      deps.pushes().markMembers(space.id);
    }
    deps.pushes().markPeople();
  }

  return {
    publish,
    publishAddresses(addresses) {
      const record = people.signAddresses(addresses);
      if (record !== null) publish(record);
    },
  };
}
