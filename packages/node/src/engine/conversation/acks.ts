/**
 * Acknowledgements (spec/07-records-and-invites.md): tells the others what is on this device's disk, at most once a
 * second a channel, and counts what they tell.
 */
import { holds, missing, signRecord } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type Hlc,
  type Ranges,
  type SpaceId,
  decodeAck,
  decodeRecord,
  encodeAck,
  fittingAck,
  fromHex,
  nextHlc,
  toHex,
} from "@multichat/protocol";
import type { Space } from "../joining/spaces.ts";
import type { DeviceKeys } from "../vault.ts";

/** The first acknowledgement after a pause goes out at once but for this, so that a batch shares one. */
const soonMs = 25;
const everyMs = 1_000;

export interface Acks {
  /** Something arrived in this channel. */
  arrived(space: Space, channel: ChannelId): void;
  /** Takes in someone's acknowledgement; answers which events of each of `ours` it newly covers. */
  learn(record: StoredRecord, ours: readonly DeviceId[]): { channel: ChannelId; device: DeviceId; ranges: Ranges }[];
  /** Reads what is stored, and tells what was stored without being told, as after a crash. */
  load(space: Space): void;
  /** Devices, of those given, that hold this event. */
  holders(event: { channel: ChannelId; device: DeviceId; seq: number }, devices: Iterable<DeviceId>): DeviceId[];
  stop(): void;
}

export function createAcks(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  /** An own acknowledgement was signed and stored: to be sent to the members. */
  publish(space: SpaceId, record: StoredRecord): void;
}): Acks {
  const { store, crypto, clock, device, account } = deps;
  /** channel → acknowledging device → author device → ranges */
  const held = new Map<ChannelId, Map<DeviceId, Map<DeviceId, Ranges>>>();
  const lastSigned = new Map<ChannelId, { at: number; hlc: Hlc }>();
  const waiting = new Map<ChannelId, () => void>();

  function sign(space: Space, channel: ChannelId): void {
    waiting.delete(channel);
    const previous = lastSigned.get(channel)?.hlc ?? storedHlc(space.id, channel);
    const hlc = nextHlc(deps.now(), previous === null ? [] : [previous]);
    lastSigned.set(channel, { at: clock.now(), hlc });
    const feeds = [...space.replica.feeds.all()].filter((feed) => feed.channel === channel && feed.device !== device.id);
    const value = fittingAck(feeds.sort((a, b) => b.arrival - a.arrival));
    if (value.length === 0) return;
    const record = signRecord(crypto, device.signingSeed, {
      scope: space.id,
      account,
      device: device.id,
      type: "ack",
      key: fromHex(channel),
      hlc,
      value: encodeAck(value),
    });
    store.transaction(() => store.putRecord(record));
    space.replica.touch();
    deps.publish(space.id, record);
  }

  function storedHlc(space: SpaceId, channel: ChannelId): Hlc | null {
    const own = store.records(space, "ack").find((record) => record.device === device.id && toHex(record.key) === channel);
    return own?.hlc ?? null;
  }

  function arrived(space: Space, channel: ChannelId): void {
    if (waiting.has(channel)) return;
    const since = clock.now() - (lastSigned.get(channel)?.at ?? -everyMs);
    // A clock that was set back must not silence us.
    const pause = Math.min(everyMs, Math.max(soonMs, everyMs - since));
    waiting.set(channel, clock.after(pause, () => sign(space, channel)));
  }

  function take(record: StoredRecord): { channel: ChannelId; before: Map<DeviceId, Ranges>; after: Map<DeviceId, Ranges> } | null {
    const body = decodeRecord(record.bytes);
    const ack = body.ok ? decodeAck(body.value.value) : null;
    if (ack === null || !ack.ok || record.key.length !== 32) return null;
    const channel = toHex(record.key) as ChannelId;
    const byDevice = held.get(channel) ?? new Map<DeviceId, Map<DeviceId, Ranges>>();
    held.set(channel, byDevice);
    const before = byDevice.get(record.device) ?? new Map<DeviceId, Ranges>();
    const after = new Map(ack.value.map(({ device: author, ranges }) => [author, ranges]));
    byDevice.set(record.device, after);
    return { channel, before, after };
  }

  return {
    arrived,
    learn(record, ours) {
      const taken = take(record);
      if (taken === null) return [];
      const { channel, before, after } = taken;
      return ours.map((device) => ({ channel, device, ranges: missing(after.get(device) ?? [], before.get(device) ?? []) }));
    },
    load(space) {
      const state = space.replica.state();
      for (const record of store.records(space.id, "ack")) {
        if (state?.devices.get(record.device) === record.account && state.channels.has(toHex(record.key) as ChannelId)) take(record);
      }
      for (const feed of space.replica.feeds.all()) {
        if (feed.channel === space.id || feed.device === device.id) continue;
        const told = held.get(feed.channel)?.get(device.id)?.get(feed.device) ?? [];
        if (missing(feed.ranges, told).length > 0) arrived(space, feed.channel);
      }
    },
    holders({ channel, device: author, seq }, devices) {
      const byDevice = held.get(channel);
      if (byDevice === undefined) return [];
      return [...devices].filter((one) => holds(byDevice.get(one)?.get(author) ?? [], seq));
    },
    stop() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
