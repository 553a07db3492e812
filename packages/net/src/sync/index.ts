export { type Claims, createClaims } from "./claims.ts";
export { type PendingJoin, type SyncHost, type SyncSpace, lists } from "./host.ts";
export { type Sync, type SyncDeps, createSync } from "./sync.ts";
