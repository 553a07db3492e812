/** Who owns a workspace, what that rests on, and how it is recovered (spec/local-api.md, spec/04-control.md, The root). */
import type { Id, Member, Person } from "./model.ts";

/** Somebody who holds a root key, or may take it over. */
export interface KeyHolder {
  /** Null: nobody this node knows. */
  person: Person | null;
  you: boolean;
  member: boolean;
  /** It is in the recovery phrase they have now; false: in one that they have replaced since. */
  current: boolean;
}

/** Somebody asks those who may take over for the root key. */
export interface OwnershipRequest {
  id: Id;
  by: Person;
  /** This account asks. */
  own: boolean;
  at: number;
  approvedBy: Person[];
  needed: number;
  /** This account has agreed. */
  approved: boolean;
}

export interface Ownership {
  owners: Person[];
  /** Who holds the root keys, which alone make and unmake owners. */
  holders: KeyHolder[];
  /** How many of them must sign together. */
  needed: number;
  /** Who can take the root key over, so many of them together; null if that was not set up. */
  recovery: { holders: KeyHolder[]; needed: number } | null;
  requests: OwnershipRequest[];
}

export interface OwnershipCommands {
  /**
   * Makes somebody an owner with the root key: the recovery phrase's `words` are needed once they were erased from this device.
   * `stay`: this account remains an owner too, else it becomes a member of the next role.
   */
  "space.transfer-ownership": [
    { space: Id; account: Id; words?: string[]; stay?: boolean },
    { member: Member; note: string },
  ];
  "ownership.get": [{ space: Id }, { ownership: Ownership }];
  /**
   * Lets `needed` of these members together take over the root key, whenever they agree. It replaces the recovery phrase: `words`
   * is the new one, which holds the root key from now on. Secret.
   */
  "ownership.set-recovery": [
    { space: Id; accounts: Id[]; needed: number; words?: string[] },
    { ownership: Ownership; words: string[] },
  ];
  /** Asks those who may take over to give the root key to this account. */
  "ownership.request": [{ space: Id }, { ownership: Ownership }];
  "ownership.withdraw": [{ space: Id }, { ownership: Ownership }];
  /** Agrees, with the recovery phrase in which this account's key is. */
  "ownership.approve": [{ space: Id; request: Id; words?: string[] }, { ownership: Ownership }];
  /**
   * Makes this account an owner: with the root key it holds, or once enough have agreed. `keep`: the other owners remain, else they
   * become members of the next role. `anew`: those who agreed may take over no more, until others (or they) are named again;
   * else they go on standing by. `override`: though this node has not heard from others lately (`not-fresh`).
   */
  "ownership.take": [
    { space: Id; words?: string[]; keep?: boolean; anew?: boolean; override?: boolean },
    { ownership: Ownership },
  ];
}

export interface OwnershipPushes {
  /** Who owns it, or requests for it (how many wait), changed. */
  ownership: { space: Id; requests: number };
}
