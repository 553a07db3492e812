export { type CborMap, type CborValue, FormatError } from "./cbor/value.ts";
export { compareBytes, encode } from "./cbor/encode.ts";
export { decode } from "./cbor/decode.ts";
export { fromHex, toHex } from "./hex.ts";
export {
  type AccountId,
  type AnyId,
  type BlobId,
  type ChannelId,
  type DeviceId,
  type EventId,
  type SpaceId,
  type ThreadId,
  idFromBytes,
  idLength,
  idToBytes,
  parseAccountId,
  parseBlobId,
  parseChannelId,
  parseDeviceId,
  parseEventId,
  parseSpaceId,
  zeroId,
} from "./ids.ts";
export { deviceOfPeerId, peerIdText } from "./peer-id.ts";
export { type Result, fail, ok } from "./result.ts";
export { limits } from "./limits.ts";
export { concat, infos, labels } from "./labels.ts";
export { type Hlc, hlcAt, hlcTime, nextHlc } from "./hlc.ts";
export { type Header, decodeHeader, encodeHeader, hasCriticalExtension, isControl } from "./header.ts";
export { type WireEvent, decodeEvent, eventValue } from "./event.ts";
export {
  type AccountEntry,
  type AccountGenesis,
  type Certificate,
  type CertificateBody,
  type EntryBody,
  type SignedEntry,
  decodeAccountEntry,
  decodeAccountGenesis,
  decodeCertificate,
  decodeCertificateBody,
  decodeSignedEntry,
  encodeAccountEntry,
  encodeAccountGenesis,
  encodeCertificate,
  encodeCertificateBody,
  encodeSignedEntry,
  revokeReasons,
} from "./account.ts";
export {
  type AckValue,
  type RecordBody,
  type SignedRecord,
  decodeAck,
  decodeAddresses,
  decodeRecord,
  encodeAck,
  encodeAddresses,
  encodeRecord,
  fittingAck,
  perDeviceTypes,
} from "./record.ts";
export { type Avatar, type Profile, decodeAvatar, decodeProfile, encodeAvatar, encodeProfile } from "./profile.ts";
export { type StatusValue, decodeStatus, encodeStatus } from "./status.ts";
export { decodeReadMark, encodeReadMark } from "./read-mark.ts";
export {
  type EphemeralKind,
  type PresenceState,
  type PresenceValue,
  type TypingValue,
  decodePresence,
  decodeTyping,
  encodePresence,
  encodeTyping,
  ephemeralKinds,
  presenceStates,
} from "./presence.ts";
export { type VouchValue, decodeVouch, encodeVouch } from "./vouch.ts";
export {
  type IntroductionContent,
  type IntroductionId,
  type IntroductionOffer,
  type IntroductionPeer,
  type SealedBox,
  type SealedIntroduction,
  decodeIntroduction,
  decodeIntroductionContent,
  encodeIntroduction,
  encodeIntroductionContent,
} from "./introduction.ts";
export { recordProblem } from "./record-types.ts";
export { type VerificationCode, decodeVerificationCode, encodeVerificationCode } from "./verification-code.ts";
export { type InviteLink, decodeInviteLink, encodeInviteLink } from "./invite-link.ts";
export { type BackupItem, backupItemBytes, decodeBackupItem, encodeBackupItem } from "./backup-item.ts";
export { type LinkCode, decodeLinkCode, encodeLinkCode, linkCodePrefix } from "./link-code.ts";
export { type OwnValue, decodeOwnValue, encodeOwnValue, ownKeyForm } from "./own-value.ts";
export { type DeviceStep, type DeviceStepName, type DeviceSteps, type SharedSpace, decodeDeviceStep, encodeDeviceStep } from "./device-step.ts";
export { type OverrideSubject } from "./control/field.ts";
export {
  type AnyControl,
  type ControlKind,
  type ControlPayload,
  type DecodedControl,
  type RootStatement,
  controlPayloads,
  decodeControlPayload,
  encodeControlPayload,
  isControlKind,
} from "./control/payloads.ts";
export {
  type ReportContent,
  type SealedReport,
  decodeReport,
  decodeReportContent,
  decodeReportDone,
  encodeReport,
  encodeReportContent,
  encodeReportDone,
} from "./report.ts";
export { type RootApproval, type RootRequest, decodeRootApprovals, decodeRootRequest, encodeRootApprovals, encodeRootRequest } from "./root-request.ts";
export { fallbackText } from "./content/fallback.ts";
export {
  type AdmissionCode,
  type ArrivalPoint,
  type BlobPart,
  type ByeCode,
  type CloseCode,
  type Frame,
  type FrameOf,
  type FrameType,
  type HoldingsRow,
  type Ranges,
  syncVersion,
  type SpaceOffer,
} from "./frames/frame.ts";
export { encodeFrame } from "./frames/encode.ts";
export { decodeFrame } from "./frames/decode.ts";
export { type ContentKindName, type ContentPayload, contentPayloads, decodeContent, encodeContent, isContentKind } from "./content/payloads.ts";
export type { FileEntry, FileShape } from "./content/field.ts";
export { blobId, chunkHash, chunkSize, chunksOfPage, pageHash } from "./content/blob.ts";
export { threadId } from "./content/thread.ts";
