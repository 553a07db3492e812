/** What the suites of the store port share: the store under test, and events to put into it. */
import type { Store, StoredEvent, TimelineEntry } from "@multichat/core/ports";
import type { AccountId, ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import { afterEach, beforeEach } from "vitest";

export interface StoreUnderTest {
  store: Store;
  /** Closes the store and opens it again from what it kept; absent where closing ends it. */
  reopen?: () => Store;
  dispose?: () => void;
}

export type MakeStore = () => StoreUnderTest;

export interface Subject {
  readonly store: Store;
  /** The same store as a node would find it after a restart. */
  reopened(): Store;
}

/** A fresh store for each test. */
export function useStore(makeStore: MakeStore): Subject {
  let subject: StoreUnderTest;
  beforeEach(() => {
    subject = makeStore();
  });
  afterEach(() => {
    subject.store.close();
    subject.dispose?.();
  });
  return {
    get store() {
      return subject.store;
    },
    reopened() {
      if (subject.reopen !== undefined) subject.store = subject.reopen();
      return subject.store;
    },
  };
}

/** An id whose order among others is that of its number. */
export function idOf<Id extends EventId | AccountId | DeviceId>(number: number): Id {
  return number.toString(16).padStart(64, "0") as Id;
}

export const space = idOf<SpaceId>(0x5_0001);
export const otherSpace = idOf<SpaceId>(0x5_0002);
export const channel = idOf<ChannelId>(0xc_0001);
export const otherChannel = idOf<ChannelId>(0xc_0002);
/** Of `otherSpace`. */
export const foreignChannel = idOf<ChannelId>(0xc_0003);
export const alice = idOf<DeviceId>(0xd_0001);
export const bob = idOf<DeviceId>(0xd_0002);

export const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** An event that need not be well-formed: a store looks at none of its bytes. */
export function makeEvent(number: number, fields: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: idOf(number),
    space,
    channel,
    device: alice,
    seq: number,
    hlc: BigInt(number) << 16n,
    kind: "message",
    header: bytesOf(0x8f, number & 0xff, number >> 8),
    signature: new Uint8Array(64).fill(number),
    salt: new Uint8Array(16).fill(number),
    payload: bytesOf(0xa1, number & 0xff),
    ...fields,
  };
}

export const makeEvents = (
  from: number,
  to: number,
  fields: Partial<StoredEvent> = {},
): StoredEvent[] => Array.from({ length: to - from + 1 }, (_, i) => makeEvent(from + i, fields));

export function entryOf(event: StoredEvent, fields: Partial<TimelineEntry> = {}): TimelineEntry {
  return {
    channel: event.channel,
    time: event.hlc,
    id: event.id,
    unread: false,
    late: false,
    ...fields,
  };
}
