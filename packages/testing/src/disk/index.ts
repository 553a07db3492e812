export { type MemoryDisk, createMemoryDisk } from "./memory-disk.ts";
