/** Vectors of spec/02-accounts.md. */
import {
  type AccountEntry,
  type AccountId,
  type CborValue,
  type CertificateBody,
  type DeviceId,
  type EntryBody,
  compareBytes,
  encode,
  encodeAccountEntry,
  encodeAccountGenesis,
  encodeCertificate,
  encodeCertificateBody,
  encodeSignedEntry,
  hlcAt,
  toHex,
} from "@multichat/protocol";
import { type Chapter, type Refused, refused, valueOf, withFields } from "./cases.ts";
import { accountLogs } from "./account-logs.ts";
import { type Json, asJson } from "./json.ts";
import { type KeyPair, ada, ascendingIds, bob, bytes, labelled, mallory, sign } from "./keys.ts";

const now = 1_760_000_000_000;

export function genesisOf(identity: KeyPair, next: KeyPair): { encoding: Uint8Array; account: AccountId } {
  const encoding = encodeAccountGenesis({ identityKey: identity.key, nextKeyHash: labelled("mc1/next-key", next.key) });
  return { encoding, account: toHex(labelled("mc1/account", encoding)) as AccountId };
}

const adas = genesisOf(ada.identity, ada.next);
const bobs = genesisOf(bob.identity, mallory);

export interface MadeCertificate {
  body: CertificateBody;
  bodyEncoding: Uint8Array;
  signature: Uint8Array;
  acceptance: Uint8Array;
  encoding: Uint8Array;
}

interface CertificateOptions {
  genesis?: Uint8Array;
  account?: AccountId;
  rotations?: { entry: Uint8Array; signatures: { key: Uint8Array; signature: Uint8Array }[] }[];
  signer?: KeyPair;
  accepter?: KeyPair;
  labels?: [certificate: string, acceptance: string];
}

export function certify(device: KeyPair, by: KeyPair, options: CertificateOptions = {}): MadeCertificate {
  const { genesis = adas.encoding, account = adas.account, rotations = [], signer = by, accepter = device } = options;
  const [certificateLabel, acceptanceLabel] = options.labels ?? ["mc1/device-certificate", "mc1/device-acceptance"];
  const body: CertificateBody = {
    account,
    device: device.id as DeviceId,
    agreementKey: bytes(`agreement key of ${device.id}`),
    by: by.key,
    hlc: hlcAt(now),
  };
  const bodyEncoding = encodeCertificateBody(body);
  const signature = sign(signer, certificateLabel, bodyEncoding);
  const acceptance = sign(accepter, acceptanceLabel, bodyEncoding);
  return { body, bodyEncoding, signature, acceptance, encoding: encodeCertificate({ genesis, rotations, body: bodyEncoding, signature }) };
}

function signedBy(entry: Uint8Array, signers: KeyPair[]): { key: Uint8Array; signature: Uint8Array }[] {
  return signers
    .map((signer) => ({ key: signer.key, signature: sign(signer, "mc1/account-entry", entry) }))
    .sort((a, b) => compareBytes(a.key, b.key));
}

function entry(body: EntryBody, parents = 0, account = adas.account): AccountEntry {
  return { account, parents: ascendingIds("parent", parents), hlc: hlcAt(now) + BigInt(parents), body };
}

const rotate = (to: KeyPair, next: KeyPair): EntryBody => ({
  type: "key.rotate",
  identityKey: to.key,
  nextKeyHash: labelled("mc1/next-key", next.key),
});

function rotation(from: KeyPair, to: KeyPair, next: KeyPair, account = adas.account) {
  const encoding = encodeAccountEntry(entry(rotate(to, next), 1, account));
  return { entry: encoding, signatures: signedBy(encoding, [from, to]) };
}

const first = rotation(ada.identity, ada.next, ada.afterNext);
const second = rotation(ada.next, ada.afterNext, mallory);

export const laptopCertificate = certify(ada.laptop, ada.identity);
export const adasAccount = adas.account;
const phoneCertificate = certify(ada.phone, ada.laptop);

const certificates: [name: string, certificate: MadeCertificate, by: KeyPair, device: KeyPair, rotations: CertificateOptions["rotations"]][] = [
  ["the first device, certified by the identity key", laptopCertificate, ada.identity, ada.laptop, []],
  ["a second device, certified by the first", phoneCertificate, ada.laptop, ada.phone, []],
  ["certified by the identity key after one rotation", certify(ada.phone, ada.next, { rotations: [first] }), ada.next, ada.phone, [first]],
  [
    "certified by the identity key after two rotations",
    certify(ada.phone, ada.afterNext, { rotations: [first, second] }),
    ada.afterNext,
    ada.phone,
    [first, second],
  ],
];

const deviceAdd = (made: MadeCertificate): EntryBody => ({ type: "device.add", certificate: made.encoding, acceptance: made.acceptance });
const revoke = (reason: "retired" | "lost" | "stolen"): EntryBody => ({ type: "device.revoke", device: ada.phone.id as DeviceId, reason });

const entries: [name: string, entry: AccountEntry, signers: KeyPair[]][] = [
  ["the first entry: the identity key adds the first device", entry(deviceAdd(laptopCertificate)), [ada.identity, ada.laptop]],
  ["a device adds a device", entry(deviceAdd(phoneCertificate), 1), [ada.laptop, ada.phone]],
  ["a device is retired", entry(revoke("retired"), 2), [ada.laptop]],
  ["a device was lost", entry(revoke("lost"), 8), [ada.identity]],
  ["a device was stolen", entry(revoke("stolen"), 1), [ada.laptop, ada.identity]],
  ["the identity key is rotated", entry(rotate(ada.next, ada.afterNext), 1), [ada.identity, ada.next]],
];

const signedEntry = (made: AccountEntry, signers: KeyPair[]): Uint8Array => {
  const encoding = encodeAccountEntry(made);
  return encodeSignedEntry({ entry: encoding, signatures: signedBy(encoding, signers) });
};

/** With one more signature, by a key that did not write it. */
function withForged(signatures: typeof first.signatures): typeof first.signatures {
  return [...signatures, { key: mallory.key, signature: bytes("signature", 64) }].toSorted((a, b) => compareBytes(a.key, b.key));
}

function undecodable(): Refused[] {
  const { encoding: genesis } = adas;
  const { bodyEncoding: body, encoding: certificate } = laptopCertificate;
  const plain = encodeAccountEntry(entry(revoke("lost"), 2));
  const add = encodeAccountEntry(entry(deviceAdd(laptopCertificate)));
  const signed = signedEntry(entry(revoke("lost")), [ada.identity]);
  const pairs = (signers: KeyPair[]): CborValue => signedBy(plain, signers).map(({ key, signature }) => [key, signature]);
  const fivePairs = Array.from({ length: 5 }, (_, i): CborValue => [new Uint8Array(32).fill(i), bytes("signature", 64)]);
  return [
    refused("account genesis", "another version", withFields(genesis, { 0: 2 })),
    refused("account genesis", "no next key", withFields(genesis, { 2: undefined })),
    refused("account genesis", "a field too many", withFields(genesis, { 3: 0 })),
    refused("account genesis", "an identity key of 31 bytes", withFields(genesis, { 1: bytes("short", 31) })),
    refused("account genesis", "an identity key as text", withFields(genesis, { 1: "a".repeat(32) })),
    refused("account genesis", "a map instead of an array", encode(new Map())),
    refused("account genesis", "bytes after it", `${toHex(genesis)}00`),
    refused("certificate body", "another version", withFields(body, { 0: 0 })),
    refused("certificate body", "no hlc", withFields(body, { 5: undefined })),
    refused("certificate body", "an hlc of 2^63", withFields(body, { 5: 1n << 63n })),
    refused("certificate body", "a device of 33 bytes", withFields(body, { 2: bytes("long", 33) })),
    refused("certificate", "no signature", withFields(certificate, { 3: undefined })),
    refused("certificate", "a signature of 63 bytes", withFields(certificate, { 3: bytes("short", 63) })),
    refused("certificate", "the genesis as an array, not as bytes", withFields(certificate, { 0: valueOf(genesis) })),
    refused("certificate", "null for no rotations", withFields(certificate, { 1: null })),
    refused("certificate", "a rotation that is no signed entry", withFields(certificate, { 1: [[plain]] })),
    refused("certificate", "33 rotations", withFields(certificate, { 1: Array.from({ length: 33 }, () => valueOf(signed)) })),
    refused("account entry", "another version", withFields(plain, { 0: 2 })),
    refused("account entry", "an unknown type", withFields(plain, { 4: "device.rename" })),
    refused("account entry", "parents out of order", withFields(plain, { 2: ascendingIds<string>("parent", 2).toReversed().map((text) => Buffer.from(text, "hex")) })),
    refused("account entry", "the same parent twice", withFields(plain, { 2: [bytes("parent"), bytes("parent")] })),
    refused("account entry", "nine parents", withFields(plain, { 2: Array.from({ length: 9 }, (_, i) => new Uint8Array(32).fill(i)) })),
    refused("account entry", "an hlc of 2^63", withFields(plain, { 3: 1n << 63n })),
    refused("account entry", "an unknown reason", withFields(plain, { 5: [ada.phone.key, 3] })),
    refused("account entry", "a reason in words", withFields(plain, { 5: [ada.phone.key, "lost"] })),
    refused("account entry", "a body of three fields", withFields(plain, { 5: [ada.phone.key, 1, null] })),
    refused("account entry", "a device.add without acceptance", withFields(add, { 5: [laptopCertificate.encoding] })),
    refused("account entry", "the body of another type", withFields(add, { 4: "key.rotate" })),
    refused("signed entry", "no signature", withFields(signed, { 1: [] })),
    refused("signed entry", "five signatures", withFields(signed, { 1: fivePairs })),
    refused("signed entry", "signatures out of order", withFields(signed, { 1: [...(pairs([ada.laptop, ada.identity]) as CborValue[])].reverse() })),
    refused("signed entry", "one key twice", withFields(signed, { 1: pairs([ada.identity, ada.identity]) })),
    refused("signed entry", "the entry as an array, not as bytes", withFields(signed, { 0: valueOf(plain) })),
  ];
}

function unverifiable(): { [field: string]: Json }[] {
  const certificate = (why: string, { encoding, acceptance }: MadeCertificate) => ({
    format: "certificate",
    why,
    certificate: toHex(encoding),
    acceptance: toHex(acceptance),
  });
  const forged = (why: string, made: AccountEntry, signers: KeyPair[], spoil = false) => {
    const encoding = encodeAccountEntry(made);
    const signatures = signedBy(encoding, signers);
    if (spoil) signatures[0]!.signature[40]! ^= 1;
    return { format: "entry", why, signed: toHex(encodeSignedEntry({ entry: encoding, signatures })) };
  };
  const by = ada.identity;
  const unasked = { ...laptopCertificate, acceptance: phoneCertificate.acceptance };
  return [
    certificate("signed by another key than `by`", certify(ada.laptop, by, { signer: mallory })),
    certificate("accepted by another key than the device", certify(ada.laptop, by, { accepter: mallory })),
    certificate("the acceptance of another certificate", unasked),
    certificate("signed under the label of acceptances", certify(ada.laptop, by, { labels: ["mc1/device-acceptance", "mc1/device-acceptance"] })),
    certificate("accepted under the label of certificates", certify(ada.laptop, by, { labels: ["mc1/device-certificate", "mc1/device-certificate"] })),
    certificate("a genesis that does not hash to the account", certify(ada.laptop, by, { genesis: bobs.encoding })),
    certificate("an account that is not that of the genesis", certify(ada.laptop, by, { account: bobs.account })),
    certificate("a genesis that is no genesis", certify(ada.laptop, by, { genesis: encode([1]) })),
    certificate(
      "a rotation to a key that was not committed to",
      certify(ada.phone, mallory, { rotations: [rotation(ada.identity, mallory, ada.next)] }),
    ),
    certificate(
      "a rotation that the old identity key did not sign",
      certify(ada.phone, ada.next, { rotations: [rotation(mallory, ada.next, ada.afterNext)] }),
    ),
    certificate(
      "a rotation that the new identity key did not sign",
      certify(ada.phone, ada.next, { rotations: [{ entry: first.entry, signatures: signedBy(first.entry, [ada.identity]) }] }),
    ),
    certificate(
      "a rotation with both signatures and a third that does not verify",
      certify(ada.phone, ada.next, { rotations: [{ entry: first.entry, signatures: withForged(first.signatures) }] }),
    ),
    certificate("rotations in the wrong order", certify(ada.phone, ada.afterNext, { rotations: [second, first] })),
    certificate("a rotation left out", certify(ada.phone, ada.afterNext, { rotations: [second] })),
    certificate(
      "a rotation of another account",
      certify(ada.phone, ada.next, { rotations: [rotation(ada.identity, ada.next, ada.afterNext, bobs.account)] }),
    ),
    certificate(
      "an entry among the rotations that is none",
      certify(ada.phone, by, {
        rotations: [{ entry: encodeAccountEntry(entry(revoke("lost"))), signatures: signedBy(encodeAccountEntry(entry(revoke("lost"))), [by]) }],
      }),
    ),
    forged("a signature with one bit turned", entry(revoke("lost"), 2), [ada.identity], true),
    forged("a device.add that the new device did not sign", entry(deviceAdd(laptopCertificate)), [ada.identity]),
    forged("a device.add that the certifier did not sign", entry(deviceAdd(laptopCertificate)), [ada.laptop]),
    forged("a device.add for another account", entry(deviceAdd(laptopCertificate), 0, bobs.account), [ada.identity, ada.laptop]),
    forged("a device.add whose acceptance is by another key", entry(deviceAdd(certify(ada.laptop, by, { accepter: mallory }))), [by, ada.laptop]),
    forged("a key.rotate that the new identity key did not sign", entry(rotate(ada.next, ada.afterNext), 1), [ada.identity]),
  ];
}

export function accountsChapter(): Chapter {
  return {
    valid: {
      logs: accountLogs(adas),
      geneses: [[ada.identity, ada.next] as const, [bob.identity, mallory] as const].map(([identity, next]) => {
        const { encoding, account } = genesisOf(identity, next);
        return {
          identitySeed: toHex(identity.seed),
          identityKey: identity.id,
          nextSeed: toHex(next.seed),
          nextKey: next.id,
          nextKeyHash: toHex(labelled("mc1/next-key", next.key)),
          encoding: toHex(encoding),
          account,
        };
      }),
      certificates: certificates.map(([name, made, by, device, rotations = []]) => ({
        name,
        genesis: toHex(adas.encoding),
        rotations: rotations.map((rotated) => toHex(encodeSignedEntry(rotated))),
        body: asJson(made.body),
        bodyEncoding: toHex(made.bodyEncoding),
        bySeed: toHex(by.seed),
        signature: toHex(made.signature),
        deviceSeed: toHex(device.seed),
        acceptance: toHex(made.acceptance),
        encoding: toHex(made.encoding),
      })),
      entries: entries.map(([name, made, signers]) => {
        const encoding = encodeAccountEntry(made);
        const signatures = signedBy(encoding, signers);
        return {
          name,
          fields: asJson(made),
          encoding: toHex(encoding),
          id: toHex(labelled("mc1/account-entry", encoding)),
          signatures: signatures.map(({ key, signature }) => ({
            seed: toHex(signers.find((signer) => signer.id === toHex(key))!.seed),
            key: toHex(key),
            signature: toHex(signature),
          })),
          signed: toHex(encodeSignedEntry({ entry: encoding, signatures })),
        };
      }),
    },
    invalid: { refusedWhenDecoded: undecodable(), refusedWhenVerified: unverifiable() },
  };
}

/** An account entry that revokes a device, as `device.unbind` carries it. */
export const signedRevocation = signedEntry(entry(revoke("stolen"), 1), [ada.laptop]);
