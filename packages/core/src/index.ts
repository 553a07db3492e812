export { type NewAccount, accountId, createAccount } from "./accounts/account.ts";
export { type LinkTranscript, emojiOf, linkCommitment, linkProof } from "./accounts/linking.ts";
export { type Voucher, vouchersOf } from "./accounts/vouching.ts";
export { linkEmoji } from "./accounts/link-emoji.ts";
export { type PhraseReading, phraseLength, phraseWords, readPhrase } from "./accounts/phrase.ts";
export { type LogEntry, deviceAddEntry, entryMessage, openEntry, signEntry, withSignatures } from "./accounts/account-entry.ts";
export { type AccountLog, type AccountState, type DeviceStanding, createAccountLog } from "./accounts/account-log.ts";
export {
  type CheckedCertificate,
  type DeviceSecrets,
  type SignedCertificate,
  acceptCertificate,
  certifyDevice,
  checkCertificate,
  signCertificate,
} from "./accounts/certificate.ts";
export { type Event, type HeaderDraft, eventId, openEvent, sameBytes, signEvent, verifyEvent, wireSize } from "./events/event.ts";
export { count, holds, intersection, missing, union, upTo, withRange } from "./holdings/ranges.ts";
export {
  type Permission,
  type PermissionSet,
  type RoleTemplate,
  includes,
  isSubset,
  namesIn,
  permissionNames,
  permissionSet,
  speaking,
  startingRoles,
} from "./control/permissions.ts";
export { type ControlEvent, type ControlLog, createControlLog } from "./control/log.ts";
export type { Act, Binding, Channel, ControlState, Departure, Grant, Invite, Join, Member, Mute, Override, Role } from "./control/state.ts";
export { controlLimits } from "./control/shares.ts";
export { parentMessage } from "./control/mechanical.ts";
export { commitment, rootMessage } from "./control/rules/root.ts";
export { founderGrantId, ownerRoleId } from "./control/facts.ts";
export { type Resolver, type ResolverOptions, createResolver, resolve } from "./control/resolve.ts";
export { boundAccount, grantFor, grantsAt } from "./control/standing.ts";
export { type ContentJudgement, judgeContent } from "./control/judge-content.ts";
export { type May, type MayNot, type Question, type Target, actingGrant, may, slowFor } from "./control/may.ts";
export { type BlobReader, type BlobStore, type StoredBlob, createBlobStore } from "./files/blob-store.ts";
export type { BlobStoreDeps } from "./files/blob-names.ts";
export { namedBlobs } from "./files/named-blobs.ts";
export type { BlobWriter } from "./files/blob-writer.ts";
export type { PartialBlob, Piece } from "./files/partial-blob.ts";
export { pieceLength } from "./files/blob-shape.ts";
export { releaseBytes } from "./files/release-bytes.ts";
export { contentKind, placesOf, threadOf } from "./content/kinds.ts";
export type { ContentKind, Said, View, Viewing } from "./content/kind.ts";
export { extOf } from "./content/ext.ts";
export { subjectOf } from "./content/subject.ts";
export { type RetentionChange, dueBefore, expiryOf, retentionChanges, retentionOf, retentionsIn } from "./content/expiry.ts";
export { type Needs, needsOf } from "./content/needs.ts";
export { type MentionKind, type MentionToken, mentionsIn, nameMentions, replaceMentions } from "./content/mentions.ts";
export { calledBy, isMentioned, writtenText } from "./replica/mentioned.ts";
export {
  type Cause,
  type Decision,
  type Facts,
  type GeneralRules,
  type Level,
  type Obstacle,
  type QuietHours,
  type Reason,
  type Rule,
  type Rules,
  type Scope,
  type Situation,
  decide,
  isTimeZone,
  keywordFinder,
  quietUntil,
  startingRules,
} from "./notifications/index.ts";
export { type ReportPlace, openReport, sealReport } from "./content/report-seal.ts";
export { type InviteClaim, inviteSeed, proveInvite, verifyInviteProof } from "./invites/proof.ts";
export { openRecord, signRecord } from "./records/record.ts";
export { type Greeting, inviteTag, secretCommitment, spaceTag, spaceTagKey } from "./spaces/tags.ts";
export { asStored } from "./replica/places.ts";
export { type Origin, type Replica, type ReplicaDeps, createReplica } from "./replica/replica.ts";
export { type Received, nothingReceived } from "./replica/received.ts";
export { maxAhead } from "./replica/timeline-entries.ts";
export { type Deletion, type Deletions, deletionsOf } from "./replica/deletions.ts";
export { type Feed, type Feeds, lastSeq, rowOf } from "./replica/feeds.ts";
export { recordsOf, recordsSince } from "./replica/digest.ts";
export { type IntroductionPlace, openIntroduction, sealIntroduction } from "./trust/introduction-seal.ts";
export { groupedDigits, safetyNumber } from "./trust/safety-number.ts";
export { type NamedPerson, familiarity, lookAlikes, skeleton } from "./trust/look-alike.ts";
export { plainName, shownName } from "./trust/shown-name.ts";
export { unbindStatement } from "./control/rules/devices.ts";
export { presenceLimits } from "./presence/limits.ts";
export { type Chosen, type ChosenState, type OwnState, chosenAt, chosenStates, ownState } from "./presence/own-state.ts";
export { type PersonState, statusAt, statusLine, sumUp } from "./presence/person.ts";
export { type Allowance, spend } from "./presence/rate.ts";
export { type Heard, createHeard } from "./presence/heard.ts";
export {
  type Choices,
  type Exception,
  type Onlooker,
  type SharedWith,
  type SpaceVisibility,
  type Visibility,
  exceptions,
  maySee,
  spaceVisibilities,
  visibilities,
} from "./presence/visibility.ts";
