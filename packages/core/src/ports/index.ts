export type { Clock } from "./clock.ts";
export type { Crypto } from "./crypto.ts";
export { type Disk, type DiskEntry, DiskError, type DiskFile } from "./disk.ts";
export { frameWeight, waitingWeight } from "./links.ts";
export type { DialAttempt, LinkInfo, LinkKind, Links, LinksHandler } from "./links.ts";
export type { Random } from "./random.ts";
export { maxSearchTotal, reactionsShown, StoreError } from "./store.ts";
export type {
  Annotation,
  ArrivedEvent,
  BlobName,
  FeedHoldings,
  FiledAnnotation,
  ReactionCount,
  SearchEntry,
  SearchPage,
  Store,
  StoreSearch,
  StoredEvent,
  StoredRecord,
  Purged,
  StoredSpace,
  Target,
  TimelineEntry,
  TimelinePosition,
  TimelineRow,
} from "./store.ts";
