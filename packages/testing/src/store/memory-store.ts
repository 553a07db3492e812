/** The Store port on plain data: for stories and the simulator, where nothing has to outlive the process. */
import type { Random, Store, StoredSpace } from "@multichat/core/ports";
import type { SpaceId } from "@multichat/protocol";
import { createMemoryAnnotations } from "./memory-annotations.ts";
import { createMemoryBlobNames } from "./memory-blob-names.ts";
import { createMemoryEvents } from "./memory-events.ts";
import { createMemoryExpiries, type DueTimes } from "./memory-expiries.ts";
import { createMemoryRecords, createMemorySettings } from "./memory-records.ts";
import { createMemorySearch } from "./memory-search.ts";
import { createMemoryTimeline } from "./memory-timeline.ts";
import { createUndoLog, deleteFrom, setIn } from "./undo-log.ts";

export interface MemoryStoreOptions {
  /** For the incarnation. Without it, stores of one process are numbered: still all different, and the same in every run. */
  random?: Random;
}

const incarnationBytes = 16;
let storesMade = 0;

export function createMemoryStore({ random }: MemoryStoreOptions = {}): Store {
  const log = createUndoLog();
  const spaces = new Map<SpaceId, StoredSpace>();
  const dueTimes: DueTimes = new Map();
  const { dropSpace: dropEvents, lastGivenOut, spaceOf, ...events } = createMemoryEvents(log);
  const { dropSpace: dropTimelines, ...timeline } = createMemoryTimeline(
    log,
    { ...events, spaceOf },
    dueTimes,
  );
  const {
    dropSpace: dropAnnotations,
    about,
    targetsOf,
    ...annotations
  } = createMemoryAnnotations(log, events, dueTimes);
  const { dropSpace: dropSearch, ...search } = createMemorySearch(log, events, dueTimes);
  const blobNames = createMemoryBlobNames(log, events);
  const { dropSpace: dropExpiries, ...expiries } = createMemoryExpiries(log, dueTimes, {
    ...events,
    ...timeline,
    ...annotations,
    ...search,
    about,
    targetsOf,
    removeBlobNames: blobNames.remove,
  });
  const { dropScope, ...records } = createMemoryRecords(log, lastGivenOut);

  return {
    incarnation: random?.bytes(incarnationBytes) ?? numberedIncarnation(),
    transaction: log.transaction,
    close: () => {},
    putSpace: ({ id, secret, state, joinedAt }) =>
      log.transaction(() => setIn(log, spaces, id, { id, secret, state, joinedAt })),
    spaces: () => [...spaces.values()].map((space) => ({ ...space })),
    dropSpace: (space) =>
      log.transaction(() => {
        dropTimelines(space);
        dropAnnotations(space);
        dropSearch(space);
        dropExpiries(space);
        blobNames.dropSpace(space);
        dropEvents(space);
        dropScope(space);
        deleteFrom(log, spaces, space);
      }),
    ...events,
    dropPayloads: (ids) =>
      log.transaction(() => {
        events.dropPayloads(ids);
        annotations.removeAnnotations(ids);
        search.removeSearch(ids);
        blobNames.remove(ids);
      }),
    ...timeline,
    ...annotations,
    ...search,
    ...expiries,
    ...blobNames.methods,
    ...records,
    ...createMemorySettings(log),
    check: () => null,
  };
}

function numberedIncarnation(): Uint8Array {
  const bytes = new Uint8Array(incarnationBytes);
  new DataView(bytes.buffer).setUint32(0, ++storesMade);
  return bytes;
}
