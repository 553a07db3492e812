export { createMemoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export {
  alice,
  annotationOf,
  carol,
  channel,
  entryOf,
  idOf,
  makeEvent,
  makeEvents,
  searchEntryOf,
  space,
  thread,
} from "./sample-events.ts";
