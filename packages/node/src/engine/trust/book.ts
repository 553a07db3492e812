/**
 * What this person thinks of others: petnames, verifications, blocks, contacts (spec/10-trust.md, Own data). Kept with the
 * person's own data, on all their devices; here as they are needed, in memory.
 */
import type { AccountId, IntroductionPeer } from "@multichat/protocol";
import { parseAccountId } from "@multichat/protocol";
import { z } from "zod";
import type { OwnData } from "../accounts/own-data.ts";

const id = z.string().regex(/^[0-9a-f]{64}$/);
const verification = z.object({ at: z.number(), method: z.enum(["digits", "qr"]), key: id });
const contact = z.object({
  at: z.number(),
  by: id,
  name: z.string(),
  peers: z.array(z.object({ device: id, addresses: z.array(z.string()) })),
});
const block = z.object({ at: z.number() });

export type StoredVerification = z.infer<typeof verification>;

export interface StoredContact {
  at: number;
  by: AccountId;
  name: string;
  peers: IntroductionPeer[];
}

export interface TrustBook {
  petname(account: AccountId): string | null;
  verified(account: AccountId): StoredVerification | null;
  blocked(account: AccountId): boolean;
  allBlocked(): AccountId[];
  introduced(account: AccountId): StoredContact | null;
  /** Named, verified or introduced. */
  isContact(account: AccountId): boolean;
  /** Everybody of whom something is said here. */
  accounts(): Set<AccountId>;
  /** Null takes the petname away. */
  name(account: AccountId, petname: string | null): void;
  verify(account: AccountId, verification: StoredVerification): void;
  block(account: AccountId, at: number | null): void;
  introduce(account: AccountId, contact: StoredContact): void;
}

export function createTrustBook(deps: {
  own: OwnData;
  /** Of whom something else is said now. */
  changed(account: AccountId): void;
}): TrustBook {
  const { own } = deps;
  const petnames = new Map<AccountId, string>();
  const verifications = new Map<AccountId, StoredVerification>();
  const contacts = new Map<AccountId, StoredContact>();
  const blocks = new Map<AccountId, { at: number }>();
  const kinds: { [kind: string]: (account: AccountId, value: string | null) => void } = {
    petname: (account, value) => put(petnames, account, value === "" ? null : value),
    verified: (account, value) => put(verifications, account, parsed(verification, value)),
    contact: (account, value) => put(contacts, account, parsed(contact, value) as StoredContact | null),
    block: (account, value) => put(blocks, account, parsed(block, value)),
  };

  function take(key: string, value: string | null): AccountId | null {
    const [kind, rest] = key.split("/");
    const account = parseAccountId(rest ?? "");
    const known = kinds[kind ?? ""];
    if (known === undefined || account === null) return null;
    known(account, value);
    return account;
  }

  for (const kind of Object.keys(kinds)) for (const { key, value } of own.entries(`${kind}/`)) take(key, value);
  own.onChange((key, value) => {
    const account = take(key, value);
    if (account !== null) deps.changed(account);
  });

  const isContact = (account: AccountId): boolean => petnames.has(account) || verifications.has(account) || contacts.has(account);

  return {
    petname: (account) => petnames.get(account) ?? null,
    verified: (account) => verifications.get(account) ?? null,
    blocked: (account) => blocks.has(account),
    allBlocked: () => [...blocks.keys()],
    introduced: (account) => contacts.get(account) ?? null,
    isContact,
    accounts: () => new Set([...petnames.keys(), ...verifications.keys(), ...contacts.keys(), ...blocks.keys()]),
    name: (account, petname) => void own.set(`petname/${account}`, petname),
    verify: (account, value) => void own.set(`verified/${account}`, JSON.stringify(value)),
    block: (account, at) => void own.set(`block/${account}`, at === null ? null : JSON.stringify({ at })),
    introduce: (account, value) => void own.set(`contact/${account}`, JSON.stringify(value)),
  };
}

function put<T>(map: Map<AccountId, T>, account: AccountId, value: T | null): void {
  if (value === null) map.delete(account);
  else map.set(account, value);
}

/** Null for what another version of this program may have written. */
export function parsed<T>(form: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = form.safeParse(value);
  return read.success ? read.data : null;
}
