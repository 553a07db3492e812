/** The small integers that stand for spaces, channels and devices inside the database. */
import type { ChannelId, DeviceId, SpaceId } from "@multichat/protocol";
import type { Connection } from "./connection.ts";
import { idBytes } from "./id-bytes.ts";

export interface Names {
  findSpace(space: SpaceId): number | null;
  findChannel(channel: ChannelId): number | null;
  findDevice(device: DeviceId): number | null;
  /** These make the name if there is none yet. */
  space(space: SpaceId): number;
  device(device: DeviceId): number;
  /** @throws RangeError if the channel is already known in another space: a channel id names its space through the event that made it */
  channel(channel: ChannelId, space: SpaceId): number;
  forget(): void;
}

export function createNames(connection: Connection): Names {
  const spaces = createTable<SpaceId>(connection, "spaces");
  const devices = createTable<DeviceId>(connection, "devices");
  const channelKey = connection.query("SELECT key, space FROM channels WHERE id = ?", [
    "integer",
    "integer",
  ]);
  const addChannel = connection.query(
    "INSERT INTO channels (id, space) VALUES (?, ?) RETURNING key",
    ["integer"],
  );
  const channels = new Map<ChannelId, { key: number; space: number }>();

  function findChannel(channel: ChannelId): { key: number; space: number } | null {
    const known = channels.get(channel);
    if (known !== undefined) return known;
    const row = channelKey.get(idBytes(channel));
    if (row === null) return null;
    const found = { key: row[0], space: row[1] };
    channels.set(channel, found);
    return found;
  }

  return {
    findSpace: spaces.find,
    space: spaces.findOrAdd,
    findDevice: devices.find,
    device: devices.findOrAdd,
    findChannel: (channel) => findChannel(channel)?.key ?? null,
    channel(channel, space) {
      const spaceKey = spaces.findOrAdd(space);
      const known = findChannel(channel);
      if (known === null) {
        const [key] = addChannel.get(idBytes(channel), spaceKey)!;
        channels.set(channel, { key, space: spaceKey });
        return key;
      }
      if (known.space !== spaceKey) throw new RangeError("the channel belongs to another space");
      return known.key;
    },
    forget() {
      spaces.forget();
      devices.forget();
      channels.clear();
    },
  };
}

interface NameTable<Id> {
  find(id: Id): number | null;
  findOrAdd(id: Id): number;
  forget(): void;
}

function createTable<Id extends SpaceId | DeviceId>(
  connection: Connection,
  table: "spaces" | "devices",
): NameTable<Id> {
  const select = connection.query(`SELECT key FROM ${table} WHERE id = ?`, ["integer"]);
  const insert = connection.query(`INSERT INTO ${table} (id) VALUES (?) RETURNING key`, [
    "integer",
  ]);
  const known = new Map<Id, number>();

  function find(id: Id): number | null {
    const key = known.get(id) ?? select.get(idBytes(id))?.[0] ?? null;
    if (key !== null) known.set(id, key);
    return key;
  }

  return {
    find,
    findOrAdd(id) {
      const found = find(id);
      if (found !== null) return found;
      const [key] = insert.get(idBytes(id))!;
      known.set(id, key);
      return key;
    },
    forget: () => known.clear(),
  };
}
