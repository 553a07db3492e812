/** Who somebody is, as far as this account can tell, in the form of the local API (spec/local-api.md, Identity). Pure reading. */
import { type NamedPerson, familiarity, lookAlikes } from "@multichat/core";
import type { Id, Identity, PersonCard, Verification } from "@multichat/client/contract";
import type { AccountId } from "@multichat/protocol";
import type { People } from "./people.ts";
import type { Spaces } from "../joining/spaces.ts";
import type { TrustBook } from "./book.ts";
import type { AccountKeyring } from "./keys.ts";
import type { Vouches } from "./vouches.ts";

/** Names of those who vouch, beside a name. */
const vouchersShown = 3;

export interface Identities {
  /** Of all these, each compared with the others, with contacts and with oneself. `since`: when they joined, ms. */
  among<T extends { account: AccountId; since: number }>(people: Iterable<T>): (account: AccountId) => Identity;
  card(account: AccountId): PersonCard;
  /** Members of the same spaces and contacts, this account included; those of `only` if given. */
  cards(only?: ReadonlySet<AccountId>): PersonCard[];
  /** Whether anything is known of this account. */
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

  /** When they joined the first of the shared spaces, ms. */
  function everybody(): Map<AccountId, number> {
    const found = new Map<AccountId, number>([[self, 0]]);
    for (const space of spaces.shared()) {
      for (const { account, joinedAt } of space.replica.state()?.members.values() ?? []) {
        found.set(account, Math.min(joinedAt, found.get(account) ?? Number.MAX_SAFE_INTEGER));
      }
    }
    for (const account of book.accounts()) if (!found.has(account)) found.set(account, Number.MAX_SAFE_INTEGER);
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

  function among(given: Iterable<{ account: AccountId; since: number }>): (account: AccountId) => Identity {
    const list = new Map<AccountId, NamedPerson>();
    for (const one of given) list.set(one.account, named(one));
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
    const all = [...everybody()].map(([account, since]) => ({ account, since }));
    const identityOf = among(all);
    return all
      .filter(({ account }) => only === undefined || only.has(account))
      .map(({ account }) => toCard(identityOf(account)))
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  return {
    among,
    cards,
    card: (account) => cards(new Set([account]))[0] ?? toCard(identity(account, null)),
    isKnown: (account) => everybody().has(account),
    verification,
  };
}
