/** Every format that is one CBOR value with its reader and writer, by the name that the vectors give it. */
import { readAs } from "../src/cbor/read.ts";
import {
  type Result,
  decode,
  decodeAccountEntry,
  decodeAccountGenesis,
  decodeAck,
  decodeAddresses,
  decodeAvatar,
  decodeCertificate,
  decodeCertificateBody,
  decodeEvent,
  decodeFrame,
  decodeHeader,
  decodeIntroduction,
  decodeIntroductionContent,
  decodeOwnValue,
  decodePresence,
  decodeProfile,
  decodeReadMark,
  decodeRecord,
  decodeRootApprovals,
  decodeRootRequest,
  decodeSignedEntry,
  decodeStatus,
  decodeTyping,
  decodeVouch,
  encode,
  encodeAccountEntry,
  encodeAccountGenesis,
  encodeAck,
  encodeAddresses,
  encodeAvatar,
  encodeCertificate,
  encodeCertificateBody,
  encodeFrame,
  encodeHeader,
  encodeIntroduction,
  encodeIntroductionContent,
  encodeOwnValue,
  encodePresence,
  encodeProfile,
  encodeReadMark,
  encodeRecord,
  encodeRootApprovals,
  encodeRootRequest,
  encodeSignedEntry,
  encodeStatus,
  encodeTyping,
  encodeVouch,
  eventValue,
} from "../src/index.ts";
import { readSignedRecord, signedRecordValue } from "../src/record.ts";

export interface Format<T> {
  read: (bytes: Uint8Array) => Result<T>;
  write: (value: T) => Uint8Array;
}

const format = <T>(read: Format<T>["read"], write: Format<T>["write"]): Format<T> => ({ read, write });

export const formats = {
  value: format(decode, encode),
  "account genesis": format(decodeAccountGenesis, encodeAccountGenesis),
  "certificate body": format(decodeCertificateBody, encodeCertificateBody),
  certificate: format(decodeCertificate, encodeCertificate),
  "account entry": format(decodeAccountEntry, encodeAccountEntry),
  "signed entry": format(decodeSignedEntry, encodeSignedEntry),
  header: format(decodeHeader, encodeHeader),
  event: format(decodeEvent, (event) => encode(eventValue(event))),
  record: format(decodeRecord, encodeRecord),
  "signed record": format(
    (bytes) => readAs("signed record", bytes, readSignedRecord),
    (signed) => encode(signedRecordValue(signed)),
  ),
  profile: format(decodeProfile, encodeProfile),
  avatar: format(decodeAvatar, (avatar) => encodeAvatar(avatar?.bytes ?? null)),
  vouch: format(decodeVouch, encodeVouch),
  presence: format(decodePresence, encodePresence),
  typing: format(decodeTyping, encodeTyping),
  status: format(decodeStatus, encodeStatus),
  read: format(decodeReadMark, encodeReadMark),
  "root-request": format(decodeRootRequest, encodeRootRequest),
  "root-approval": format(decodeRootApprovals, encodeRootApprovals),
  introduction: format(decodeIntroduction, encodeIntroduction),
  "introduction content": format(decodeIntroductionContent, encodeIntroductionContent),
  "own data": format(decodeOwnValue, encodeOwnValue),
  addresses: format(decodeAddresses, encodeAddresses),
  ack: format(decodeAck, encodeAck),
  frame: format(decodeFrame, encodeFrame),
};

export type FormatName = keyof typeof formats;

/** The format of that name, whatever its values are; for names that come out of files and tables. */
export function formatNamed(name: string): Format<unknown> | undefined {
  return (formats as { [name: string]: Format<unknown> })[name];
}
