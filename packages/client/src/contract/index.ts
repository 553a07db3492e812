export { plainContent } from "./content.ts";
export type {
  ContentCommands,
  ContentPushes,
  ContentViews,
  Excerpt,
  FileHit,
  Hit,
  ListView,
  Mention,
  MessageContent,
  PollView,
  Quote,
  Reaction,
  RetentionChange,
  Scheduled,
  SearchQuery,
  SendMore,
  Thread,
  ThreadSummary,
} from "./content.ts";
export { fileProblems } from "./files.ts";
export type { FileCommands, FileDraft, FileProblem, FilePushes, FileShape, FileState, FileView, SpaceStorage } from "./files.ts";
export { importFormats } from "./imports.ts";
export type { Import, ImportCommands, ImportFormat, ImportPushes, ImportSummary } from "./imports.ts";
export { errorCodes, joinSteps } from "./model.ts";
export type {
  ApiError,
  Channel,
  Delivery,
  DeliveryDetail,
  DoctorCheck,
  ErrorCode,
  History,
  Id,
  Invite,
  InvitePreview,
  Join,
  Member,
  Message,
  Peer,
  Person,
  Problem,
  Space,
  SpaceConnection,
  Status,
} from "./model.ts";
export type {
  Avatar,
  Identity,
  Introduction,
  PersonCard,
  TrustCommands,
  TrustPushes,
  Verification,
  Vouch,
} from "./trust.ts";
export { inboxFilters, notificationCauses } from "./notifications.ts";
export type {
  InboxFilter,
  InboxItem,
  Notification,
  NotificationCause,
  NotificationCommands,
  NotificationDecision,
  NotificationLevel,
  NotificationPushes,
  NotificationReason,
  NotificationRule,
  NotificationRules,
  NotificationScope,
  NotificationSettings,
  UnreadChannel,
  PushBrowser,
  Wake,
  WakeCalls,
} from "./notifications.ts";
export type { KeyHolder, Ownership, OwnershipCommands, OwnershipPushes, OwnershipRequest } from "./ownership.ts";
export type { Override, OverrideSubject, Right, Role, RoleCommands, RolePushes } from "./roles.ts";
export { personStates, presenceChoices, presenceVisibilities } from "./presence.ts";
export type {
  OwnPresence,
  PersonState,
  PersonStatus,
  Presence,
  PresenceChoice,
  PresenceCommands,
  PresencePushes,
  PresenceSettings,
  PresenceVisibility,
  SeenBy,
  SpacePresenceVisibility,
  Typing,
} from "./presence.ts";
export type { MessageRequest, PrivateCommands, PrivatePlace, PrivatePushes, SpaceNature } from "./private.ts";
export { voidReasons } from "./audit.ts";
export type { AuditDeed, VoidReason } from "./audit.ts";
export { auditKinds } from "./moderation.ts";
export type {
  AuditEntry,
  AuditKind,
  CleanUp,
  CleanUpParams,
  Departed,
  JoinRequest,
  ModerationCommands,
  ModerationPushes,
  Removal,
  Removing,
  Report,
  Restriction,
  VoidedEntry,
} from "./moderation.ts";
export { revokeReasons } from "./devices.ts";
export type { Device, DeviceCommands, DevicePushes, Emoji, Linking, Recovery, RevokeReason, Transfer, WordsCheck } from "./devices.ts";
export type { CommandName, Commands, Params, Result } from "./commands.ts";
export type { Push, PushName, Pushes } from "./pushes.ts";
export type { Answer, FromNode, Request, ToNode } from "./wire.ts";
export { maxFrameBytes } from "./wire.ts";
