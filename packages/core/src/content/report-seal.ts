/** Sealing a report for the devices of those who moderate, and opening one (spec/07-records-and-invites.md, Reports). */
import {
  type AccountId,
  type DeviceId,
  type ReportContent,
  type Result,
  type SealedReport,
  type SpaceId,
  concat,
  decodeReportContent,
  encodeReportContent,
  fail,
  idToBytes,
  labels,
  limits,
} from "@multichat/protocol";
import type { Crypto, Random } from "../ports/index.ts";
import { hpkeOpen, hpkeSeal } from "../sealing/hpke.ts";

/** Where it stands and whose it is: sealed for anything else it does not open. */
export interface ReportPlace {
  space: SpaceId;
  author: AccountId;
}

/** A content key is used once. */
const nonce = new Uint8Array(12);

/** Null when there is no device that could open it. `readers`: agreement keys by device. */
export function sealReport(
  { crypto, random }: { crypto: Crypto; random: Random },
  place: ReportPlace,
  readers: ReadonlyMap<DeviceId, Uint8Array>,
  content: ReportContent,
): SealedReport | null {
  const info = infoOf(place);
  const key = random.bytes(32);
  const boxes = [...readers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limits.reportBoxes)
    .flatMap(([device, agreementKey]) => {
      const sealed = hpkeSeal(crypto, agreementKey, random.bytes(32), info, key);
      return sealed === null ? [] : [{ device, enc: sealed.enc, wrapped: sealed.ciphertext }];
    });
  return boxes.length === 0 ? null : { boxes, ciphertext: crypto.encrypt(key, nonce, encodeReportContent(content), info) };
}

export function openReport(crypto: Crypto, place: ReportPlace, reader: { device: DeviceId; agreementKey: Uint8Array }, sealed: SealedReport): Result<ReportContent> {
  const info = infoOf(place);
  const box = sealed.boxes.find(({ device }) => device === reader.device);
  if (box === undefined) return fail("report: not for this device");
  const key = hpkeOpen(crypto, reader.agreementKey, info, { enc: box.enc, ciphertext: box.wrapped });
  const content = key === null ? null : crypto.decrypt(key, nonce, sealed.ciphertext, info);
  return content === null ? fail("report: does not open") : decodeReportContent(content);
}

function infoOf({ space, author }: ReportPlace): Uint8Array {
  return concat(labels.report, idToBytes(space), idToBytes(author));
}
