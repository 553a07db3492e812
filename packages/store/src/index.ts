export { createFolderDisk } from "./folder-disk.ts";
export { createSqliteStore, type SqliteStoreOptions } from "./sqlite-store.ts";
