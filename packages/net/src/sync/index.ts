export { type Claims, createClaims } from "./claims.ts";
export type { PendingJoin, SyncHost, SyncSpace } from "./host.ts";
export { type Sync, type SyncDeps, createSync } from "./sync.ts";
