export { errorCodes, joinSteps } from "./model.ts";
export type {
  ApiError,
  Channel,
  Delivery,
  DeliveryDetail,
  DoctorCheck,
  ErrorCode,
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
export { revokeReasons } from "./devices.ts";
export type { Device, DeviceCommands, DevicePushes, Emoji, Linking, Recovery, RevokeReason, Transfer, WordsCheck } from "./devices.ts";
export type { CommandName, Commands, Params, Result } from "./commands.ts";
export type { Push, PushName, Pushes } from "./pushes.ts";
export type { Answer, FromNode, Request, ToNode } from "./wire.ts";
export { maxFrameBytes } from "./wire.ts";
