/** What follows when this person thinks otherwise of somebody: blocks them, trusts them, calls them something else. */
import type { Store } from "@multichat/core/ports";
import type { AccountId } from "@multichat/protocol";
import type { Pushes } from "../conversation/pushes.ts";
import { silence } from "../conversation/silence.ts";
import type { Spaces } from "../joining/spaces.ts";
import type { Notices } from "../notifications/notices.ts";
import type { Presence } from "../presence/presence.ts";
import type { TrustBook } from "./book.ts";

export function createContactChanges(deps: {
  store: Store;
  spaces: Spaces;
  book(): TrustBook;
  pushes(): Pushes;
  notices(): Pick<Notices, "changed">;
  presence(): Pick<Presence, "changed">;
}): (other: AccountId) => void {
  return (other) => {
    const pushes = deps.pushes();
    for (const space of deps.spaces.all()) {
      if (!(space.replica.state()?.members.has(other) ?? false)) continue;
      if (deps.book().blocked(other)) silence({ store: deps.store, changed: pushes.markChannel }, space, other);
      pushes.markMembers(space.id);
    }
    deps.notices().changed();
    pushes.markPeople();
    pushes.markPeers();
    deps.presence().changed();
  };
}
