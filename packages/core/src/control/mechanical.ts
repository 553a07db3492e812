/**
 * The kinds that act under no grant (spec/04-control.md, rules 6, 7 and 9): joining, leaving, devices, merging, proofs. They
 * stand or not by their signatures and their past alone; only whom an `admit` lets in is for the ranks to say.
 */
import {
  type AccountId, type AnyControl, type DecodedControl, type EventId, concat, decode, decodeControlPayload, decodeEvent, decodeHeader, encode,
  idToBytes, labels,
} from "@multichat/protocol";
import { openEntry } from "../accounts/account-entry.ts";
import { checkCertificate } from "../accounts/certificate.ts";
import { eventId, openEvent, sameBytes, verifyEvent } from "../events/event.ts";
import { verifyInviteProof } from "../invites/proof.ts";
import type { Crypto } from "../ports/index.ts";
import type { Fact, Prove } from "./facts.ts";
import type { ControlLog } from "./log.ts";
import { type DeviceFacts, unbindStatement } from "./rules/devices.ts";
import type { Rules } from "./rules/rules.ts";

const kinds = ["join", "admit", "leave", "device.bind", "device.unbind", "merge", "proof", "parent.applied"] as const;

export type MechanicalKind = { [K in (typeof kinds)[number]]: DecodedControl<K> }[(typeof kinds)[number]];

const known: ReadonlySet<string> = new Set(kinds);

export function isMechanical(control: AnyControl): control is MechanicalKind {
  return known.has(control.kind);
}

interface Around {
  crypto: Crypto;
  log: ControlLog;
  devices: DeviceFacts;
  /** Spaces whose removals may be applied here, with their root keys as pinned in the genesis. */
  parents: readonly (readonly [string, readonly Uint8Array[]])[];
  prove: Prove;
  rules: Rules;
}

/** Why it is without effect whatever else stands, or null. */
export function mechanicalProblem(around: Around, fact: Fact, control: MechanicalKind): string | null {
  if (control.root !== null) return "a root statement where none belongs";
  switch (control.kind) {
    case "join":
      return joinProblem(around, fact, control);
    case "admit":
      return admitProblem(around, fact, control);
    case "device.bind":
      return bindProblem(around, fact, control);
    case "device.unbind":
      return unbindProblem(around, fact, control);
    case "proof":
      return proofProblem(around, fact, control);
    case "parent.applied":
      return fact.account === null ? "from a device that is not bound" : around.prove(fact.id, () => appliedProblem(around, fact, control));
    case "leave":
      return fact.account === control.payload.account ? null : "a leave for another account";
    case "merge":
      return fact.account === control.payload.account ? null : "a merge by a stranger";
  }
}

function joinProblem({ crypto, log, devices, prove }: Around, { id, past, header }: Fact, { payload }: DecodedControl<"join">): string | null {
  const invite = log.get(payload.invite);
  if (invite === null || invite.control?.kind !== "invite.create" || !past.has(invite.index)) return "an unknown invite";
  if (payload.device !== header.device) return "a join written by another device";
  const { key } = invite.control.payload;
  return (
    devices.bindProblem(past, header.device, payload) ??
    prove(id, () => {
      const checked = checkCertificate(crypto, payload);
      if (!checked.ok) return checked.error;
      return verifyInviteProof(crypto, key, { space: log.space as unknown as EventId, ...payload }) ? null : "without proof of the invite";
    })
  );
}

function admitProblem({ log }: Around, { past, account }: Fact, { payload }: DecodedControl<"admit">): string | null {
  const [join, invite] = [log.get(payload.join), log.get(payload.invite)];
  if (join?.control?.kind !== "join" || invite?.control?.kind !== "invite.create") return "an unknown join";
  if (!past.has(join.index) || !past.has(invite.index) || join.control.payload.invite !== invite.id) return "an unknown join";
  return account === null ? "from a device that is not bound" : null;
}

/** Whoever writes it: the certificate and the device's own acceptance say it all. */
function bindProblem({ crypto, devices, prove }: Around, { id, past, header }: Fact, { payload }: DecodedControl<"device.bind">): string | null {
  return (
    devices.bindProblem(past, header.device, payload) ??
    prove(id, () => {
      const checked = checkCertificate(crypto, payload);
      return checked.ok ? null : checked.error;
    })
  );
}

/** By the account itself, or by anybody bound here who holds its revocation or the identity key's word. */
function unbindProblem({ crypto, log, devices, prove }: Around, { id, past, header, account }: Fact, { payload }: DecodedControl<"device.unbind">): string | null {
  if (account === null) return "from a device that is not bound";
  if (devices.accountIn(past, payload.device) !== payload.account) return "a device that is not bound";
  const identity = devices.identityIn(past, payload.account)?.identity ?? null;
  return prove(id, () => {
    if (payload.statement !== null) {
      const message = unbindStatement(log.space as unknown as EventId, payload.device, header.ctl);
      return identity !== null && crypto.verify(identity, message, payload.statement) ? null : "a statement that the identity key did not sign";
    }
    if (account === payload.account) return null;
    if (payload.revocation === null) return "an unbinding by a stranger";
    const opened = openEntry(crypto, payload.revocation);
    if (!opened.ok) return opened.error;
    const { entry, signers } = opened.value;
    if (entry.account !== payload.account || entry.body.type !== "device.revoke" || entry.body.device !== payload.device) return "a revocation of something else";
    const entitled = [...signers].some((key) => (identity !== null && sameBytes(idToBytes(key as EventId), identity)) || devices.accountIn(past, key as never) === payload.account);
    return entitled ? null : "a revocation by a stranger";
  });
}

function proofProblem({ crypto, log, devices, prove }: Around, { id, past, account }: Fact, { payload }: DecodedControl<"proof">): string | null {
  if (account === null) return "from a device that is not bound";
  if (devices.accountIn(past, payload.device) !== payload.account) return "a device that is not bound";
  return prove(id, () => {
    const [a, b] = [decodeHeader(payload.a[0]), decodeHeader(payload.b[0])];
    if (!a.ok || !b.ok) return "no headers";
    for (const { value } of [a, b]) if (value.device !== payload.device || value.space !== log.space) return "headers of something else";
    if (a.value.channel !== b.value.channel || a.value.seq !== b.value.seq) return "headers that do not contradict each other";
    if (eventId(crypto, payload.a[0]) === eventId(crypto, payload.b[0])) return "one header twice";
    for (const [header, signature] of [payload.a, payload.b]) {
      if (!crypto.verify(idToBytes(payload.device), concat(labels.event, header), signature)) return "a header that the device did not sign";
    }
    return null;
  });
}

/** A removal in a parent: its event there, signed; or the parent's pinned root keys, more than half of them. */
function appliedProblem(around: Around, fact: Fact, { payload }: DecodedControl<"parent.applied">): string | null {
  if (parentRoots(around, fact, payload.account, payload.proof)) return null;
  const { crypto, parents } = around;
  const wire = decodeEvent(payload.proof);
  const opened = wire.ok ? openEvent(crypto, wire.value) : wire;
  if (!opened.ok) return "no proof of a removal";
  const { header, wire: bytes } = opened.value;
  if (!parents.some(([space]) => space === header.space) || (header.kind !== "remove" && header.kind !== "ban") || bytes.payload === null) return "proof of something else";
  const said = decodeControlPayload(header.kind, bytes.payload);
  if (!said.ok || !("account" in said.value.payload) || said.value.payload.account !== payload.account) return "proof of something else";
  return verifyEvent(crypto, opened.value) ? null : "a proof that nobody signed";
}

/** Whether more than half of a parent's pinned root keys signed that this account is to be removed here. */
export function parentRoots({ crypto, log, parents, rules }: Pick<Around, "crypto" | "log" | "parents" | "rules">, { header }: Fact, account: AccountId, proof: Uint8Array): boolean {
  const found = readRootProof(proof);
  const pinned = parents.find(([space]) => found !== null && sameBytes(idToBytes(space as EventId), found.parent))?.[1];
  if (found === null || pinned === undefined) return false;
  const message = parentMessage(crypto, log.space as unknown as EventId, account, header);
  const signed = pinned.filter((key) => found.signatures.some(([by, signature]) => sameBytes(by, key) && crypto.verify(key, message, signature)));
  return rules.parentQuorum({ signed: signed.length, pinned: pinned.length });
}

/** What a parent's root keys sign. */
export function parentMessage(crypto: Crypto, space: EventId, account: AccountId, at: { ctl: readonly EventId[]; device: string; seq: number }): Uint8Array {
  const hash = crypto.sha256(labels.payload, idToBytes(account));
  return concat(labels.rootStatement, encode([idToBytes(space), 0, "parent.applied", hash, at.ctl.map(idToBytes), idToBytes(at.device as EventId), at.seq]));
}

/** [parent space, [[key, signature], …]] */
function readRootProof(bytes: Uint8Array): { parent: Uint8Array; signatures: [Uint8Array, Uint8Array][] } | null {
  const decoded = decode(bytes);
  const value = decoded.ok ? decoded.value : null;
  if (!Array.isArray(value) || value.length !== 2 || !(value[0] instanceof Uint8Array) || !Array.isArray(value[1]) || value[1].length > 8) return null;
  const signatures: [Uint8Array, Uint8Array][] = [];
  for (const item of value[1] as unknown[]) {
    if (!Array.isArray(item) || !(item[0] instanceof Uint8Array) || !(item[1] instanceof Uint8Array) || item[0].length !== 32 || item[1].length !== 64) return null;
    signatures.push([item[0], item[1]]);
  }
  return value[0].length === 32 ? { parent: value[0], signatures } : null;
}
