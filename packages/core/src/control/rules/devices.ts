/**
 * Which account a device is bound to (spec/04-control.md, rule 7). A device key is bound once: an unbinding is the end of it.
 * Certificates and causality alone decide, no rank: so who wrote an event is never in question.
 */
import { type AccountId, type ControlPayload, type DeviceId, type EventId, type Hlc, encode, idToBytes, labels, concat, toHex } from "@multichat/protocol";
import { type CheckedCertificate, type SignedCertificate, checkCertificate } from "../../accounts/certificate.ts";
import { openEntry } from "../../accounts/account-entry.ts";
import type { Crypto } from "../../ports/index.ts";
import type { Fact } from "../facts.ts";
import { OneMore, everything } from "../judged.ts";
import type { ControlLog, Past } from "../log.ts";
import type { Rules } from "./rules.ts";
import { type TakingBack, type TakingBackDeps, createTakingBack } from "./taking-back.ts";

export interface Bind {
  index: number;
  id: EventId;
  hlc: Hlc;
  device: DeviceId;
  account: AccountId;
  /** The device that certified it or wrote the binding; null: the identity key. */
  voucher: DeviceId | null;
  /** The identity key that its certificate shows, and how many were before it. */
  identity: Uint8Array;
  rotations: number;
  /** Certified by that key, and written by the device itself: what it had seen is its own word. */
  own: boolean;
}

export interface Unbind {
  index: number;
  device: DeviceId;
  account: AccountId;
  /** It reaches what its author had not seen. */
  strong: boolean;
  /** How many identity keys its past knows to have been before the one in force there. */
  rotations: number;
  /** Who stands for it: the identity key, and devices of the account. */
  byKey: boolean;
  byDevices: readonly DeviceId[];
}

export interface DeviceFacts {
  /** Of several accounts that claim a device at once, the first by (hlc, id). */
  accountIn(past: Past, device: DeviceId): AccountId | null;
  /** Why a device may not be bound to an account on top of this past, or null. @param writer of the binding */
  bindProblem(past: Past, writer: DeviceId, claimed: SignedCertificate & { account: AccountId; device: DeviceId }): string | null;
  /** The identity key in force, as far as the certificates in this past tell. */
  identityIn(past: Past, account: AccountId): Pick<Bind, "identity" | "rotations"> | null;
  /** Whether the account's identity key ever took something back. */
  tookBack(account: AccountId): boolean;
  /** What it takes back, by such unbindings and bindings (their indexes) as count. */
  takingBack(account: AccountId, counts: (index: number) => boolean): TakingBack;
  /** Whether this is an event by which it does. */
  takesBack(account: AccountId, index: number): boolean;
  bindsOf(device: DeviceId): readonly Bind[];
  unbindsOf(device: DeviceId): readonly Unbind[];
  devices(): Iterable<DeviceId>;
  learn(fact: Fact): void;
  learnFounding(payload: ControlPayload<"genesis">): void;
}

export function createDeviceFacts(crypto: Crypto, log: ControlLog, rules: Rules): DeviceFacts {
  const binds = new Map<DeviceId, Bind[]>();
  const bindsOfAccount = new Map<AccountId, Bind[]>();
  const replacements = new Map<AccountId, Bind[]>();
  /** Indexes of events by which an identity key takes something back. */
  const takings = new Map<AccountId, number[]>();
  const inPasts = new WeakMap<Past, Map<AccountId, TakingBack>>();
  const unbinds = new Map<DeviceId, Unbind[]>();
  const none: readonly never[] = [];
  const deps: TakingBackDeps = { log, rules, bindsOf: (device) => binds.get(device) ?? none, unbindsOf: (device) => unbinds.get(device) ?? none, replacementsOf: (account) => replacements.get(account) ?? none };
  // What its signatures came to was found before, or will be: here a certificate is only read, and once.
  const reading: Crypto = { ...crypto, verify: () => true };
  const readings = new WeakMap<Uint8Array, ReturnType<typeof checkCertificate>>();

  function read(signed: SignedCertificate): ReturnType<typeof checkCertificate> {
    let found = readings.get(signed.certificate);
    if (found === undefined) readings.set(signed.certificate, (found = checkCertificate(reading, signed)));
    return found;
  }

  function ended(past: Past, bind: Bind): boolean {
    const ends = (unbind: Unbind): boolean => !tookBack(unbind.account) || takingBackIn(past, unbind.account).ends(unbind);
    return (unbinds.get(bind.device) ?? none).some((unbind) => unbind.account === bind.account && past.has(unbind.index) && ends(unbind));
  }

  function takingBackIn(past: Past, account: AccountId): TakingBack {
    const make = (): TakingBack => createTakingBack(deps, account, (index) => past.has(index));
    // What grows is asked anew.
    if (past === everything || past instanceof OneMore) return make();
    let ofAccounts = inPasts.get(past);
    if (ofAccounts === undefined) inPasts.set(past, (ofAccounts = new Map()));
    let found = ofAccounts.get(account);
    if (found === undefined) ofAccounts.set(account, (found = make()));
    return found;
  }

  function tookBack(account: AccountId): boolean {
    return takings.has(account);
  }

  /** Whoever certified the founder's device must have been bound, by the identity key in the end: or anybody founds as somebody else. */
  function isVouchedFor(past: Past, { index, voucher, account }: Bind): boolean {
    if (index !== 0 || voucher === null) return true;
    return (binds.get(voucher) ?? none).some((bind) => bind.index !== 0 && bind.account === account && past.has(bind.index));
  }

  function accountIn(past: Past, device: DeviceId): AccountId | null {
    let first: Bind | null = null;
    for (const bind of binds.get(device) ?? none) {
      if (!past.has(bind.index) || ended(past, bind) || !isVouchedFor(past, bind)) continue;
      if (first === null || isBefore(bind, first)) first = bind;
    }
    return first?.account ?? null;
  }

  function identityIn(past: Past, account: AccountId): Bind | null {
    let newest: Bind | null = null;
    for (const bind of bindsOfAccount.get(account) ?? none) {
      if (!past.has(bind.index) || !isVouchedFor(past, bind)) continue;
      if (newest === null || bind.rotations > newest.rotations || (bind.rotations === newest.rotations && isBefore(bind, newest))) newest = bind;
    }
    return newest;
  }

  /** Who vouches: the identity key in force, or a device of the account that certified it or writes this; null if nobody does. */
  function voucherIn(past: Past, writer: DeviceId, { by, account, device, rotations }: CheckedCertificate): "identity" | DeviceId | null {
    const isOurs = (other: DeviceId): boolean => accountIn(past, other) === account;
    if ("device" in by) {
      if (by.device !== device && isOurs(by.device)) return by.device;
    } else if (rules.keyHolds({ knew: (identityIn(past, account)?.rotations ?? 0) > rotations, seen: true })) return "identity";
    if (writer !== device && isOurs(writer)) return writer;
    return isOurs(device) ? device : null;
  }

  function add(index: number, hlc: Hlc, id: EventId, signed: SignedCertificate, writer: DeviceId, past: Past): void {
    const checked = read(signed);
    if (!checked.ok) return;
    const { device, account, by, identity, rotations } = checked.value;
    const found = index === 0 ? ("device" in by ? by.device : "identity") : voucherIn(past, writer, checked.value);
    // Bound already, and nobody else says so now.
    if (found === device || found === null) return;
    const voucher = found === "identity" ? null : found;
    const bind = { index, id, hlc, device, account, voucher, identity, rotations, own: voucher === null && writer === device };
    push(binds, device, bind);
    push(bindsOfAccount, account, bind);
    if (!bind.own || rotations === 0) return;
    push(replacements, account, bind);
    push(takings, account, index);
  }

  function addUnbind({ index, past, header, account: author }: Fact, { device, account, revocation, statement }: ControlPayload<"device.unbind">): void {
    const identity = identityIn(past, account);
    const opened = revocation === null ? null : openEntry(reading, revocation);
    const signers = opened !== null && opened.ok ? [...opened.value.signers] : [];
    const byDevices = [...(author === account ? [header.device] : []), ...signers.filter((key) => accountIn(past, key as DeviceId) === account)] as DeviceId[];
    const byKey = statement !== null || (identity !== null && signers.includes(toHex(identity.identity)));
    const strong = rules.unbindIsStrong({ identitySigned: statement !== null });
    push(unbinds, device, { index, device, account, strong, rotations: identity?.rotations ?? 0, byKey, byDevices });
    if (statement !== null) push(takings, account, index);
  }

  return {
    accountIn,
    identityIn,
    bindProblem(past, writer, claimed) {
      const before = (binds.get(claimed.device) ?? none).filter((bind) => past.has(bind.index));
      const other = before.some((bind) => bind.account !== claimed.account);
      if (!rules.mayBind({ other, ended: before.some((bind) => ended(past, bind)) })) return other ? "a device of another account" : "a device that was unbound";
      const checked = read(claimed);
      if (!checked.ok) return checked.error;
      if (checked.value.account !== claimed.account || checked.value.device !== claimed.device) return "another's certificate";
      if (voucherIn(past, writer, checked.value) !== null) return null;
      return "device" in checked.value.by ? "vouched for by a stranger" : "by an identity key that was replaced";
    },
    tookBack,
    takingBack: (account, counts) => createTakingBack(deps, account, counts),
    takesBack: (account, index) => takings.get(account)?.includes(index) ?? false,
    bindsOf: deps.bindsOf,
    unbindsOf: deps.unbindsOf,
    devices: () => binds.keys(),
    learn(fact) {
      const { control, index, header, id, past } = fact;
      if (control?.kind === "join" || control?.kind === "device.bind") add(index, header.hlc, id, control.payload, header.device, past);
      if (control?.kind === "device.unbind") addUnbind(fact, control.payload);
    },
    learnFounding: (payload) => add(0, log.events()[0]!.header.hlc, log.space as EventId, payload, payload.device, log.past(0)),
  };
}

function isBefore(a: { hlc: Hlc; id: EventId }, b: { hlc: Hlc; id: EventId }): boolean {
  return a.hlc < b.hlc || (a.hlc === b.hlc && a.id < b.id);
}

/** What the identity key signs to end a device for good: over the space, the device and what had been seen of it. */
export function unbindStatement(space: EventId, device: DeviceId, heads: readonly EventId[]): Uint8Array {
  return concat(labels.rootStatement, encode([idToBytes(space), idToBytes(device), heads.map(idToBytes)]));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else held.push(value);
}
