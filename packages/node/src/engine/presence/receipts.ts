/** How far people have read, as far as they tell it (spec/13-presence.md, Read receipts). */
import { type Choices, type Onlooker, maySee, presenceLimits, signRecord } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord, TimelinePosition } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type EventId, decodeReadMark, encodeReadMark, idToBytes, nextHlc, toHex } from "@multichat/protocol";
import { isSelf } from "../accounts/self-space.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import { kindOf } from "../private/spaces.ts";
import { newest, valueOf } from "../trust/people.ts";
import type { DeviceKeys } from "../vault.ts";

export interface Receipts {
  /** This person has read further, in a channel or a thread. */
  read(space: Space, timeline: ChannelId): void;
  /** Members who have read this message, besides its author; null: nobody says so here, or to this person. */
  seenBy(space: Space, message: EventId, author: AccountId | null): AccountId[] | null;
  /** Receipts were switched on or off. */
  switched(): void;
  stop(): void;
}

export function createReceipts(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  spaces: Spaces;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  isOn(): boolean;
  visible(): boolean;
  choices(): Choices;
  onlooker(account: AccountId): Pick<Onlooker, "blocked" | "contact">;
  readUpTo(timeline: ChannelId): EventId | null;
  publish(record: StoredRecord, space: Space): void;
}): Receipts {
  const { store, clock, account, device } = deps;
  const waiting = new Map<ChannelId, Space>();
  const writtenAt = new Map<ChannelId, number>();
  let cancel: (() => void) | null = null;

  /** Everybody there gets the record: so everybody there must be allowed to see. */
  function isShownIn(space: Space): boolean {
    const state = space.replica.state();
    if (state === null || isSelf(space) || state.members.size > presenceLimits.smallSpace) return false;
    const place = { id: space.id, conversation: kindOf(space) === "direct" };
    return [...state.members.keys()].every((id) => id === account || maySee(deps.choices(), { account: id, own: false, ...deps.onlooker(id) }, place));
  }

  function ownMarks(space: Space): Map<string, StoredRecord> {
    return new Map(store.records(space.id, "read").flatMap((record) => (record.device === device.id ? [[toHex(record.key), record]] : [])));
  }

  function write(space: Space, timeline: string, message: EventId | null, before: StoredRecord | undefined): void {
    if (valueOf(before, decodeReadMark) === message) return;
    const hlc = nextHlc(deps.now(), before === undefined ? [] : [before.hlc]);
    const key = idToBytes(timeline as ChannelId);
    deps.publish(signRecord(deps.crypto, device.signingSeed, { scope: space.id, account, device: device.id, type: "read", key, hlc, value: encodeReadMark(message) }), space);
  }

  function flush(): void {
    cancel = null;
    for (const [timeline, space] of waiting) {
      if (clock.now() - (writtenAt.get(timeline) ?? Number.NEGATIVE_INFINITY) < presenceLimits.receiptMs) continue;
      waiting.delete(timeline);
      const message = deps.readUpTo(timeline);
      if (!deps.isOn() || !deps.visible() || message === null || !isShownIn(space)) continue;
      const marks = ownMarks(space);
      if (!marks.has(timeline) && marks.size >= presenceLimits.receipts) continue;
      writtenAt.set(timeline, clock.now());
      write(space, timeline, message, marks.get(timeline));
    }
    if (waiting.size > 0) cancel = clock.after(presenceLimits.receiptMs, flush);
  }

  /** The newest of each account, of a channel or a thread. */
  function marksOf(space: Space, timeline: ChannelId): Map<AccountId, EventId> {
    const records = Map.groupBy(store.records(space.id, "read").filter(({ key }) => toHex(key) === timeline), (record) => record.account);
    const found = new Map<AccountId, EventId>();
    for (const [id, theirs] of records) {
      const message = valueOf(newest(theirs), decodeReadMark);
      if (message !== null) found.set(id, message);
    }
    return found;
  }

  return {
    read(space, timeline) {
      if (!deps.isOn()) return;
      waiting.set(timeline, space);
      cancel ??= clock.after(0, flush);
    },
    seenBy(space, message, author) {
      const state = space.replica.state();
      if (!deps.isOn() || state === null || state.members.size > presenceLimits.smallSpace) return null;
      const seen = new Set<AccountId>();
      for (const place of store.timelineEntries(message)) {
        for (const [id, mark] of marksOf(space, place.channel)) {
          const read = store.timelineEntries(mark).find(({ channel }) => channel === place.channel);
          if (read !== undefined && !isBefore(read, place)) seen.add(id);
        }
      }
      return [...seen].filter((id) => id !== account && id !== author && state.members.has(id) && !deps.onlooker(id).blocked);
    },
    switched() {
      if (deps.isOn()) return;
      waiting.clear();
      for (const space of deps.spaces.shared()) for (const [timeline, record] of ownMarks(space)) write(space, timeline, null, record);
    },
    stop: () => cancel?.(),
  };
}

function isBefore(a: TimelinePosition, b: TimelinePosition): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id);
}
