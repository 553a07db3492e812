/** Knowing who is who (spec/10-trust.md): the services, made and told of each other. */
import type { Crypto, Random, Store, StoredRecord } from "@multichat/core/ports";
import type { AccountId, IntroductionPeer } from "@multichat/protocol";
import type { OwnData } from "../accounts/own-data.ts";
import type { AccountLogs } from "../accounts/account-logs.ts";
import type { People } from "./people.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { TrustBook } from "./book.ts";
import { type Identities, createIdentities } from "./identities.ts";
import { type Introductions, createIntroductions } from "./introductions.ts";
import { type AccountKeyring, createAccountKeyring } from "./keys.ts";
import { type Vouches, createVouches } from "./vouches.ts";
import type { DeviceKeys } from "../vault.ts";

export interface Trust {
  readonly book: TrustBook;
  readonly keys: AccountKeyring;
  readonly vouches: Vouches;
  readonly identities: Identities;
  readonly introductions: Introductions;
  /** A record that concerns this arrived. Answers whether it did. */
  learned(space: Space, record: StoredRecord): boolean;
}

export interface TrustDeps {
  store: Store;
  crypto: Crypto;
  random: Random;
  spaces: Spaces;
  people: People;
  own: OwnData;
  book: TrustBook;
  logs: Pick<AccountLogs, "of">;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  peersOf(account: AccountId): IntroductionPeer[];
  publish(record: StoredRecord, space: Space): void;
}

export function createTrust(deps: TrustDeps): Trust {
  const keys = createAccountKeyring(deps);
  const vouches = createVouches(deps);
  const identities = createIdentities({ ...deps, vouches, keys });
  const introductions = createIntroductions({ ...deps, keys });
  return {
    book: deps.book,
    keys,
    vouches,
    identities,
    introductions,
    learned(space, record) {
      if (record.type === "vouch") vouches.learned();
      else if (record.type === "introduction") introductions.learned(space, record);
      else return false;
      return true;
    },
  };
}
