/**
 * Which account a device is bound to (spec/04-control.md, rule 7). A device key is bound once: an unbinding is the end of it.
 * Certificates and causality alone decide, no rank: so who wrote an event is never in question.
 */
import { type AccountId, type ControlPayload, type DeviceId, type EventId, type Hlc, encode, idToBytes, labels, concat } from "@multichat/protocol";
import { type CheckedCertificate, checkCertificate } from "../../accounts/certificate.ts";
import type { Crypto } from "../../ports/index.ts";
import type { Fact } from "../facts.ts";
import type { ControlLog, Past } from "../log.ts";
import type { Rules } from "./rules.ts";

export interface Bind {
  index: number;
  id: EventId;
  hlc: Hlc;
  device: DeviceId;
  account: AccountId;
  /** Who certified it: the identity key, or another device. */
  by: CheckedCertificate["by"];
  identity: Uint8Array;
  rotations: number;
}

export interface Unbind {
  index: number;
  device: DeviceId;
  account: AccountId;
  /** It reaches what its author had not seen. */
  strong: boolean;
}

export interface DeviceFacts {
  /** Of several accounts that claim a device at once, the first by (hlc, id). */
  accountIn(past: Past, device: DeviceId): AccountId | null;
  /** Why a device may not be bound to an account on top of this past, or null. */
  bindProblem(past: Past, device: DeviceId, account: AccountId): string | null;
  /** The identity key in force, as far as the certificates in this past tell. */
  identityIn(past: Past, account: AccountId): Uint8Array | null;
  bindsOf(device: DeviceId): readonly Bind[];
  unbindsOf(device: DeviceId): readonly Unbind[];
  devices(): Iterable<DeviceId>;
  learn(fact: Fact): void;
  learnFounding(payload: ControlPayload<"genesis">): void;
}

export function createDeviceFacts(crypto: Crypto, log: ControlLog, rules: Rules): DeviceFacts {
  const binds = new Map<DeviceId, Bind[]>();
  const bindsOfAccount = new Map<AccountId, Bind[]>();
  const unbinds = new Map<DeviceId, Unbind[]>();
  const none: readonly never[] = [];
  // What is bound here was checked before: the certificate is only read.
  const reading: Crypto = { ...crypto, verify: () => true };

  function ended(past: Past, bind: Bind): boolean {
    return (unbinds.get(bind.device) ?? none).some((unbind) => unbind.account === bind.account && past.has(unbind.index));
  }

  /** Whoever certified the founder's device must have been bound, by the identity key in the end: or anybody founds as somebody else. */
  function isVouchedFor(past: Past, { index, by, account }: Bind): boolean {
    if (index !== 0 || !("device" in by)) return true;
    return (binds.get(by.device) ?? none).some((bind) => bind.index !== 0 && bind.account === account && past.has(bind.index));
  }

  function add(index: number, hlc: Hlc, id: EventId, signed: { certificate: Uint8Array; acceptance: Uint8Array }): void {
    const checked = checkCertificate(reading, signed);
    if (!checked.ok) return;
    const { device, account, by, identity, rotations } = checked.value;
    const bind = { index, id, hlc, device, account, by, identity, rotations };
    push(binds, device, bind);
    push(bindsOfAccount, account, bind);
  }

  return {
    accountIn(past, device) {
      let first: Bind | null = null;
      for (const bind of binds.get(device) ?? none) {
        if (!past.has(bind.index) || ended(past, bind) || !isVouchedFor(past, bind)) continue;
        if (first === null || bind.hlc < first.hlc || (bind.hlc === first.hlc && bind.id < first.id)) first = bind;
      }
      return first?.account ?? null;
    },
    bindProblem(past, device, account) {
      const before = (binds.get(device) ?? none).filter((bind) => past.has(bind.index));
      const other = before.some((bind) => bind.account !== account);
      return rules.mayBind({ other, ended: before.some((bind) => ended(past, bind)) }) ? null : other ? "a device of another account" : "a device that was unbound";
    },
    identityIn(past, account) {
      let newest: Bind | null = null;
      for (const bind of bindsOfAccount.get(account) ?? none) {
        if (past.has(bind.index) && (newest === null || bind.rotations > newest.rotations)) newest = bind;
      }
      return newest?.identity ?? null;
    },
    bindsOf: (device) => binds.get(device) ?? none,
    unbindsOf: (device) => unbinds.get(device) ?? none,
    devices: () => binds.keys(),
    learn({ control, index, header, id }) {
      if (control?.kind === "join" || control?.kind === "device.bind") add(index, header.hlc, id, control.payload);
      if (control?.kind !== "device.unbind") return;
      const { device, account, statement } = control.payload;
      push(unbinds, device, { index, device, account, strong: rules.unbindIsStrong({ identitySigned: statement !== null }) });
    },
    learnFounding: (payload) => add(0, log.events()[0]!.header.hlc, log.space as EventId, payload),
  };
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
