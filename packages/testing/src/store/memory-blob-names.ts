/** Names of blobs in the memory store. */
import type { BlobName, Store } from "@multichat/core/ports";
import type { BlobId, EventId, SpaceId } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type BlobMethods = "putBlobNames" | "eventsNaming" | "blobNames" | "unnamedBlobs" | "forgetUnnamed";

export interface MemoryBlobNames {
  methods: Pick<Store, BlobMethods>;
  remove(events: readonly EventId[]): void;
  dropSpace(space: SpaceId): void;
}

export function createMemoryBlobNames(log: UndoLog, events: Pick<Store, "event">): MemoryBlobNames {
  const named = new Map<string, BlobName & { space: SpaceId }>();
  const unnamed = new Map<BlobId, true>();

  function removeWhere(fits: (name: BlobName & { space: SpaceId }) => boolean): void {
    for (const [key, name] of named) {
      if (!fits(name)) continue;
      deleteFrom(log, named, key);
      setIn(log, unnamed, name.blob, true);
    }
  }

  return {
    methods: {
      putBlobNames: (names) =>
        log.transaction(() => {
          for (const { blob, event, size, thumb } of names) {
            const held = events.event(event);
            const key = `${blob}/${event}`;
            if (held === null || named.has(key)) continue;
            setIn(log, named, key, { blob, event, size, thumb, space: held.space });
          }
        }),
      eventsNaming: (blob) =>
        [...named.values()]
          .filter((name) => name.blob === blob)
          .map(({ event, space }) => ({ event, space })),
      blobNames: (space) =>
        [...named.values()]
          .filter((name) => name.space === space)
          .map(({ blob, event, size, thumb }) => ({ blob, event, size, thumb })),
      unnamedBlobs: () =>
        [...unnamed.keys()].filter((blob) =>
          [...named.values()].every((name) => name.blob !== blob),
        ),
      forgetUnnamed: (blobs) =>
        log.transaction(() => {
          for (const blob of blobs) deleteFrom(log, unnamed, blob);
        }),
    },
    remove: (ids) => removeWhere(({ event }) => ids.includes(event)),
    dropSpace: (space) => removeWhere((name) => name.space === space),
  };
}
