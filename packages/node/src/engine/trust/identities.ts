/** Who somebody is, as far as this account can tell, in the form of the local API (spec/local-api.md, Identity). Pure reading. */
import { type NamedPerson, familiarity, lookAlikes } from "@multichat/core";
import type { Id, Identity, PersonCard, Verification } from "@multichat/client/contract";
import { type AccountId, hlcTime } from "@multichat/protocol";
import type { People } from "./people.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { TrustBook } from "./book.ts";
import type { AccountKeyring } from "./keys.ts";
import type { Vouches } from "./vouches.ts";

/** Names of those who vouch, beside a name. */
const vouchersShown = 3;

export interface Identities {
  /** Of those who are or were in a space, each compared with the others, with contacts and with oneself. */
  inSpace(space: Space): (account: AccountId) => Identity;
  card(account: AccountId): PersonCard;
  /** Members of the same spaces and contacts, this account included; those of `only` if given. */
  cards(only?: ReadonlySet<AccountId>): PersonCard[];
  /** Whether anything is known of this account: it is or was in a space with this one, or is a contact. */
  isKnown(account: AccountId): boolean;
  verification(account: AccountId): Verification | null;
}

export function createIdentities(deps: {
  account: AccountId;
  people: People;
  spaces: Spaces;
  book: TrustBook;
  vouches: Vouches;
  keys: AccountKeyring;
}): Identities {
  const { account: self, people, spaces, book, vouches, keys } = deps;

  function howKnown(account: AccountId): NamedPerson["familiarity"] {
    if (account === self) return familiarity.self;
    if (book.verified(account) !== null && verification(account)?.keysChanged === false) return familiarity.verified;
    if (book.petname(account) !== null) return familiarity.named;
    return book.isContact(account) ? familiarity.contact : familiarity.other;
  }

  function named({ account, since }: { account: AccountId; since: number }): NamedPerson {
    const { shown, chosen } = people.nameOf(account);
    return { account, names: chosen === null || chosen === shown ? [shown] : [shown, chosen], familiarity: howKnown(account), since };
  }

  /** Members and contacts, and when they joined the first of the shared spaces, ms. */
  function everybody(): Joined {
    const found: Joined = new Map([[self, 0]]);
    for (const space of spaces.shared()) mergeInto(found, membersOf(space));
    for (const account of book.accounts()) if (!found.has(account)) found.set(account, Number.MAX_SAFE_INTEGER);
    return found;
  }

  /** With those who were members of any space here: their names still stand beside what they wrote. */
  function everybodyEver(): Joined {
    const found = everybody();
    for (const space of spaces.all()) mergeInto(found, formerOf(space));
    return found;
  }

  function verification(account: AccountId): Verification | null {
    const stored = book.verified(account);
    if (stored === null) return null;
    const key = keys.identityKey(account);
    return { at: stored.at, method: stored.method, keysChanged: key !== null && key !== stored.key };
  }

  function vouchedBy(account: AccountId): Identity["vouchedBy"] {
    const { chosen } = people.nameOf(account);
    const supporting = vouches.of(account).filter(({ by, claim }) => by !== self && !book.blocked(by) && claim.normalize("NFC").trim() === chosen);
    const authors = [...new Set(supporting.map(({ by }) => by))];
    return authors
      .sort((a, b) => howKnown(a) - howKnown(b))
      .slice(0, vouchersShown)
      .map(people.person);
  }

  function identity(account: AccountId, looksLike: Id | null): Identity {
    const { shown, petname, chosen } = people.nameOf(account);
    const profile = people.profile(account);
    return {
      id: account,
      name: shown,
      you: account === self,
      petname,
      chosenName: chosen,
      about: profile?.about ?? null,
      pronouns: profile?.pronouns ?? null,
      avatar: people.avatarKey(account),
      vouchedBy: vouchedBy(account),
      verified: verification(account),
      looksLike,
      contact: book.isContact(account),
      blocked: book.blocked(account),
    };
  }

  function among(joined: Joined): (account: AccountId) => Identity {
    const list = new Map<AccountId, NamedPerson>();
    for (const [account, since] of joined) list.set(account, named({ account, since }));
    for (const account of [self, ...book.accounts()]) if (!list.has(account)) list.set(account, named({ account, since: Number.MAX_SAFE_INTEGER }));
    const alike = lookAlikes(list.values());
    return (account) => identity(account, alike.get(account) ?? null);
  }

  function toCard(found: Identity): PersonCard {
    const account = found.id as AccountId;
    const shared = [...spaces.shared()].filter((space) => space.replica.state()?.members.has(account)).map(({ id }) => id);
    return {
      ...found,
      vouches: vouches.of(account).map(({ by, space, claim, until, at }) => ({ by: people.person(by), space, claim, until, at })),
      spaces: shared,
    };
  }

  function cards(only?: ReadonlySet<AccountId>): PersonCard[] {
    const identityOf = among(everybodyEver());
    return [...everybody().keys()]
      .filter((account) => only === undefined || only.has(account))
      .map((account) => toCard(identityOf(account)))
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  return {
    inSpace: (space) => among(mergeInto(membersOf(space), formerOf(space))),
    cards,
    card: (account) => toCard(among(everybodyEver())(account)),
    isKnown: (account) => everybodyEver().has(account),
    verification,
  };
}

/** By account: when they first joined, ms. */
type Joined = Map<AccountId, number>;

function mergeInto(all: Joined, more: Joined): Joined {
  for (const [account, since] of more) all.set(account, Math.min(since, all.get(account) ?? Number.MAX_SAFE_INTEGER));
  return all;
}

function membersOf(space: Space): Joined {
  return new Map([...(space.replica.state()?.members.values() ?? [])].map(({ account, joinedAt }) => [account, joinedAt]));
}

/** Who left or was removed. */
function formerOf({ replica }: Space): Joined {
  const state = replica.state();
  const found: Joined = new Map();
  for (const account of state?.departed.keys() ?? []) {
    const grants = state!.grantsOf.get(account) ?? [];
    if (grants.length > 0) found.set(account, Math.min(...grants.map(({ event }) => hlcTime(replica.log.get(event)!.header.hlc))));
  }
  return found;
}
