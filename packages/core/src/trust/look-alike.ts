/** Warns of names that look like those of others (spec/10-trust.md, Look-alikes). */
import type { AccountId } from "@multichat/protocol";
import { latinLookAlike } from "./confusables.ts";

/** Accents, and everything that has no width of its own: what a hurried eye does not see. */
const unseen = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u2800\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;
const separators = /[\s._\-'’`]/gu;

/** Names with the same skeleton look alike. Empty for a name that has nothing to see. */
export function skeleton(name: string): string {
  const plain = name.normalize("NFKD").replace(unseen, "").replace(separators, "");
  return Array.from(plain, latinLookAlike).join("").replaceAll("rn", "m").replaceAll("vv", "w").normalize("NFKC");
}

/** How well somebody is known here: an impostor is whoever is known less well than the one they look like. */
export const familiarity = { self: 0, verified: 1, named: 2, contact: 3, other: 4 } as const;

export interface NamedPerson {
  account: AccountId;
  /** The name they are shown by, then others they are known by here. */
  names: readonly string[];
  familiarity: (typeof familiarity)[keyof typeof familiarity];
  /** Ms; of two that are known equally well, who came first is the one that the other looks like. */
  since: number;
}

/** Who looks like whom: an account, and the best known one of those it could be taken for. Who is verified or named is known, and in nobody's disguise. */
export function lookAlikes(people: Iterable<NamedPerson>): Map<AccountId, AccountId> {
  const all = [...people];
  const known = new Map<string, NamedPerson>();
  for (const person of all) {
    for (const shape of new Set(person.names.map(cachedSkeleton))) {
      const other = known.get(shape);
      if (shape !== "" && (other === undefined || isBetterKnown(person, other))) known.set(shape, person);
    }
  }
  const found = new Map<AccountId, AccountId>();
  for (const { account, names, familiarity: how } of all) {
    const [shown] = names;
    if (how <= familiarity.named || shown === undefined) continue;
    const original = known.get(cachedSkeleton(shown));
    if (original !== undefined && original.account !== account) found.set(account, original.account);
  }
  return found;
}

function isBetterKnown(a: NamedPerson, b: NamedPerson): boolean {
  if (a.familiarity !== b.familiarity) return a.familiarity < b.familiarity;
  return a.since !== b.since ? a.since < b.since : a.account < b.account;
}

/** Members are listed again at every change; their names seldom change. */
const cache = new Map<string, string>();
const cacheSize = 10_000;

function cachedSkeleton(name: string): string {
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (cache.size >= cacheSize) cache.clear();
  const made = skeleton(name);
  cache.set(name, made);
  return made;
}
