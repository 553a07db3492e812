/** The spaces this account knows, and forgetting one. */
import type { Store, StoredSpace } from "@multichat/core/ports";
import type { SpaceId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import type { Events } from "./events.ts";
import type { Meta } from "./meta.ts";
import type { Names } from "./names.ts";
import { damaged } from "./sqlite-error.ts";

export interface Spaces extends Pick<Store, "putSpace" | "spaces"> {
  /** Deletes a space's rows; the caller sees to what is remembered in memory and left in the log. */
  deleteSpace(space: SpaceId): void;
}

export function createSpaces(
  connection: Connection,
  meta: Meta,
  names: Names,
  events: Events,
): Spaces {
  const put = connection.command(
    "UPDATE spaces SET secret = ?, state = ?, joined_at = ? WHERE key = ?",
  );
  const all = connection.query(
    "SELECT id, secret, state, joined_at FROM spaces WHERE state IS NOT NULL ORDER BY key",
    ["spaceId", "bytes", "text", "integer"],
  );
  const channels = "(SELECT key FROM channels WHERE space = ?)";
  const feeds = `(SELECT key FROM feeds WHERE channel IN ${channels})`;
  const arrivals = `(SELECT arrival FROM events WHERE feed IN ${feeds})`;
  const deletions = [
    `DELETE FROM timeline WHERE channel IN ${channels}`,
    `INSERT INTO search (search, rowid, text, terms) SELECT 'delete', position, text, terms FROM search_rows WHERE arrival IN ${arrivals}`,
    `DELETE FROM expiries WHERE arrival IN ${arrivals}`,
    `DELETE FROM search_rows WHERE arrival IN ${arrivals}`,
    `DELETE FROM annotated WHERE channel IN ${channels}`,
    `DELETE FROM reaction_counts WHERE channel IN ${channels}`,
    `DELETE FROM reactions WHERE channel IN ${channels}`,
    `DELETE FROM annotations WHERE arrival IN ${arrivals}`,
    "DELETE FROM blob_names WHERE space = ?",
    `DELETE FROM events WHERE feed IN ${feeds}`,
    `DELETE FROM lower_ranges WHERE feed IN ${feeds}`,
    `DELETE FROM feeds WHERE channel IN ${channels}`,
    "DELETE FROM channels WHERE space = ?",
    "DELETE FROM spaces WHERE key = ?",
  ].map((sql) => connection.command(sql));
  const deleteRecords = connection.command("DELETE FROM records WHERE scope = ?");
  const deleteDevices = connection.command(
    "DELETE FROM devices WHERE key NOT IN (SELECT device FROM feeds)",
  );

  return {
    putSpace: ({ id, secret, state, joinedAt }) =>
      connection.transaction(() => void put.run(secret, state, joinedAt, names.space(id))),

    spaces: () =>
      all
        .all()
        .map(([id, secret, state, joinedAt]) => ({ id, secret, state: toState(state), joinedAt })),

    deleteSpace: (space) =>
      connection.transaction(() => {
        deleteRecords.run(space);
        const key = names.findSpace(space);
        if (key === null) return;
        // Its newest events may be the newest of all, and their numbers must not be given out again.
        meta.setArrivals(events.nextArrival());
        for (const deletion of deletions) deletion.run(key);
        deleteDevices.run();
      }),
  };
}

function toState(text: string): StoredSpace["state"] {
  if (text === "joining" || text === "member" || text === "left") return text;
  throw damaged("the database file is damaged: a space is in no known state");
}
