/** Vectors of spec/07-records-and-invites.md, Root keys: asking for the keys of a root, and agreeing. */
import {
  type CborValue,
  type DeviceId,
  type EventId,
  type RootApproval,
  type RootRequest,
  compareBytes,
  encode,
  encodeRootApprovals,
  encodeRootRequest,
  toHex,
} from "@multichat/protocol";
import { type Refused, refused, withFields } from "./cases.ts";
import { space, statement } from "./control-payloads.ts";
import { type Json, asJson } from "./json.ts";
import { type KeyPair, ada, ascendingIds, bob, bytes, id, keyPair, label, labelled, mallory, sha256, sign } from "./keys.ts";

const successors = Array.from({ length: 8 }, (_, i) => keyPair(bytes(`root key ${i + 1}`))).sort((a, b) => compareBytes(a.key, b.key));

/** Who asks where for what: all that is signed. */
interface Asked {
  space: string;
  device: DeviceId;
  keys: KeyPair[];
  k: number;
  identityKey: KeyPair;
  request: RootRequest;
}

function asked(generation: number, heads: number, seq: number, keys: number, k: number): Asked {
  const request = { generation, next: labelled("mc1/next-key", ada.identity.key), heads: ascendingIds<EventId>("head of a request", heads), seq };
  return { space, device: ada.laptop.id as DeviceId, keys: successors.slice(0, keys), k, identityKey: ada.identity, request };
}

const requests: [name: string, asked: Asked][] = [
  ["of one key, at the first place of a device", asked(1, 1, 1, 1, 1)],
  ["of two out of three keys", asked(2, 3, 9, 3, 2)],
  ["of eight keys, upon four heads, as far on as can be", asked(2 ** 53 - 1, 4, 2 ** 53 - 1, 8, 8)],
];
const [, usual] = requests[1]!;
const usualEncoding = encodeRootRequest(usual.request);

function signedOf(one: Asked): Uint8Array {
  const { generation, next, heads, seq } = one.request;
  return statement({ kind: "root.rotate", payload: { generation, keys: one.keys.map(({ key }) => key), k: one.k, next }, generation, heads, device: one.device, seq }, one.space);
}

function approval(signer: KeyPair, one: Asked): RootApproval {
  return [signer.key, sign(signer, "mc1/root-statement", signedOf(one))];
}

/** What has to be known to read a request: the space with the keys that may come next, and whose record it is. */
const place = (one: Asked): { [field: string]: Json } => ({
  space: one.space,
  device: one.device,
  keys: one.keys.map(({ key }) => toHex(key)),
  k: one.k,
});

export const rootRequest = usualEncoding;
export const rootApproval = encodeRootApprovals([approval(usual.keys[0]!, usual)]);
export const rootRequestId = sha256(label("mc1/root-statement"), signedOf(usual));

export const rootRequestCases: Json[] = [
  { name: "null: nothing is asked any more", fields: null, encoding: toHex(encodeRootRequest(null)) },
  ...requests.map(([name, one]) => ({
    name,
    fields: asJson(one.request),
    encoding: toHex(encodeRootRequest(one.request)),
    ...place(one),
    identityKey: one.identityKey.id,
    signed: toHex(signedOf(one)),
    id: toHex(sha256(label("mc1/root-statement"), signedOf(one))),
  })),
];

export const rootApprovalCases: Json[] = requests.map(([name, one]) => {
  const approvals = one.keys.map((signer) => approval(signer, one));
  return {
    name,
    ...place(one),
    request: toHex(encodeRootRequest(one.request)),
    value: asJson(approvals),
    seeds: one.keys.map(({ seed }) => toHex(seed)),
    encoding: toHex(encodeRootApprovals(approvals)),
  };
});

export function rootRequestsRefused(): Refused[] {
  const request = (why: string, changes: Parameters<typeof withFields>[1]) => refused("root-request", why, withFields(usualEncoding, changes));
  const approvals = (why: string, rows: CborValue) => refused("root-approval", why, encode(rows));
  const ids = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => new Uint8Array(32).fill(i + 1));
  const heads = ids(2);
  const signature = bytes("signature", 64);
  const row = (key: Uint8Array): CborValue => [key, signature];
  return [
    request("generation 0, to which nothing rotates", { 0: 0 }),
    request("a generation of 2^53", { 0: 2n ** 53n }),
    request("a commitment of 31 bytes", { 1: bytes("short", 31) }),
    request("no commitment", { 1: null }),
    request("no heads", { 2: [] }),
    request("five heads", { 2: ids(5) }),
    request("heads out of order", { 2: heads.toReversed() }),
    request("the same head twice", { 2: [heads[0]!, heads[0]!] }),
    request("a head of 33 bytes", { 2: [bytes("long", 33)] }),
    request("a head that is not in an array", { 2: heads[0]! }),
    request("seq 0", { 3: 0 }),
    request("a seq of 2^53", { 3: 2n ** 53n }),
    request("no seq", { 3: undefined }),
    request("a field too many", { 4: 0 }),
    refused("root-request", "false", encode(false)),
    refused("root-request", "an empty array", encode([])),
    refused("root-request", "bytes after it", `${toHex(usualEncoding)}00`),
    approvals("no signatures", []),
    approvals("nine keys", ids(9).map(row)),
    approvals("keys out of order", heads.toReversed().map(row)),
    approvals("the same key twice", [[heads[0]!, bytes("one signature", 64)], row(heads[0]!)]),
    approvals("a key of 31 bytes", [row(bytes("short", 31))]),
    approvals("a signature of 63 bytes", [[heads[0]!, bytes("short", 63)]]),
    approvals("a signature of 65 bytes", [[heads[0]!, bytes("long", 65)]]),
    approvals("a key without a signature", [[heads[0]!]]),
    approvals("a row of three fields", [[heads[0]!, signature, 0]]),
    approvals("a row and no array of rows", [heads[0]!, signature]),
    approvals("null", null),
    refused("root-approval", "bytes after it", `${toHex(rootApproval)}00`),
  ];
}

/** Well formed approvals that agree to nothing, or to something else than the request they are given for. */
export function approvalsForged(): { [field: string]: Json }[] {
  const [signer, other] = usual.keys as [KeyPair, KeyPair];
  const changed = (change: Partial<RootRequest>): Asked => ({ ...usual, request: { ...usual.request, ...change } });
  const forged = (why: string, given: RootApproval) => ({ format: "root-approval", why, ...place(usual), request: toHex(usualEncoding), encoding: toHex(encodeRootApprovals([given])) });
  return [
    forged("signed by another of the keys than it names", [signer.key, approval(other, usual)[1]]),
    forged("by a key that the root does not commit to", approval(mallory, usual)),
    forged("given for another space", approval(signer, { ...usual, space: id("another space") })),
    forged("given for another generation", approval(signer, changed({ generation: usual.request.generation + 1 }))),
    forged("given for another place", approval(signer, changed({ seq: usual.request.seq + 1 }))),
    forged("given upon other heads", approval(signer, changed({ heads: usual.request.heads.slice(1) }))),
    forged("given to another device", approval(signer, { ...usual, device: bob.laptop.id as DeviceId })),
    forged("given to somebody else's key", approval(signer, changed({ next: labelled("mc1/next-key", bob.identity.key) }))),
    forged("given when others might take over", approval(signer, { ...usual, keys: usual.keys.slice(0, 2) })),
    forged("given when fewer were needed", approval(signer, { ...usual, k: 1 })),
    forged("signed under another label", [signer.key, sign(signer, "mc1/event", signedOf(usual))]),
    forged("the id signed, not the statement", [signer.key, sign(signer, "mc1/root-statement", rootRequestId)]),
  ];
}
