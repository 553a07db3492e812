/** Whole histories of one account's log (spec/02-accounts.md, Standing), each with what it says. Written by hand from the rules. */
import {
  type AccountId,
  type DeviceId,
  type EntryBody,
  type EventId,
  encodeAccountEntry,
  encodeCertificate,
  encodeCertificateBody,
  encodeSignedEntry,
  compareBytes,
  hlcAt,
  toHex,
} from "@multichat/protocol";
import type { Json } from "./json.ts";
import { type KeyPair, ada, bytes, keyPair, labelled, sign } from "./keys.ts";

const start = 1_760_000_000_000;
const [laptop, phone, tablet, thief] = [ada.laptop, ada.phone, keyPair(bytes("ada/tablet")), keyPair(bytes("thief/device"))];

interface Adas {
  encoding: Uint8Array;
  account: AccountId;
}
interface Made {
  id: EventId;
  encoding: Uint8Array;
  signed: Uint8Array;
}
type Signed = { entry: Uint8Array; signatures: { key: Uint8Array; signature: Uint8Array }[] };

/** Writes one history; each step answers the entry it made. */
class History {
  readonly made: Made[] = [];
  readonly adas: Adas;
  constructor(adas: Adas) {
    this.adas = adas;
  }

  private write(parents: Made[], body: EntryBody, signers: KeyPair[]): Made {
    const encoding = encodeAccountEntry({
      account: this.adas.account,
      parents: parents.map(({ id }) => id).sort(),
      hlc: hlcAt(start + this.made.length * 60_000),
      body,
    });
    const entry = { id: toHex(labelled("mc1/account-entry", encoding)) as EventId, encoding, signed: encodeSignedEntry(this.signed(encoding, signers)) };
    this.made.push(entry);
    return entry;
  }

  private signed(entry: Uint8Array, signers: KeyPair[]): Signed {
    const signatures = signers.map((one) => ({ key: one.key, signature: sign(one, "mc1/account-entry", entry) }));
    return { entry, signatures: signatures.sort((a, b) => compareBytes(a.key, b.key)) };
  }

  add(parents: Made[], device: KeyPair, by: KeyPair, rotations: Made[] = []): Made {
    const body = encodeCertificateBody({
      account: this.adas.account,
      device: device.id as DeviceId,
      agreementKey: bytes(`agreement key of ${device.id}`),
      by: by.key,
      hlc: hlcAt(start + this.made.length * 60_000),
    });
    const certificate = encodeCertificate({
      genesis: this.adas.encoding,
      rotations: rotations.map(({ encoding }) => this.signed(encoding, this.rotators.get(encoding)!)),
      body,
      signature: sign(by, "mc1/device-certificate", body),
    });
    return this.write(parents, { type: "device.add", certificate, acceptance: sign(device, "mc1/device-acceptance", body) }, [by, device]);
  }

  revoke(parents: Made[], device: KeyPair, by: KeyPair): Made {
    return this.write(parents, { type: "device.revoke", device: device.id as DeviceId, reason: "stolen" }, [by]);
  }

  private readonly rotators = new Map<Uint8Array, KeyPair[]>();
  rotate(parents: Made[], from: KeyPair, to: KeyPair, next: KeyPair): Made {
    const made = this.write(parents, { type: "key.rotate", identityKey: to.key, nextKeyHash: labelled("mc1/next-key", next.key) }, [from, to]);
    this.rotators.set(made.encoding, [from, to]);
    return made;
  }
}

type Told = { good: KeyPair[]; not: KeyPair[]; identity?: KeyPair };
const histories: [name: string, tell: (history: History) => Told][] = [
  ["the first device, by the phrase", (h) => {
    h.add([], laptop, ada.identity);
    return { good: [laptop], not: [] };
  }],
  ["each device vouches for the next", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    h.add([b], tablet, phone);
    return { good: [laptop, phone, tablet], not: [] };
  }],
  ["a device vouched for by one that was never added", (h) => {
    const a = h.add([], laptop, ada.identity);
    h.add([a], tablet, phone);
    return { good: [laptop], not: [tablet] };
  }],
  ["a revoked device; what it had added before stays", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    const c = h.add([b], tablet, phone);
    h.revoke([c], phone, laptop);
    return { good: [laptop, tablet], not: [phone] };
  }],
  ["what a device adds after it was revoked, or at the same time, has no effect", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    const c = h.revoke([b], phone, laptop);
    h.add([b], thief, phone);
    h.add([c], tablet, phone);
    return { good: [laptop], not: [phone, thief, tablet] };
  }],
  ["and so has what is added by those", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    h.revoke([b], phone, laptop);
    const c = h.add([b], thief, phone);
    h.add([c], tablet, thief);
    return { good: [laptop], not: [phone, thief, tablet] };
  }],
  ["two devices that revoke each other are both revoked", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    h.revoke([b], phone, laptop);
    h.revoke([b], laptop, phone);
    return { good: [], not: [laptop, phone] };
  }],
  ["and the phrase admits one of them again", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    const c = h.revoke([b], phone, laptop);
    const d = h.revoke([b], laptop, phone);
    h.add([c, d], laptop, ada.identity);
    return { good: [laptop], not: [phone] };
  }],
  ["a revocation beats a concurrent addition of the same device", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    h.revoke([b], phone, laptop);
    h.add([b], phone, ada.identity);
    return { good: [laptop], not: [phone] };
  }],
  ["a revocation by a device that was revoked before it has no effect", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    const c = h.revoke([b], phone, laptop);
    h.revoke([c], laptop, phone);
    return { good: [laptop], not: [phone] };
  }],
  ["the stolen first device is revoked by a later one", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.add([a], phone, laptop);
    h.revoke([b], laptop, phone);
    return { good: [phone], not: [laptop] };
  }],
  ["the phrase is replaced, and the new one adds a device", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.rotate([a], ada.identity, ada.next, ada.afterNext);
    h.add([b], phone, ada.next, [b]);
    return { good: [laptop, phone], not: [], identity: ada.next };
  }],
  ["what the old phrase signs after it was replaced, or at the same time, has no effect", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.rotate([a], ada.identity, ada.next, ada.afterNext);
    h.add([a], thief, ada.identity);
    h.revoke([a], laptop, ada.identity);
    h.add([b], tablet, ada.identity);
    return { good: [laptop], not: [thief, tablet], identity: ada.next };
  }],
  ["a phrase is replaced twice", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.rotate([a], ada.identity, ada.next, ada.afterNext);
    const c = h.rotate([b], ada.next, ada.afterNext, thief);
    h.add([c], phone, ada.afterNext, [b, c]);
    return { good: [laptop, phone], not: [], identity: ada.afterNext };
  }],
  ["a rotation to a key that was not committed to has no effect", (h) => {
    const a = h.add([], laptop, ada.identity);
    h.rotate([a], ada.identity, thief, ada.afterNext);
    return { good: [laptop], not: [], identity: ada.identity };
  }],
  ["of two rotations of the same key the earlier counts", (h) => {
    const a = h.add([], laptop, ada.identity);
    const b = h.rotate([a], ada.identity, ada.next, ada.afterNext);
    const c = h.rotate([a], ada.identity, ada.next, thief);
    h.rotate([c], ada.next, thief, ada.afterNext);
    const d = h.rotate([b], ada.next, ada.afterNext, laptop);
    h.add([d], phone, ada.afterNext, [b, d]);
    return { good: [laptop, phone], not: [], identity: ada.afterNext };
  }],
];

export function accountLogs(adas: Adas): Json[] {
  return histories.map(([name, tell]) => {
    const history = new History(adas);
    const { good, not, identity = ada.identity } = tell(history);
    return {
      name,
      account: adas.account,
      genesis: toHex(adas.encoding),
      entries: history.made.map(({ signed }) => toHex(signed)),
      identityKey: identity.id,
      good: good.map(({ id }) => id).sort(),
      notGood: not.map(({ id }) => id).sort(),
    };
  });
}
