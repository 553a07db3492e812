export { createMemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { alice, channel, entryOf, idOf, makeEvent, makeEvents, space } from "./sample-events.ts";
