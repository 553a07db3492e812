export { createFolderDisk } from "./folder-disk.ts";
export { refuseNewer } from "./migrations.ts";
export { createSqliteStore, type SqliteStoreOptions } from "./sqlite-store.ts";
