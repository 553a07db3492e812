/** How far a person has read, on this device and told to their others (spec/09-devices.md, Own data). */
import type { Clock, Store, StoredEvent, TimelineEntry, TimelinePosition } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type EventId, type SpaceId, decodeHeader, parseChannelId, parseEventId, zeroId } from "@multichat/protocol";
import { threadRoot } from "../conversation/contents.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { OwnData } from "./own-data.ts";

/** Reading on and on is told now and then. */
const tellMs = 2_000;
const prefix = "read/";
const ownForm = /^([0-9a-f]{16})\/([0-9a-f]{64})(\/unread)?$/;
const beginning: TimelinePosition = { time: 0n, id: zeroId as unknown as EventId };
/** Rows read at once. */
const page = 512;

/** Of channels and of threads, which are named alike. */
export interface ReadPositions {
  of(channel: ChannelId): TimelinePosition | null;
  /** The newest message that is here and was read. */
  upTo(channel: ChannelId): EventId | null;
  /** Everything up to here was read on this device. */
  mark(channel: ChannelId, position: TimelinePosition): void;
  /** What comes after this position is unread again, on all own devices; null: everything. */
  back(channel: ChannelId, position: TimelinePosition | null): void;
  /** Own data said something else. */
  learned(key: string, value: string | null): void;
  /** All that members hold of this space is here: what was read elsewhere before it came is read. */
  caughtUp(space: SpaceId): void;
  /** Read on another device up to something that is not here yet, and this is before it. */
  elsewhere(channel: ChannelId, position: TimelinePosition): boolean;
  stop(): void;
}

export function createReadPositions(deps: {
  store: Store;
  clock: Clock;
  own: OwnData;
  spaces: Pick<Spaces, "get">;
  account: AccountId;
  blocked(account: AccountId): boolean;
  isDeleted(space: Space, event: StoredEvent): boolean;
  showAgain(space: Space, events: readonly EventId[]): void;
  markChannel(space: SpaceId, channel: ChannelId): void;
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

  /** Another device may have got further meanwhile. */
  function isUntold(channel: ChannelId): boolean {
    const position = positionOf(channel);
    const told = parse(own.get(prefix + channel));
    return position !== null && (told === null || told.time < position.time);
  }

  function tellSoon(): void {
    if (toTell.size > 0) cancel ??= deps.clock.after(tellMs, tell);
  }

  function tell(): void {
    cancel = null;
    deps.guarded(() => {
      for (const channel of toTell) if (isUntold(channel)) own.set(prefix + channel, toldAs(positionOf(channel)!));
      toTell.clear();
    });
  }

  /** There is something to read for this account: not what it wrote itself, what is deleted, or is by somebody blocked. */
  function isToRead(id: EventId): boolean {
    const event = store.event(id);
    const space = event === null ? null : deps.spaces.get(event.space);
    const header = event === null ? null : decodeHeader(event.header);
    if (event === null || space === null || header === null || !header.ok) return false;
    const author = space.replica.state()?.grants.get(header.value.auth)?.account;
    return author !== deps.account && (author === undefined || !deps.blocked(author)) && !deps.isDeleted(space, event);
  }

  /** Unread counts of this channel or thread changed. */
  function changed(timeline: ChannelId): void {
    deps.read(timeline);
    const end = store.timelineEnd(timeline);
    const event = end === null ? null : store.event(end.id);
    const space = event === null ? null : deps.spaces.get(event.space);
    if (event === null || space === null) return;
    // How much of its thread is unread stands beside a message.
    const root = event.channel === timeline ? null : threadRoot(event);
    if (root !== null) deps.showAgain(space, [root]);
    deps.markChannel(space.id, event.channel);
  }

  /** What comes after is unread. */
  function goBack(channel: ChannelId, position: TimelinePosition): void {
    toTell.delete(channel);
    behind.delete(channel);
    store.transaction(() => {
      store.putSetting(prefix + channel, position.time === 0n ? null : `${position.time}/${position.id}`);
      for (let at: TimelineEntry[] = []; ; ) {
        at = store.timeline(channel, { after: at.at(-1) ?? position }, page);
        if (at.length === 0) break;
        store.markUnread(channel, at.filter(({ id }) => isToRead(id)).map(({ id }) => id));
      }
    });
  }

  // What was read just before this device stopped.
  for (const { key } of store.settings(prefix)) {
    const channel = parseChannelId(key.slice(prefix.length));
    if (channel !== null && isUntold(channel)) toTell.add(channel);
  }
  tellSoon();

  return {
    of: positionOf,
    upTo(channel) {
      const position = positionOf(channel);
      if (position === null || store.timelineEntry(position.id) !== null) return position?.id ?? null;
      // It has disappeared, or is not here yet.
      return store.timeline(channel, { before: position }, 1)[0]?.id ?? null;
    },
    mark(channel, position) {
      store.transaction(() => {
        store.markRead(channel, position);
        if (advance(channel, position)) toTell.add(channel);
      });
      tellSoon();
      deps.read(channel);
    },
    back(channel, position) {
      const to = position ?? beginning;
      goBack(channel, to);
      changed(channel);
      own.set(prefix + channel, `${toldAs(to)}/unread`);
    },
    learned(key, value) {
      const channel = key.startsWith(prefix) ? parseChannelId(key.slice(prefix.length)) : null;
      const position = parse(value);
      if (channel === null || position === null) return;
      if (position.back) {
        const known = positionOf(channel) ?? beginning;
        if (known.time === position.time && known.id === position.id) return;
        goBack(channel, position);
        return changed(channel);
      }
      const further = store.transaction(() => {
        if (!advance(channel, position)) return false;
        store.markRead(channel, position);
        return true;
      });
      if (!further) return;
      if (store.timelineEntry(position.id) === null) behind.add(channel);
      changed(channel);
    },
    caughtUp(space) {
      for (const channel of behind) {
        const end = store.timelineEnd(channel);
        const position = end !== null && store.event(end.id)?.space === space ? positionOf(channel) : null;
        if (position === null) continue;
        behind.delete(channel);
        store.transaction(() => store.markRead(channel, position));
        changed(channel);
      }
    },
    elsewhere(channel, { time, id }) {
      const upTo = behind.has(channel) ? positionOf(channel) : null;
      return upTo !== null && (time < upTo.time || (time === upTo.time && id <= upTo.id));
    },
    stop() {
      cancel?.();
      // Other devices need not wait until this one is back.
      tell();
    },
  };
}

function toldAs({ time, id }: TimelinePosition): string {
  return `${time.toString(16).padStart(16, "0")}/${id}`;
}

function parse(value: string | null): (TimelinePosition & { back: boolean }) | null {
  const [, time, text, back] = ownForm.exec(value ?? "") ?? [];
  const id = text === undefined ? null : parseEventId(text);
  return time === undefined || id === null ? null : { time: BigInt(`0x${time}`), id, back: back !== undefined };
}
