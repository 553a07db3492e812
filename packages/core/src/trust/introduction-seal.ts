/** Sealing an introduction for the devices of one account, and opening one (spec/10-trust.md, Introductions). */
import {
  type AccountId,
  type DeviceId,
  type IntroductionContent,
  type Result,
  type SealedIntroduction,
  type SpaceId,
  concat,
  decodeIntroductionContent,
  encodeIntroductionContent,
  fail,
  idToBytes,
  labels,
  limits,
} from "@multichat/protocol";
import type { Crypto, Random } from "../ports/index.ts";
import { hpkeOpen, hpkeSeal } from "../sealing/hpke.ts";

/** Where it stands and between whom: sealed for anything else it does not open. */
export interface IntroductionPlace {
  space: SpaceId;
  author: AccountId;
  reader: AccountId;
}

/** A content key is used once. */
const nonce = new Uint8Array(12);

/** Null when there is no device that could open it. `readers`: agreement keys by device. */
export function sealIntroduction(
  { crypto, random }: { crypto: Crypto; random: Random },
  place: IntroductionPlace,
  readers: ReadonlyMap<DeviceId, Uint8Array>,
  content: IntroductionContent,
): SealedIntroduction | null {
  const info = infoOf(place);
  const key = random.bytes(32);
  const boxes = [...readers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limits.introductionBoxes)
    .flatMap(([device, agreementKey]) => {
      const sealed = hpkeSeal(crypto, agreementKey, random.bytes(32), info, key);
      return sealed === null ? [] : [{ device, enc: sealed.enc, wrapped: sealed.ciphertext }];
    });
  if (boxes.length === 0) return null;
  return { boxes, ciphertext: crypto.encrypt(key, nonce, encodeIntroductionContent(content), info) };
}

export function openIntroduction(
  crypto: Crypto,
  place: IntroductionPlace,
  reader: { device: DeviceId; agreementKey: Uint8Array },
  sealed: SealedIntroduction,
): Result<IntroductionContent> {
  const info = infoOf(place);
  const box = sealed.boxes.find(({ device }) => device === reader.device);
  if (box === undefined) return fail("introduction: not for this device");
  const key = hpkeOpen(crypto, reader.agreementKey, info, { enc: box.enc, ciphertext: box.wrapped });
  const content = key === null ? null : crypto.decrypt(key, nonce, sealed.ciphertext, info);
  return content === null ? fail("introduction: does not open") : decodeIntroductionContent(content);
}

function infoOf({ space, author, reader }: IntroductionPlace): Uint8Array {
  return concat(labels.introduction, idToBytes(space), idToBytes(author), idToBytes(reader));
}
