/** The record `introduction` (spec/10-trust.md, Introductions): sealed for the devices of the one account it is for. */
import { encode } from "./cbor/encode.ts";
import { ascending, bytesOf, bytesUpTo, flag, id, list, readAs, textOf, time, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { fromHex, toHex } from "./hex.ts";
import { type AccountId, type DeviceId, idToBytes } from "./ids.ts";
import { limits } from "./limits.ts";
import type { Result } from "./result.ts";

export interface SealedBox {
  device: DeviceId;
  enc: Uint8Array;
  wrapped: Uint8Array;
}

export interface SealedIntroduction {
  /** Ascending by device. */
  boxes: SealedBox[];
  ciphertext: Uint8Array;
}

/** 16 random bytes, as hex. */
export type IntroductionId = string;

export interface IntroductionPeer {
  device: DeviceId;
  addresses: string[];
}

export interface IntroductionOffer {
  id: IntroductionId;
  subject: AccountId;
  /** By which the author introduces the subject. */
  name: string;
  peers: IntroductionPeer[];
  /** Ms. */
  until: number;
  /** The subject has accepted. */
  accepted: boolean;
}

export interface IntroductionContent {
  offers: IntroductionOffer[];
  answers: { id: IntroductionId; accepted: boolean }[];
}

const version = 1;
const idBytes = 16;

export function encodeIntroduction({ boxes, ciphertext }: SealedIntroduction): Uint8Array {
  return encode([boxes.map(({ device, enc, wrapped }) => [idToBytes(device), enc, wrapped]), ciphertext]);
}

export function decodeIntroduction(bytes: Uint8Array): Result<SealedIntroduction> {
  return readAs("introduction", bytes, (value) => {
    const [rows, ciphertext] = tuple(value, 2);
    const boxes = list(rows, limits.introductionBoxes).map((row) => {
      const [device, enc, wrapped] = tuple(row, 3);
      return { device: id<DeviceId>(device), enc: bytesOf(enc, 32), wrapped: bytesOf(wrapped, 48) };
    });
    if (boxes.length === 0) throw new FormatError("for nobody");
    ascending(boxes.map(({ device }) => idToBytes(device)));
    return { boxes, ciphertext: bytesUpTo(ciphertext, limits.introduction) };
  });
}

export function encodeIntroductionContent({ offers, answers }: IntroductionContent): Uint8Array {
  return encode([
    version,
    offers.map((offer) => [
      fromHex(offer.id),
      idToBytes(offer.subject),
      offer.name,
      offer.peers.map(({ device, addresses }) => [idToBytes(device), addresses]),
      offer.until,
      offer.accepted,
    ]),
    answers.map((answer) => [fromHex(answer.id), answer.accepted]),
  ]);
}

export function decodeIntroductionContent(bytes: Uint8Array): Result<IntroductionContent> {
  return readAs("introduction content", bytes, (value) => {
    if (list(value, 3)[0] !== version) throw new FormatError("unknown version");
    const [, offers, answers] = tuple(value, 3);
    return {
      offers: list(offers, limits.introductionOffers).map((offer) => {
        const f = tuple(offer, 6);
        return {
          id: toHex(bytesOf(f[0], idBytes)),
          subject: id<AccountId>(f[1]),
          name: textOf(f[2], 1, limits.name),
          peers: list(f[3], limits.introductionPeers).map((peer) => {
            const [device, addresses] = tuple(peer, 2);
            return {
              device: id<DeviceId>(device),
              addresses: list(addresses, limits.introductionAddresses).map((address) => textOf(address, 1, limits.address)),
            };
          }),
          until: time(f[4]),
          accepted: flag(f[5]),
        };
      }),
      answers: list(answers, limits.introductionAnswers).map((answer) => {
        const [of, accepted] = tuple(answer, 2);
        return { id: toHex(bytesOf(of, idBytes)), accepted: flag(accepted) };
      }),
    };
  });
}
