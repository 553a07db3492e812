/**
 * What the identity key takes back of an account's devices (spec/04-control.md, rule 7): by an unbinding that it signed, what that
 * had not seen of the device; by its replacement, what the key before says beside that; and the devices that either had let in.
 */
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { ControlLog, Past } from "../log.ts";
import type { Bind, Unbind } from "./devices.ts";
import type { Rules } from "./rules.ts";

export interface TakingBack {
  /** Whether an unbinding that the identity key signed had not seen what the device did. @param index of that */
  isTaken(device: DeviceId, index: number): boolean;
  /** Whether all that let a device in, in this past, was taken back. */
  isGivenUp(device: DeviceId, past: Past): boolean;
  /** Whether somebody stands for an unbinding of whom nothing was taken back. */
  ends(unbind: Unbind): boolean;
}

/** What an identity key stands for: a binding, or an unbinding. */
interface Word {
  index: number;
  /** How many identity keys were before it. */
  rotations: number;
}

export interface TakingBackDeps {
  log: ControlLog;
  rules: Rules;
  bindsOf(device: DeviceId): readonly Bind[];
  unbindsOf(device: DeviceId): readonly Unbind[];
  /** Bindings by keys that came after another, written by the devices themselves. */
  replacementsOf(account: AccountId): readonly Bind[];
}

/** @param counts of an unbinding or a binding, by its index: whether it may take anything back */
export function createTakingBack({ log, rules, bindsOf, unbindsOf, replacementsOf }: TakingBackDeps, account: AccountId, counts: (index: number) => boolean): TakingBack {
  const found = new Map<string, boolean>();

  // Else devices that let each other in again and again would be asked about without end.
  function remembered(name: string, find: () => boolean): boolean {
    let known = found.get(name);
    if (known === undefined) found.set(name, (known = find()));
    return known;
  }

  /** @param rotations only keys as new as this one, or newer, take it back */
  function isTaken(device: DeviceId, index: number, rotations: number): boolean {
    return unbindsOf(device).some((unbind) => {
      const reaches = unbind.strong && unbind.account === account && unbind.rotations >= rotations && !log.past(unbind.index).has(index);
      return reaches && counts(unbind.index) && !isOver(unbind);
    });
  }

  /** Too late is what none of the first bindings by a later key had seen. */
  function isOver(word: Word): boolean {
    if (replacementsOf(account).length === 0) return false;
    return remembered(`over ${word.index}`, () => {
      const later = replacementsOf(account).filter((one) => one.rotations > word.rotations && counts(one.index) && !isTaken(one.device, one.index, one.rotations));
      const first = later.filter((one) => !later.some((other) => other !== one && log.past(one.index).has(other.index)));
      return first.length > 0 && !rules.keyHolds({ knew: false, seen: first.some(({ index }) => log.past(index).has(word.index)) });
    });
  }

  function isVoid(bind: Bind): boolean {
    const { voucher, index } = bind;
    if (voucher === null) return isOver(bind);
    return remembered(`void ${index}`, () => isTaken(voucher, index, 0) || isGivenUp(voucher, log.past(index)));
  }

  function isGivenUp(device: DeviceId, past: Past): boolean {
    const binds = bindsOf(device).filter((bind) => bind.account === account && past.has(bind.index));
    return binds.length > 0 && binds.every(isVoid);
  }

  return {
    isTaken: (device, index) => isTaken(device, index, 0),
    isGivenUp,
    ends: (unbind) => (unbind.byKey && !isOver(unbind)) || unbind.byDevices.some((device) => !isTaken(device, unbind.index, 0) && !isGivenUp(device, log.past(unbind.index))),
  };
}
