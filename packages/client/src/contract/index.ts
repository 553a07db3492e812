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
export type { CommandName, Commands, Params, Result } from "./commands.ts";
export type { Push, PushName, Pushes } from "./pushes.ts";
export type { Answer, FromNode, Request, ToNode } from "./wire.ts";
export { maxFrameBytes } from "./wire.ts";
