/** How this account leaves a space: on this device, on another one of it, and when the others have heard. */
import type { Received } from "@multichat/core";
import type { AccountId } from "@multichat/protocol";
import type { Author } from "../conversation/author.ts";
import type { Guarded } from "../guard.ts";
import type { OwnData } from "../accounts/own-data.ts";
import type { PrivateSpaces } from "../private/spaces.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface Leaving {
  leave(space: Space): void;
  /** Another device of this account has left. */
  leftElsewhere(space: Space): void;
  /** The members know that this account has left. */
  heard(space: Space): void;
}

export function createLeaving(deps: {
  spaces: Spaces;
  author: Author;
  account: AccountId;
  own: OwnData;
  privateSpaces: PrivateSpaces;
  pushes: Pushes;
  guarded: Guarded;
  wrote(space: Space, received: Received): void;
  /** Nothing more of this space is to be fetched. */
  left(space: Space): void;
  /** Where the account is changed. */
  moved(): void;
}): Leaving {
  const { spaces, author, pushes } = deps;

  function gone(change: () => void): void {
    deps.guarded(change);
    deps.moved();
  }

  function leave(space: Space): void {
    if (space.row.state !== "member") return;
    // Private channels go with their workspace.
    for (const child of deps.privateSpaces.childrenOf(space)) leave(child);
    deps.own.set(`space/${space.id}`, null);
    const { received } = author.control(space, "leave", { account: deps.account });
    spaces.leave(space);
    deps.wrote(space, received);
    deps.left(space);
    pushes.spaceGone(space.id);
    if ((space.replica.state()?.members.size ?? 0) === 0) gone(() => spaces.drop(space));
  }

  return {
    leave,
    leftElsewhere(space) {
      spaces.left(space);
      deps.left(space);
      pushes.spaceGone(space.id);
      gone(() => undefined);
    },
    heard: (space) => gone(() => spaces.left(space)),
  };
}
