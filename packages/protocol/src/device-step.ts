/** What the frame `device` carries (spec/09-devices.md, Frames): steps of linking and recovery, and what own devices tell each other. */
import { encode } from "./cbor/encode.ts";
import { bytesOf, bytesUpTo, id, list, nullOr, readAs, textOf, tuple } from "./cbor/read.ts";
import type { CborValue } from "./cbor/value.ts";
import { type DeviceId, type SpaceId, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface SharedSpace {
  id: SpaceId;
  secret: Uint8Array;
  peers: { device: DeviceId; addresses: string[] }[];
}

export interface DeviceSteps {
  request: { proof: Uint8Array; commitment: Uint8Array; name: string };
  challenge: { nonce: Uint8Array };
  reveal: { nonce: Uint8Array; agreementKey: Uint8Array };
  agreed: Record<never, never>;
  /** The account genesis and the certificate's body, encoded. */
  offer: { genesis: Uint8Array; body: Uint8Array };
  accept: { acceptance: Uint8Array };
  package: {
    name: string;
    nextSeed: Uint8Array | null;
    /** Encoded SignedEntries. */
    log: Uint8Array[];
    /** The `device.add` of the new device, encoded, and the other's signature over it. */
    entry: Uint8Array;
    signature: Uint8Array;
    spaces: SharedSpace[];
  };
  done: { signature: Uint8Array };
  refusal: { code: string };
  lookup: { identityKey: Uint8Array; signature: Uint8Array };
  found: { name: string; genesis: Uint8Array; log: Uint8Array[]; spaces: SharedSpace[] };
  siblings: { spaces: SharedSpace[] };
}

export type DeviceStepName = keyof DeviceSteps;
export type DeviceStep = { [S in DeviceStepName]: { step: S; value: DeviceSteps[S] } }[DeviceStepName];

interface Form<T> {
  write(value: T): CborValue;
  read(value: CborValue): T;
}

export const logOf = (value: CborValue | undefined): Uint8Array[] =>
  list(value, limits.accountEntries).map((entry) => bytesUpTo(entry, limits.recordValue));

export function peersOf(value: CborValue | undefined): SharedSpace["peers"] {
  return list(value, limits.invitePeers).map((peer) => {
    const [device, addresses] = tuple(peer, 2);
    return {
      device: id<DeviceId>(device),
      addresses: list(addresses, limits.inviteAddresses).map((address) => textOf(address, 1, limits.address)),
    };
  });
}

export function peerValues(peers: SharedSpace["peers"]): CborValue {
  return peers.map(({ device, addresses }) => [idToBytes(device), addresses]);
}

function spacesOf(value: CborValue | undefined): SharedSpace[] {
  return list(value, limits.sharedSpaces).map((row) => {
    const f = tuple(row, 3);
    return { id: id<SpaceId>(f[0]), secret: bytesOf(f[1], 32), peers: peersOf(f[2]) };
  });
}

function spaceValues(spaces: readonly SharedSpace[]): CborValue {
  return spaces.map(({ id: space, secret, peers }) => [idToBytes(space), secret, peerValues(peers)]);
}

/** In the order of their numbers. */
const forms: { [S in DeviceStepName]: Form<DeviceSteps[S]> } = {
  request: {
    write: ({ proof, commitment, name }) => [proof, commitment, name],
    read(value) {
      const f = tuple(value, 3);
      return { proof: bytesOf(f[0], 32), commitment: bytesOf(f[1], 32), name: textOf(f[2], 1, limits.name) };
    },
  },
  challenge: {
    write: ({ nonce }) => [nonce],
    read: (value) => ({ nonce: bytesOf(tuple(value, 1)[0], 32) }),
  },
  reveal: {
    write: ({ nonce, agreementKey }) => [nonce, agreementKey],
    read(value) {
      const f = tuple(value, 2);
      return { nonce: bytesOf(f[0], 32), agreementKey: bytesOf(f[1], 32) };
    },
  },
  agreed: {
    write: () => [],
    read(value) {
      tuple(value, 0);
      return {};
    },
  },
  offer: {
    write: ({ genesis, body }) => [genesis, body],
    read(value) {
      const f = tuple(value, 2);
      return { genesis: bytesUpTo(f[0], limits.certificate), body: bytesUpTo(f[1], limits.certificate) };
    },
  },
  accept: {
    write: ({ acceptance }) => [acceptance],
    read: (value) => ({ acceptance: bytesOf(tuple(value, 1)[0], 64) }),
  },
  package: {
    write: ({ name, nextSeed, log, entry, signature, spaces }) => [name, nextSeed, log, entry, signature, spaceValues(spaces)],
    read(value) {
      const f = tuple(value, 6);
      return {
        name: textOf(f[0], 1, limits.name),
        nextSeed: nullOr(f[1], (seed) => bytesOf(seed, 32)),
        log: logOf(f[2]),
        entry: bytesUpTo(f[3], limits.recordValue),
        signature: bytesOf(f[4], 64),
        spaces: spacesOf(f[5]),
      };
    },
  },
  done: {
    write: ({ signature }) => [signature],
    read: (value) => ({ signature: bytesOf(tuple(value, 1)[0], 64) }),
  },
  refusal: {
    write: ({ code }) => [code],
    read: (value) => ({ code: textOf(tuple(value, 1)[0], 1, 32) }),
  },
  lookup: {
    write: ({ identityKey, signature }) => [identityKey, signature],
    read(value) {
      const f = tuple(value, 2);
      return { identityKey: bytesOf(f[0], 32), signature: bytesOf(f[1], 64) };
    },
  },
  found: {
    write: ({ name, genesis, log, spaces }) => [name, genesis, log, spaceValues(spaces)],
    read(value) {
      const f = tuple(value, 4);
      return { name: textOf(f[0], 1, limits.name), genesis: bytesUpTo(f[1], limits.certificate), log: logOf(f[2]), spaces: spacesOf(f[3]) };
    },
  },
  siblings: {
    write: ({ spaces }) => [spaceValues(spaces)],
    read: (value) => ({ spaces: spacesOf(tuple(value, 1)[0]) }),
  },
};

export const deviceStepNames = Object.keys(forms) as DeviceStepName[];

/** The value's bytes; the step's number goes beside it into the frame. */
export function encodeDeviceStep({ step, value }: DeviceStep): { number: number; bytes: Uint8Array } {
  const form = forms[step] as Form<unknown>;
  return { number: deviceStepNames.indexOf(step), bytes: encode(form.write(value)) };
}

export function decodeDeviceStep(number: number, bytes: Uint8Array): Result<DeviceStep> {
  const step = deviceStepNames[number];
  return readAs("device step", bytes, (value) => {
    // The frame's reader lets no other number through.
    const form = forms[step!] as Form<unknown>;
    return { step, value: form.read(value) } as DeviceStep;
  });
}
