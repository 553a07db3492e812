/**
 * Imported keys, so that signing and verifying by the same device pay for the import once.
 *
 * Public keys are kept least recently used first. Private keys are held by the caller's own array: when the caller drops the seed or
 * overwrites it, the imported form goes with it, and no copy of a secret outlives its owner here.
 */
import type { KeyObject } from "node:crypto";
import { importPublicKey } from "./raw-keys.ts";

export function createPublicKeyCache(capacity: number): (raw: Uint8Array) => KeyObject {
  // A Map iterates in the order of insertion: re-inserting on use keeps the least recently used entry first.
  const entries = new Map<string, KeyObject>();
  return (raw) => {
    const name = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("latin1");
    let key = entries.get(name);
    if (key !== undefined) {
      entries.delete(name);
    } else {
      key = importPublicKey("ed25519", raw);
      if (entries.size >= capacity) entries.delete(entries.keys().next().value!);
    }
    entries.set(name, key);
    return key;
  };
}

export function createSigningKeyCache<Key>(importSeed: (seed: Uint8Array) => Key): (seed: Uint8Array) => Key {
  const entries = new WeakMap<Uint8Array, { seed: Uint8Array; key: Key }>();
  return (seed) => {
    const held = entries.get(seed);
    if (held !== undefined && Buffer.compare(held.seed, seed) === 0) return held.key;
    held?.seed.fill(0);
    const key = importSeed(seed);
    entries.set(seed, { seed: seed.slice(), key });
    return key;
  };
}
