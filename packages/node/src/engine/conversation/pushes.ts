/**
 * What interfaces are told, gathered for one tick: whatever changed is marked, and said once however often it changed (spec/local-api.md, Pushes).
 */
import type { Clock, TimelineRow } from "@multichat/core/ports";
import type { Delivery, Device, Join, Peer, Push, Status } from "@multichat/client/contract";
import type { ChannelId, EventId, SpaceId } from "@multichat/protocol";
import type { Presenter } from "./present.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Summaries (unread counts, connection, members) are said at most this often; messages go at once. */
const summaryMs = 50;

/** What interfaces are told to list again. */
export type Moderated = "roles" | "restrictions" | "audit" | "join-requests" | "reports" | "ownership";

/** A channel, or the thread that hangs on a message of one. */
export interface Watched {
  channel: ChannelId;
  thread: EventId | null;
}

export interface Listener {
  /** By the timeline's name. */
  watching: ReadonlyMap<ChannelId, Watched>;
  receive(pushes: Push[]): void;
}

export interface Pushes {
  add(listener: Listener): void;
  remove(listener: Listener): void;
  /** Whether anyone looks at this timeline, a channel's or a thread's: if not, its messages need not be read. */
  watched(timeline: ChannelId): boolean;
  messages(space: Space, timeline: ChannelId, rows: readonly TimelineRow[]): void;
  gone(timeline: ChannelId, ids: readonly EventId[]): void;
  delivery(channel: ChannelId, updates: { message: EventId; delivery: Delivery }[]): void;
  spaceGone(space: SpaceId): void;
  join(join: Join): void;
  markSpace(space: SpaceId): void;
  markChannel(space: SpaceId, channel: ChannelId): void;
  markMembers(space: SpaceId): void;
  markInvites(space: SpaceId): void;
  /** Roles, what channels allow, who is muted or gone, the audit log, requests to join, reports. */
  markModeration(space: SpaceId, changed: readonly Moderated[]): void;
  markPeers(): void;
  /** Contacts, profiles or introductions. */
  markPeople(): void;
  markStatus(): void;
  markDevices(): void;
  /** What everybody is told as it is. */
  say(push: Push): void;
  stop(): void;
}

export function createPushes(deps: {
  clock: Clock;
  spaces: Spaces;
  present: Presenter;
  peers(): Peer[];
  status(): Status;
  /** Introductions that wait for an answer. */
  requests(): number;
  devices(): Device[];
  /** What waits for a decision may be something else. */
  waitingChanged(): void;
  /** Whether this account may see it, and how much there is to decide. */
  moderated(space: Space, what: Moderated): Push | null;
}): Pushes {
  const { clock, spaces, present } = deps;
  const listeners = new Set<Listener>();
  const dirty = { spaces: new Set<SpaceId>(), channels: new Map<ChannelId, SpaceId>(), members: new Set<SpaceId>(), invites: new Set<SpaceId>(), peers: false, people: false, status: false, devices: false };
  const moderated = new Map<SpaceId, Set<Moderated>>();
  let cancel: (() => void) | null = null;

  function toAll(push: Push): void {
    for (const listener of listeners) listener.receive([push]);
  }

  function toWatchers(timeline: ChannelId, push: (watched: Watched) => Push): void {
    for (const listener of listeners) {
      const watched = listener.watching.get(timeline);
      if (watched !== undefined) listener.receive([push(watched)]);
    }
  }

  const waits: ReadonlySet<Moderated> = new Set(["join-requests", "reports"]);

  function later(): void {
    if (listeners.size > 0) cancel ??= clock.after(summaryMs, flush);
  }

  function flush(): void {
    cancel = null;
    const pushes: Push[] = [];
    for (const id of dirty.spaces) {
      const space = spaces.get(id);
      const data = space === null ? null : present.space(space);
      if (data !== null) pushes.push({ push: "space", data });
    }
    for (const [id, spaceId] of dirty.channels) {
      const space = spaces.get(spaceId);
      const data = space === null ? null : present.channel(space, id);
      if (data !== null) pushes.push({ push: "channel", data });
    }
    for (const id of dirty.members) {
      const space = spaces.get(id);
      if (space !== null) pushes.push({ push: "members", data: { space: id, members: present.members(space) } });
    }
    for (const id of dirty.invites) pushes.push({ push: "invites", data: { space: id } });
    for (const [id, changed] of moderated) {
      const space = spaces.get(id);
      if (space !== null) pushes.push(...[...changed].flatMap((what) => deps.moderated(space, what) ?? []));
    }
    moderated.clear();
    if (dirty.peers) pushes.push({ push: "peers", data: { peers: deps.peers() } });
    if (dirty.people) pushes.push({ push: "people", data: { requests: deps.requests() } });
    if (dirty.status) pushes.push({ push: "status", data: deps.status() });
    if (dirty.devices) pushes.push({ push: "devices", data: { devices: deps.devices() } });
    dirty.devices = false;
    dirty.spaces.clear();
    dirty.channels.clear();
    dirty.members.clear();
    dirty.invites.clear();
    dirty.peers = false;
    dirty.people = false;
    dirty.status = false;
    if (pushes.length > 0) for (const listener of listeners) listener.receive(pushes);
  }

  return {
    add: (listener) => void listeners.add(listener),
    remove: (listener) => void listeners.delete(listener),
    watched(timeline) {
      for (const listener of listeners) if (listener.watching.has(timeline)) return true;
      return false;
    },
    messages(space, timeline, rows) {
      const messages = rows.map((row) => present.message(space, row));
      toWatchers(timeline, (watched) => ({ push: "messages", data: { ...watched, messages } }));
    },
    gone: (timeline, ids) => toWatchers(timeline, (watched) => ({ push: "messages-gone", data: { ...watched, messages: [...ids] } })),
    delivery: (channel, updates) => toWatchers(channel, () => ({ push: "delivery", data: { channel, updates } })),
    spaceGone: (space) => toAll({ push: "space-gone", data: { space } }),
    join: (data) => toAll({ push: "join", data }),
    markSpace(space) {
      dirty.spaces.add(space);
      later();
    },
    markChannel(space, channel) {
      dirty.channels.set(channel, space);
      dirty.spaces.add(space);
      later();
    },
    markMembers(space) {
      dirty.members.add(space);
      dirty.spaces.add(space);
      later();
    },
    markInvites(space) {
      dirty.invites.add(space);
      later();
    },
    markModeration(space, changed) {
      const known = moderated.get(space) ?? new Set<Moderated>();
      moderated.set(space, known);
      for (const one of changed) known.add(one);
      if (changed.some((one) => waits.has(one))) deps.waitingChanged();
      if (known.size > 0) later();
    },
    markPeers() {
      dirty.peers = true;
      later();
    },
    markDevices() {
      dirty.devices = true;
      later();
    },
    say(push) {
      if (push.push === "requests") deps.waitingChanged();
      toAll(push);
    },
    markPeople() {
      deps.waitingChanged();
      dirty.people = true;
      later();
    },
    markStatus() {
      dirty.status = true;
      later();
    },
    stop() {
      cancel?.();
      listeners.clear();
    },
  };
}
