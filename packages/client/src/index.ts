export { connect } from "./connect.ts";
export type { ConnectOptions } from "./connect.ts";
export type { Client, ClientState } from "./client.ts";
export { ClientError } from "./client-error.ts";
export type { Unsubscribe } from "./listeners.ts";
export { openSession } from "./session.ts";
export { backupFileAddress, reserveBackupFile, sendBackupFile } from "./backup-file.ts";
export { type FileAccess, fileAddress, readFile, sendFile } from "./files.ts";
export { safeFileName } from "./safe-file-name.ts";
export type { Socket, SocketConstructor } from "./socket.ts";
export { errorCodes, joinSteps, maxFrameBytes } from "./contract/index.ts";
export type {
  Answer,
  ApiError,
  Channel,
  CommandName,
  Commands,
  Delivery,
  DeliveryDetail,
  DoctorCheck,
  ErrorCode,
  FileDraft,
  FileShape,
  FileState,
  FileView,
  FromNode,
  Id,
  Invite,
  InvitePreview,
  Join,
  Member,
  Message,
  Params,
  Peer,
  Person,
  Problem,
  Push,
  PushName,
  Pushes,
  Request,
  Result,
  Space,
  SpaceConnection,
  Status,
  ToNode,
} from "./contract/index.ts";
