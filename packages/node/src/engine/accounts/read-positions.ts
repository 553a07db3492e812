/** How far a person has read, on this device and told to their others (spec/09-devices.md, Own data). */
import type { Clock, Store, TimelinePosition } from "@multichat/core/ports";
import { type ChannelId, type EventId, parseChannelId, parseEventId } from "@multichat/protocol";
import type { OwnData } from "./own-data.ts";

/** Reading on and on is told now and then. */
const tellMs = 2_000;
const prefix = "read/";
const ownForm = /^([0-9a-f]{16})\/([0-9a-f]{64})$/;

export interface ReadPositions {
  of(channel: ChannelId): TimelinePosition | null;
  /** Everything up to here was read on this device. */
  mark(channel: ChannelId, position: TimelinePosition): void;
  /** On this device what comes after this position is unread again; null: everything. */
  back(channel: ChannelId, position: TimelinePosition | null): void;
  /** Own data said something else. */
  learned(key: string, value: string | null): void;
  /** All that members hold of these channels is here: what was read elsewhere before it came is read. */
  caughtUp(channels: Iterable<ChannelId>): void;
  /** Read on another device up to something that is not here yet, and this is before it. */
  elsewhere(channel: ChannelId, position: TimelinePosition): boolean;
  stop(): void;
}

export function createReadPositions(deps: {
  store: Store;
  clock: Clock;
  own: OwnData;
  /** Unread counts of this channel changed. */
  changed(channel: ChannelId): void;
  /** What is unread in this timeline is something else, on whichever device it was read. */
  read(timeline: ChannelId): void;
  guarded(work: () => void): void;
}): ReadPositions {
  const { store, own } = deps;
  const toTell = new Set<ChannelId>();
  /** Read elsewhere up to a message that is not here yet. Later ones that come late are news all the same. */
  const behind = new Set<ChannelId>();
  let cancel: (() => void) | null = null;

  function positionOf(channel: ChannelId): TimelinePosition | null {
    const [time, id] = store.setting(prefix + channel)?.split("/") ?? [];
    return time === undefined || id === undefined ? null : { time: BigInt(time), id: id as EventId };
  }

  /** Reading further back takes nothing back. */
  function advance(channel: ChannelId, position: TimelinePosition): boolean {
    const known = positionOf(channel);
    const further = known === null || position.time > known.time || (position.time === known.time && position.id > known.id);
    if (further) store.putSetting(prefix + channel, `${position.time}/${position.id}`);
    return further;
  }

  function tell(): void {
    cancel = null;
    deps.guarded(() => {
      for (const channel of toTell) {
        const position = positionOf(channel);
        const told = parse(own.get(prefix + channel));
        // Another device may have got further meanwhile.
        if (position !== null && (told === null || told.time < position.time)) {
          own.set(prefix + channel, `${position.time.toString(16).padStart(16, "0")}/${position.id}`);
        }
      }
      toTell.clear();
    });
  }

  return {
    of: positionOf,
    mark(channel, position) {
      store.transaction(() => {
        store.markRead(channel, position);
        if (advance(channel, position)) toTell.add(channel);
      });
      if (toTell.size > 0) cancel ??= deps.clock.after(tellMs, tell);
      deps.read(channel);
    },
    back(channel, position) {
      store.putSetting(prefix + channel, position === null ? null : `${position.time}/${position.id}`);
      deps.read(channel);
    },
    learned(key, value) {
      const channel = key.startsWith(prefix) ? parseChannelId(key.slice(prefix.length)) : null;
      const position = parse(value);
      if (channel === null || position === null) return;
      const further = store.transaction(() => {
        if (!advance(channel, position)) return false;
        store.markRead(channel, position);
        return true;
      });
      if (!further) return;
      if (store.timelineEntry(position.id) === null) behind.add(channel);
      deps.changed(channel);
      deps.read(channel);
    },
    caughtUp(channels) {
      for (const channel of channels) {
        const position = behind.delete(channel) ? positionOf(channel) : null;
        if (position === null) continue;
        store.transaction(() => store.markRead(channel, position));
        deps.changed(channel);
        deps.read(channel);
      }
    },
    elsewhere(channel, { time, id }) {
      const upTo = behind.has(channel) ? positionOf(channel) : null;
      return upTo !== null && (time < upTo.time || (time === upTo.time && id <= upTo.id));
    },
    stop: () => cancel?.(),
  };
}

function parse(value: string | null): TimelinePosition | null {
  const [, time, text] = ownForm.exec(value ?? "") ?? [];
  const id = text === undefined ? null : parseEventId(text);
  return time === undefined || id === null ? null : { time: BigInt(`0x${time}`), id };
}
