/**
 * What one person keeps for themselves on all their devices (spec/09-devices.md, Own data): a map from key to text in which
 * the last writer of a key wins. Nobody else ever gets it. For read positions, drafts, petnames, blocks and settings.
 */
import type { Store } from "@multichat/core/ports";
import { Failure } from "./failure.ts";

/** A key is `kind/rest`, as `petname/ACCOUNT`; the kinds in use are listed in spec/09-devices.md. */
export const ownKeyForm = /^[a-z][a-z-]{0,30}\/[\x21-\x7e]{1,200}$/;
/** In UTF-16 code units: a draft, or a list of settings. */
export const ownValueLength = 16_384;

export interface OwnData {
  /** Null when there is none. */
  get(key: string): string | null;
  /** Null takes the key away. Answers whether it said something else before. @throws Failure, StoreError */
  set(key: string, value: string | null): boolean;
  /** All keys that begin so, ascending. */
  entries(prefix: string): { key: string; value: string }[];
  /** Told of every change, whichever own device made it. The returned function ends it. */
  onChange(listener: OwnListener): () => void;
}

export type OwnListener = (key: string, value: string | null) => void;

export function createOwnData({ store }: { store: Store }): OwnData {
  const listeners = new Set<OwnListener>();
  const place = (key: string): string => `own/${key}`;

  return {
    get: (key) => store.setting(place(key)),
    set(key, value) {
      if (!ownKeyForm.test(key)) throw new Failure("bad-request", "That is no key of own data.");
      if (value !== null && value.length > ownValueLength) throw new Failure("too-large", `At most ${ownValueLength} characters can be kept under one key.`);
      if (store.setting(place(key)) === value) return false;
      store.transaction(() => store.putSetting(place(key), value));
      for (const listener of listeners) listener(key, value);
      return true;
    },
    entries: (prefix) =>
      store.settings(place(prefix)).map(({ key, value }) => ({ key: key.slice("own/".length), value })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
