/** The rules by which an account log is judged (spec/02-accounts.md, Standing, 1–4), over entries in place with their pasts. */
import { type DeviceId, toHex } from "@multichat/protocol";
import type { LogEntry } from "./account-entry.ts";

/** What holds in one set of entries that has the past of each. */
export interface Standing {
  /** The rotations that count, oldest first. */
  chain: number[];
  /** Valid revocations. */
  revocations: number[];
  isEffective(addition: number): boolean;
  isGood(device: DeviceId): boolean;
}

export interface Judge {
  whole(): Standing;
}

export function createJudge(log: {
  list: readonly LogEntry[];
  /** By index: the indexes of all that comes before. */
  pasts: readonly ReadonlySet<number>[];
  /** Of the genesis. */
  first: { identityKey: string; nextKeyHash: Uint8Array };
  nextKeyIs(key: Uint8Array, hash: Uint8Array): boolean;
}): Judge {
  const { list, pasts } = log;
  const ofPast = new Map<number, Standing>();
  let whole: Standing | null = null;

  /** As the author of an entry saw it. */
  function standingBefore(index: number): Standing {
    let found = ofPast.get(index);
    if (found === undefined)
      ofPast.set(index, (found = standingIn([...pasts[index]!].sort((a, b) => a - b))));
    return found;
  }

  function rotationsIn(set: readonly number[]): number[] {
    const chain: number[] = [];
    let { identityKey, nextKeyHash } = log.first;
    for (;;) {
      const before = chain[chain.length - 1];
      const next = set
        .filter((index) => {
          const { entry, signers } = list[index]!;
          const follows = before === undefined || pasts[index]!.has(before);
          return (
            entry.body.type === "key.rotate" &&
            follows &&
            signers.has(identityKey) &&
            log.nextKeyIs(entry.body.identityKey, nextKeyHash)
          );
        })
        .sort(byTime)[0];
      const body = next === undefined ? null : list[next]!.entry.body;
      if (next === undefined || body?.type !== "key.rotate") return chain;
      chain.push(next);
      identityKey = toHex(body.identityKey);
      nextKeyHash = body.nextKeyHash;
    }
  }

  function byTime(a: number, b: number): number {
    const [one, other] = [list[a]!, list[b]!];
    if (one.entry.hlc !== other.entry.hlc) return one.entry.hlc < other.entry.hlc ? -1 : 1;
    return one.id < other.id ? -1 : 1;
  }

  function standingIn(set: readonly number[]): Standing {
    const chain = rotationsIn(set);
    const keys = [log.first.identityKey, ...chain.map((index) => keyOf(list[index]!))];
    const effective = new Map<number, boolean>();
    const additions = new Map<DeviceId, number[]>();
    for (const index of set) {
      const device = list[index]!.certified?.device;
      if (device !== undefined) additions.set(device, [...(additions.get(device) ?? []), index]);
    }

    /** Rule 1: whether the identity key `key` speaks in this entry. */
    function hasAuthority(index: number, key: string): boolean {
      const nth = keys.indexOf(key);
      if (nth === -1) return false;
      const [to, from] = [chain[nth - 1], chain[nth]];
      return (
        (to === undefined || pasts[index]!.has(to)) &&
        (from === undefined || pasts[from]!.has(index))
      );
    }

    const revocations = set.filter((index) => {
      const { entry, signers } = list[index]!;
      if (entry.body.type !== "device.revoke") return false;
      return [...signers].some(
        (key) => hasAuthority(index, key) || standingBefore(index).isGood(key as DeviceId),
      );
    });

    function revocationsOf(device: DeviceId): number[] {
      return revocations.filter((index) => {
        const { body } = list[index]!.entry;
        return body.type === "device.revoke" && body.device === device;
      });
    }

    /** Rule 3. */
    function judgeAddition(index: number): boolean {
      const { certified } = list[index]!;
      if (certified === null) return false;
      if (hasAuthority(index, certified.byKey)) return true;
      const by = certified.byKey as DeviceId;
      const against = revocationsOf(by);
      return (additions.get(by) ?? []).some(
        (earlier) =>
          pasts[index]!.has(earlier) &&
          isEffective(earlier) &&
          against.every((one) => pasts[earlier]!.has(one) || pasts[one]!.has(index)),
      );
    }

    function isEffective(index: number): boolean {
      let known = effective.get(index);
      if (known === undefined) effective.set(index, (known = judgeAddition(index)));
      return known;
    }

    return {
      chain,
      revocations,
      isEffective,
      /** Rule 4. */
      isGood(device) {
        const against = revocationsOf(device);
        return (additions.get(device) ?? []).some(
          (index) => isEffective(index) && against.every((one) => pasts[index]!.has(one)),
        );
      },
    };
  }

  return { whole: () => (whole ??= standingIn(list.map((_, index) => index))) };
}

function keyOf({ entry }: LogEntry): string {
  return entry.body.type === "key.rotate" ? toHex(entry.body.identityKey) : "";
}
