/** Which events name which blobs (spec/12-content.md, Blobs). */
import type { Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";
import type { Names } from "./names.ts";

type BlobMethods = "putBlobNames" | "eventsNaming" | "blobNames" | "unnamedBlobs" | "forgetUnnamed";

export interface BlobNames {
  methods: Pick<Store, BlobMethods>;
  /** The payloads of these events are gone. */
  remove(events: readonly EventId[]): void;
  /** The same. @param arrivals JSON of them */
  removeArrivals(arrivals: string): void;
}

export function createBlobNames(connection: Connection, names: Names): BlobNames {
  const put = connection.command(`
    INSERT INTO blob_names (blob, arrival, space, size, thumb)
    SELECT ?1, arrival, channels.space, ?3, ?4 FROM events CROSS JOIN channels ON channels.key = events.channel WHERE events.id = ?2
    ON CONFLICT DO NOTHING`);
  const remove = connection.command(
    "DELETE FROM blob_names WHERE arrival = (SELECT arrival FROM events WHERE id = ?)",
  );
  const removeAll = connection.command(
    "DELETE FROM blob_names WHERE arrival IN (SELECT value FROM json_each(?))",
  );
  const naming = connection.query(
    `SELECT events.id, spaces.id FROM blob_names
     CROSS JOIN events ON events.arrival = blob_names.arrival CROSS JOIN spaces ON spaces.key = blob_names.space
     WHERE blob = ?`,
    ["eventId", "spaceId"],
  );
  const inSpace = connection.query(
    `SELECT blob, events.id, size, thumb FROM blob_names CROSS JOIN events ON events.arrival = blob_names.arrival
     WHERE space = ?`,
    ["blobId", "eventId", "integer", "integer"],
  );
  const unnamed = connection.query(
    `SELECT blob FROM unnamed_blobs
     WHERE NOT EXISTS (SELECT 1 FROM blob_names WHERE blob_names.blob = unnamed_blobs.blob)`,
    ["blobId"],
  );
  const forget = connection.command("DELETE FROM unnamed_blobs WHERE blob = ?");

  return {
    methods: {
      putBlobNames: (named) =>
        connection.transaction(() => {
          for (const { blob, event, size, thumb } of named)
            put.run(idBytes(blob), idBytes(event), size, thumb ? 1 : 0);
        }),
      eventsNaming: (blob) => naming.all(idBytes(blob)).map(([event, space]) => ({ event, space })),
      blobNames(space) {
        const key = names.findSpace(space);
        if (key === null) return [];
        return inSpace
          .all(key)
          .map(([blob, event, size, thumb]) => ({ blob, event, size, thumb: thumb === 1 }));
      },
      unnamedBlobs: () => unnamed.all().map(([blob]) => blob),
      forgetUnnamed: (blobs) =>
        connection.transaction(() => {
          for (const blob of blobs) forget.run(idBytes(blob));
        }),
    },
    remove(events) {
      for (const event of events) remove.run(idBytes(event));
    },
    removeArrivals: (arrivals) => void removeAll.run(arrivals),
  };
}
