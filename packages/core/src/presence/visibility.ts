/** Who may see a person's presence (spec/13-presence.md, Who may see it). */
import type { AccountId, SpaceId } from "@multichat/protocol";

export const visibilities = ["everyone", "members", "contacts", "nobody"] as const;
export type Visibility = (typeof visibilities)[number];
/** In one space, all are members. */
export const spaceVisibilities = ["everyone", "contacts", "nobody"] as const;
export type SpaceVisibility = (typeof spaceVisibilities)[number];
export const exceptions = ["always", "never"] as const;
export type Exception = (typeof exceptions)[number];

/** What a person has decided. */
export interface Choices {
  general: Visibility;
  spaces: ReadonlyMap<SpaceId, SpaceVisibility>;
  accounts: ReadonlyMap<AccountId, Exception>;
}

export interface Onlooker {
  account: AccountId;
  /** Another device of the same person. */
  own: boolean;
  blocked: boolean;
  /** Named, verified or introduced. */
  contact: boolean;
}

/** A space that both are in. */
export interface SharedWith {
  id: SpaceId;
  /** Two or a few people who talk, and no workspace. */
  conversation: boolean;
}

/** Whether the onlooker may see it because both are in this space. */
export function maySee(choices: Choices, who: Onlooker, space: SharedWith): boolean {
  if (who.own) return true;
  if (who.blocked) return false;
  const exception = choices.accounts.get(who.account);
  if (exception !== undefined) return exception === "always";
  switch (choices.spaces.get(space.id) ?? choices.general) {
    case "everyone":
      return true;
    case "members":
      return !space.conversation;
    case "contacts":
      return who.contact;
    case "nobody":
      return false;
  }
}
