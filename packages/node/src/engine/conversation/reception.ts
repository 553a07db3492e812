/** What comes in, from this device's own hand or from others, and everything that follows from it. */
import { type ControlState, type Event, type Received, asStored, nothingReceived, openRecord, sameBytes } from "@multichat/core";
import type { Crypto, Store, StoredRecord, TimelineEntry, TimelineRow } from "@multichat/core/ports";
import type { Sync } from "@multichat/net/sync";
import { type AccountId, type ChannelId, type DeviceId, type EventId, type Profile, type RecordBody, type SignedRecord, type SpaceId, decodeProfile, decodeRecord, recordProblem, toHex } from "@multichat/protocol";
import type { Acks } from "./acks.ts";
import type { Author } from "./author.ts";
import type { AccountLogs } from "../accounts/account-logs.ts";
import type { DeliveryMarks } from "./delivery-marks.ts";
import type { OwnDataKeeper } from "../accounts/own-data.ts";
import { type People, newest, valueOf } from "../trust/people.ts";
import type { Pushes } from "./pushes.ts";
import { createRecordShares } from "../accounts/record-shares.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Requests to be let in, not granted yet, that devices not bound may put into a space's log in one window: each stays there for good. */
const strangersEvents = 64;
/** The same of what was asked for: past requests, granted or not, come long before what says that they were granted. */
const strangersHistory = 4096;
const strangersWindowMs = 10 * 60_000;
/** Records of devices that the control log here does not know yet; they often come before it. */
const waitingRecords = 512;
/** In all, of one space: the oldest give way, and are sent again when holdings are compared. */
const waitingRecordsBytes = 8 * 1024 * 1024;

/** A peer, this device itself, or what had been waiting. */
export type Source = DeviceId | "self" | "waiting";

export interface Reception {
  /** `requested`: this node asked for them. */
  receive(space: SpaceId, events: Event[], from: DeviceId, requested: boolean): Received;
  receiveRecords(space: SpaceId, records: SignedRecord[], from: DeviceId): void;
  /** Tells everyone concerned of what was written or received. */
  absorb(space: Space, received: Received, from: Source): void;
  /** These are to be shown anew, whose messages they are or not. */
  showAgain(space: Space, events: readonly EventId[]): void;
  /** Control events that waited for their time. */
  retry(space: Space): void;
  /** Records that waited for the devices they are of. */
  retryRecords(space: Space): void;
  /** The profile that a device not bound yet shows of its account, if it is signed by that device. */
  newcomer(space: Space, account: AccountId, device: DeviceId): Profile | null;
}

export function createReception(deps: {
  store: Store;
  crypto: Crypto;
  spaces: Spaces;
  author: Author;
  acks: Acks;
  own: OwnDataKeeper;
  logs: AccountLogs;
  people: People;
  marks: Pick<DeliveryMarks, "acknowledged">;
  pushes: Pushes;
  sync: Pick<Sync, "spread" | "spreadRecords">;
  self: DeviceId;
  account: AccountId;
  now(): number;
  /** Runs work that stores; what fails there is dealt with. */
  guarded(work: () => void): void;
  controlChanged(space: Space, accepted: readonly Event[]): void;
  /** Decides, in the transaction that stores them, whether this person is told; what is answered is called after it. */
  noted(space: Space, received: Received): () => void;
  /** Events were stored, of whatever kind. */
  arrived(space: Space, accepted: readonly Event[]): void;
  /** These are shown otherwise than before, or not any more. */
  changed(events: readonly EventId[]): void;
  /** Something may wait for its time. */
  early(): void;
  /** The store took something. */
  stored(): void;
  addressesChanged(): void;
  /** A vouch or an introduction arrived. Answers whether it was one. */
  trustLearned(space: Space, record: StoredRecord): boolean;
  /** A status, perhaps. */
  presenceLearned(record: StoredRecord): void;
  /** Somebody holds events signed by this device that this node did not write. */
  notMyself(space: Space, detail: string): void;
  /** Lets listeners have at once what they were told. */
  tellNow(): void;
  log(event: string, detail?: Record<string, string | number>): void;
}): Reception {
  const { store, spaces, pushes, sync } = deps;
  const strangers = new Map<SpaceId, { since: number; asked: Set<EventId> }>();
  const early = new Map<SpaceId, SignedRecord[]>();
  const recordsHeld = createRecordShares(store);

  function receive(id: SpaceId, events: Event[], from: DeviceId, requested: boolean): Received {
    const space = spaces.get(id);
    let received = nothingReceived();
    if (space === null) return received;
    deps.guarded(() => {
      const taken = affordable(space, events, requested);
      const stored = storeAndShow(space, taken);
      ({ received } = stored);
      received.postponed = events.length - taken.length;
      if (received.postponed > 0) deps.log("event.postponed", { events: received.postponed });
      for (const { device, why } of received.refused) deps.log("event.refused", { writer: device.slice(0, 8), why });
      if (received.accepted.length > 0) deps.stored();
      follow(space, received, from);
      stored.tell();
    });
    return received;
  }

  /** A person sees it while it is being written to the disk; everybody else hears of it after that, and it is taken back should that fail. */
  function storeAndShow(space: Space, events: readonly Event[]): { received: Received; tell(): void } {
    let shown: TimelineEntry[] = [];
    try {
      return store.transaction(() => {
        const received = space.replica.receive(events, deps.now(), "peer");
        ({ shown } = received);
        const tell = deps.noted(space, received);
        if (show(space, received)) deps.tellNow();
        return { received, tell };
      });
    } catch (error) {
      for (const [channel, entries] of Map.groupBy(shown, (entry) => entry.channel)) pushes.gone(channel, entries.map(({ id }) => id));
      throw error;
    }
  }

  /** Without what strangers ask beyond their share; who is entering takes the log as it is. */
  function affordable(space: Space, events: Event[], requested: boolean): Event[] {
    const bound = space.replica.state()?.bindingsOf;
    const { log, pending } = space.replica;
    const isAsking = ({ header, id }: Event): boolean =>
      (header.kind === "join" || header.kind === "device.bind") && header.channel === space.id && !bound!.has(header.device) && !log.has(id);
    if (bound === undefined || space.entering || !events.some(isAsking)) return events;
    const now = deps.now();
    const known = strangers.get(space.id);
    const share = known !== undefined && Math.abs(now - known.since) < strangersWindowMs ? known : { since: now, asked: new Set<EventId>() };
    strangers.set(space.id, share);
    for (const { control } of log.events()) if (control?.kind === "admit") share.asked.delete(control.payload.join);
    const most = requested ? strangersHistory : strangersEvents;
    const isGranted = (id: EventId): boolean => pending.waitingFor(id).some(({ header }) => header.kind === "admit" && bound.has(header.device));
    return events.filter((event) => {
      if (!isAsking(event) || share.asked.has(event.id) || isGranted(event.id)) return true;
      if (share.asked.size >= most) return false;
      share.asked.add(event.id);
      return true;
    });
  }

  function absorb(space: Space, received: Received, from: Source): void {
    const tell = deps.noted(space, received);
    show(space, received);
    follow(space, received, from);
    tell();
  }

  function follow(space: Space, received: Received, from: Source): void {
    const { accepted } = received;
    if (accepted.length > 0) sync.spread(space.id, accepted, from);
    deps.arrived(space, accepted);
    if (from !== "self") {
      deps.author.noticed(accepted);
      for (const channel of new Set(accepted.map(({ header }) => header.channel))) {
        if (channel !== space.id) deps.acks.arrived(space, channel);
      }
    }
    for (const { channel: timeline, ids } of received.hidden) {
      pushes.gone(timeline, ids);
      for (const channel of new Set(ids.flatMap((id) => store.event(id)?.channel ?? []))) pushes.markChannel(space.id, channel);
    }
    for (const { ids } of received.changed) showAgain(space, ids);
    for (const { id } of received.restored) showAgain(space, [id]);
    if (received.annotated.length > 0) showAgain(space, [...new Set(received.annotated.map(({ target }) => target))]);
    const otherwise = [...received.hidden.flatMap(({ ids }) => ids), ...received.restored.map(({ id }) => id), ...(received.controlChanged ? received.annotated.map(({ target }) => target) : [])];
    if (otherwise.length > 0) deps.changed(otherwise);
    if (received.foreign.length > 0) deps.notMyself(space, "a member holds messages of this device that were not written here");
    if (received.controlChanged) deps.controlChanged(space, accepted);
    if (space.replica.nextDue() !== null) deps.early();
  }

  /** Whether somebody watches. */
  function show(space: Space, { accepted, shown }: Received): boolean {
    if (shown.length === 0) return false;
    let watched = false;
    const events = new Map(accepted.map((event) => [event.id, event]));
    const byTimeline = new Map<ChannelId, TimelineRow[]>();
    for (const entry of shown) {
      const rows = byTimeline.get(entry.channel) ?? [];
      rows.push({ ...entry, event: asStored(space.id, events.get(entry.id)!) });
      byTimeline.set(entry.channel, rows);
    }
    for (const [timeline, rows] of byTimeline) {
      rows.sort((a, b) => (a.time === b.time ? (a.id < b.id ? -1 : 1) : a.time < b.time ? -1 : 1));
      if (pushes.watched(timeline)) {
        pushes.messages(space, timeline, rows);
        watched = true;
      }
      pushes.markChannel(space.id, rows[0]!.event.channel);
    }
    if (shown.some(({ id, time }) => events.get(id)!.header.hlc !== time)) deps.early();
    return watched;
  }

  /** What is stored already, and stands, is marked or is spoken of otherwise than before. */
  function showAgain(space: Space, ids: readonly EventId[]): void {
    const entries = ids.flatMap((id) => store.timelineEntries(id));
    for (const [timeline, shown] of Map.groupBy(entries, ({ channel }) => channel)) {
      if (!pushes.watched(timeline)) continue;
      pushes.messages(space, timeline, shown.map((entry): TimelineRow => ({ ...entry, event: store.event(entry.id)! })));
    }
    for (const channel of new Set(ids.flatMap((id) => store.event(id)?.channel ?? []))) pushes.markChannel(space.id, channel);
  }

  function receiveRecords(id: SpaceId, records: readonly SignedRecord[], from: Source): void {
    const space = spaces.get(id);
    const state = space?.replica.state();
    if (space === null || state == null) return;
    const fresh: StoredRecord[] = [];
    deps.guarded(() => {
      try {
        store.transaction(() => {
          for (const signed of records) {
            const body = decodeRecord(signed.record);
            const why = body.ok ? takeRecord(space, state, body.value, signed, fresh) : body.error;
            if (why !== null) deps.log("record.refused", { why });
          }
        });
      } catch (error) {
        // Nothing of it is on disk.
        fresh.length = 0;
        recordsHeld.forget();
        throw error;
      }
    });
    if (fresh.length === 0) return;
    for (const other of spaces.all()) other.replica.touch();
    sync.spreadRecords(id, fresh, from);
    for (const record of fresh) learn(space, record);
  }

  /** Why it is refused, or null. What a signature says comes last: it costs most. */
  function takeRecord(space: Space, state: ControlState, body: RecordBody, signed: SignedRecord, fresh: StoredRecord[]): string | null {
    const { scope, account, device, type, key } = body;
    if (scope !== space.id && scope !== account) return "for another scope";
    if (type === "own" && (scope !== space.id || !isSelf(space))) return "own data of no self space";
    const problem = recordProblem(body);
    if (problem !== null) return problem;
    const bound = state.devices.get(device);
    // An account's log speaks for itself: who was revoked must not need to know by which device.
    if (bound === undefined && account === deps.account && type === "account-entry") deps.logs.take([body.value]);
    // The control log may come later.
    if (bound === undefined || (type === "ack" && !state.channels.has(toHex(key) as ChannelId))) {
      const waiting = early.get(space.id) ?? [];
      if (waiting.some(({ signature }) => sameBytes(signature, signed.signature))) return null;
      early.set(space.id, newestFitting([...waiting, signed]));
      if (type === "profile") pushes.markModeration(space.id, ["join-requests"]);
      return null;
    }
    if (bound !== account || !recordsHeld.isNewer(space, body, signed.record)) return null;
    if (type !== "own" && !recordsHeld.hasRoom(space, body, signed.record.length)) return "more than one device may keep";
    const record = openRecord(deps.crypto, signed);
    if (!record.ok) return record.error;
    if (store.putRecord(record.value)) fresh.push(record.value);
    recordsHeld.put(space, body, signed.record);
    return null;
  }

  function newestFitting(records: readonly SignedRecord[]): SignedRecord[] {
    let bytes = 0;
    const over = records.findLastIndex(({ record }) => (bytes += record.length) > waitingRecordsBytes);
    return records.slice(Math.max(over + 1, records.length - waitingRecords));
  }

  function learn(space: Space, record: StoredRecord): void {
    if (record.type === "ack") {
      // What was written on another device of this person is marked here, too.
      const devices = [...(space.replica.state()?.devices ?? [])];
      const ours = devices.flatMap(([device, owner]) => (owner === deps.account ? [device] : []));
      for (const { channel, device, ranges } of deps.acks.learn(record, ours)) deps.marks.acknowledged(space, channel, device, ranges);
      return;
    }
    if (record.type === "own") return deps.own.learned(record);
    deps.presenceLearned(record);
    deps.logs.learned(record);
    if (deps.trustLearned(space, record)) return;
    deps.people.learned(record);
    if (record.type === "profile" || record.type === "avatar") {
      pushes.markPeople();
      for (const other of spaces.all()) if (other.replica.state()?.members.has(record.account)) pushes.markMembers(other.id);
    }
    if (record.type === "addresses") deps.addressesChanged();
  }

  return {
    receive,
    receiveRecords,
    absorb,
    showAgain,
    retryRecords(space) {
      const waiting = early.get(space.id) ?? [];
      early.delete(space.id);
      if (waiting.length > 0) receiveRecords(space.id, waiting, "waiting");
    },
    newcomer(space, account, device) {
      const shown = (early.get(space.id) ?? []).flatMap((signed) => {
        const body = decodeRecord(signed.record);
        const theirs = body.ok && body.value.type === "profile" && body.value.scope === account && body.value.account === account && body.value.device === device;
        const record = theirs ? openRecord(deps.crypto, signed) : null;
        return record?.ok ? [record.value] : [];
      });
      return valueOf(newest(shown), decodeProfile);
    },
    retry: (space) => deps.guarded(() => absorb(space, space.replica.retryPending(deps.now()), "waiting")),
  };
}
