/**
 * Everything a node does once it has an account: keeps spaces, syncs them with members, writes, joins, admits. The
 * services are made here and told of each other here; each does one thing and knows only what it is passed.
 */
import { type Event, type Received, grantsAt, openRecord } from "@multichat/core";
import { type Clock, type Crypto, type LinksHandler, type Links, type Random, type Store, StoreError, type StoredRecord, type TimelineRow } from "@multichat/core/ports";
import type { Join, Peer, Problem, Status } from "@multichat/client/contract";
import { type Connector, createConnector } from "@multichat/net/connections";
import { type Sync, type SyncHost, createSync } from "@multichat/net/sync";
import type { AccountId, AdmissionCode, ChannelId, DeviceId, EventId, SignedRecord, SpaceId } from "@multichat/protocol";
import { type Acks, createAcks } from "./acks.ts";
import { type Author, createAuthor, draft } from "./author.ts";
import { storeFailure } from "./failure.ts";
import { type Joins, createJoins } from "./joins.ts";
import { type People, createPeople } from "./people.ts";
import { type Presenter, createPresenter, inviteState } from "./present.ts";
import { type Pushes, createPushes } from "./pushes.ts";
import { type Space, type Spaces, createSpaces } from "./spaces.ts";
import type { Timekeeper } from "./timekeeper.ts";
import type { AccountKeys, DeviceKeys, KnownSpace } from "./vault.ts";

export interface AccountNodeDeps {
  store: Store;
  links: Links;
  clock: Clock;
  random: Random;
  crypto: Crypto;
  timekeeper: Timekeeper;
  device: DeviceKeys;
  account: AccountKeys;
  status(): Status;
  /** Spaces or their members changed: what must survive the database is written down anew. */
  remember(spaces: KnownSpace[]): void;
  /** What was remembered last. */
  known: readonly KnownSpace[];
  /** The device that this one continues. */
  replaces: DeviceId | null;
  peerId(device: DeviceId): string;
  log(event: string, detail?: Record<string, string | number>): void;
}

export interface AccountNode {
  readonly handler: LinksHandler;
  readonly spaces: Spaces;
  readonly author: Author;
  readonly joins: Joins;
  readonly people: People;
  readonly present: Presenter;
  readonly pushes: Pushes;
  /** Takes in what this device wrote or received, and tells everyone concerned. */
  absorb(space: Space, received: Received, from: DeviceId | null): void;
  /** A write failed inside the store: memory is brought back to what is on disk. */
  recover(error: StoreError): void;
  leave(space: Space): void;
  readUpTo(channel: ChannelId): EventId | null;
  peers(): Peer[];
  addressesOf(device: DeviceId): string[];
  problems(): Problem[];
  stopped(): string | null;
  /** The transport is up. */
  start(): void;
  stop(): void;
}

const stoppedText =
  "Another copy of this data folder has been used, or an older copy was put back. To keep your messages in order, this device no longer writes. Continue as a new device: everything is fetched again from the other members.";

export function createAccountNode(deps: AccountNodeDeps): AccountNode {
  const { store, links, clock, random, crypto, timekeeper, device, account } = deps;
  const now = (): number => timekeeper.now();
  const self = { device: device.id, account: account.id };
  let listening: string[] = [];
  let diskProblem: Problem | null = null;
  let remembered = "";
  let ended = false;

  const stopped = (): string | null => (store.setting("stopped") === null ? null : stoppedText);
  const spaces = createSpaces({ store, crypto, self });
  const author = createAuthor({ store, crypto, random, device, account: account.id, now, stopped });
  const people = createPeople({ store, crypto, device, account: account.id, now });
  const acks: Acks = createAcks({
    store, crypto, clock, device, account: account.id, now,
    publish: (space, record) => guarded(() => sync.spreadRecords(space, [record], null)),
  });
  const connector: Connector = createConnector({ links, clock, random, changed: () => pushes.markPeers() });
  const present = createPresenter({
    store, people, acks, account: account.id, device: device.id, now,
    connected: (space) => new Set(sync.openWith(space.id)),
    missing: (space) => sync.missing(space.id),
    lastSeen,
    inviteLink: (invite) => store.setting(`invite-link/${invite}`),
    readUpTo,
  });
  const pushes: Pushes = createPushes({ clock, spaces, present, peers, status: deps.status });
  const joins: Joins = createJoins({
    store, crypto, clock, device, account, spaces, author,
    publish(space, events) {
      sync.refresh();
      sync.spread(space.id, events, null);
    },
    changed: (join: Join) => pushes.join(join),
    replaces: deps.replaces,
    refresh,
  });
  const host: SyncHost = {
    self: device.id,
    rawNow: () => clock.now(),
    spaces: () => spaces.all(),
    space: (id) => spaces.get(id),
    receive,
    receiveRecords,
    clockSample: (peer, ahead) => timekeeper.sample(peer, ahead),
    notMyself,
    caughtUp,
    progress(id) {
      const space = spaces.get(id);
      if (space === null) return;
      pushes.markSpace(id);
      if (space.row.state === "member") joins.progress(space, sync.missing(id));
    },
    closed(id, _peer, code) {
      const space = spaces.get(id);
      if (space?.row.state === "left" && code === "left") forget(space);
      else pushes.markSpace(id);
    },
    joins: () => joins.pending(),
    credentials: () => ({ account: account.id, certificate: account.certificate, acceptance: account.acceptance }),
    admission: (join, _peer, answer) => guarded(() => joins.admission(join, answer)),
    judgeInvite,
    log: deps.log,
  };
  const sync: Sync = createSync({ host, links, store, clock, crypto, random });

  // A new device after damage: the store is empty, but the spaces are known.
  for (const { id, secret } of deps.known) {
    if (spaces.get(id) === null) spaces.add({ id, secret, state: "joining", joinedAt: clock.now() }, true);
  }
  for (const space of spaces.all()) acks.load(space.id);
  replaceEarly();
  people.signProfile(account.name);

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      recover(error);
    }
  }

  function recover(error: StoreError): void {
    const { code, message } = storeFailure(error);
    const kind = code === "disk-full" ? "disk-full" : "database-damaged";
    diskProblem = { code: kind, message, remedy: kind === "disk-full" ? null : "device.renew" };
    deps.log("store.failed", { code: error.code });
    pushes.markStatus();
    if (error.code === "damaged") return;
    for (const space of spaces.all()) spaces.reload(space);
    for (const { link } of connector.peers()) if (link !== null) links.close(link.device, "this device could not store what it received");
  }

  function receive(id: SpaceId, events: Event[], from: DeviceId): Received {
    const space = spaces.get(id);
    const nothing: Received = { accepted: [], shown: [], hidden: [], wanted: [], refused: [], controlChanged: false, forked: [] };
    if (space === null) return nothing;
    try {
      const received = space.replica.receive(events, now(), "peer");
      for (const { device: writer, why } of received.refused) deps.log("event.refused", { writer: writer.slice(0, 8), why });
      if (received.accepted.some(({ header }) => header.device === device.id)) {
        notMyself(id, "a member holds messages of this device that were not here");
      }
      if (received.accepted.length > 0) diskProblem = null;
      absorb(space, received, from);
      return received;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      recover(error);
      return nothing;
    }
  }

  function absorb(space: Space, received: Received, from: DeviceId | null): void {
    const { accepted } = received;
    if (accepted.length > 0) sync.spread(space.id, accepted, from);
    if (from !== null) {
      author.noticed(accepted);
      for (const channel of new Set(accepted.map(({ header }) => header.channel))) {
        if (channel !== space.id) acks.arrived(space, channel);
      }
    }
    show(space, received);
    for (const { channel, ids } of received.hidden) {
      pushes.gone(channel, ids);
      pushes.markChannel(space.id, channel);
    }
    for (const fork of received.forked) if (fork.device === device.id) notMyself(space.id, "two branches of this device's messages");
    if (received.controlChanged) controlChanged(space, accepted);
  }

  function show(space: Space, { accepted, shown }: Received): void {
    if (shown.length === 0) return;
    const events = new Map(accepted.map((event) => [event.id, event]));
    const byChannel = new Map<ChannelId, TimelineRow[]>();
    for (const entry of shown) {
      const { header, wire } = events.get(entry.id)!;
      const { channel, device: writer, seq, hlc, kind } = header;
      const event = { id: entry.id, space: space.id, channel, device: writer, seq, hlc, kind, ...wire };
      const rows = byChannel.get(channel) ?? [];
      rows.push({ ...entry, event });
      byChannel.set(channel, rows);
      if (entry.time !== hlc) scheduleEarly(entry.id);
    }
    for (const [channel, rows] of byChannel) {
      rows.sort((a, b) => (a.time === b.time ? (a.id < b.id ? -1 : 1) : a.time < b.time ? -1 : 1));
      if (pushes.watched(channel)) pushes.messages(space, channel, rows);
      pushes.markChannel(space.id, channel);
    }
  }

  function controlChanged(space: Space, accepted: readonly Event[]): void {
    if (space.entering && joins.advance(space)) {
      space.entering = false;
      spaces.update(space, { state: "member", joinedAt: now() });
      unbindReplaced(space);
    }
    for (const { id, header } of accepted) if (header.kind === "join") admit(space, id);
    refresh();
    for (const { header } of accepted) {
      if (header.kind.startsWith("invite.") || header.kind === "admit") pushes.markInvites(space.id);
      if (header.kind.startsWith("channel.")) {
        for (const channel of space.replica.state()?.channels.keys() ?? []) pushes.markChannel(space.id, channel);
      }
    }
    pushes.markMembers(space.id);
    remember();
  }

  /** The device that this one continues writes no more. */
  function unbindReplaced(space: Space): void {
    const old = deps.replaces;
    if (old === null || !space.replica.state()?.devices.has(old)) return;
    const payload = { account: account.id, device: old, by: device.id, revocation: null, statement: null };
    absorb(space, author.control(space, "device.unbind", payload).received, null);
  }

  /** Lets in who proved an invite to us: any member may, no owner need be online. */
  function admit(space: Space, joinId: EventId): void {
    const join = space.replica.state()?.joins.get(joinId);
    if (join === undefined || space.row.state !== "member" || stopped() !== null) return;
    if (connector.peer(join.device)?.link == null || space.replica.state()!.devices.has(join.device)) return;
    if (judgeInvite(space.id, join.invite, join.account, join.device) !== "ok") {
      // It raced another joiner for the last use; asked again, it hears so.
      links.close(join.device, "the invite was used meanwhile");
      return;
    }
    const { received } = author.write(space, space.id, [draft("admit", { join: joinId, invite: join.invite })]);
    absorb(space, received, null);
  }

  function judgeInvite(id: SpaceId, inviteId: EventId, joiner: AccountId, joining: DeviceId): AdmissionCode {
    const space = spaces.get(id);
    const state = space?.replica.state() ?? null;
    const invite = state?.invites.get(inviteId);
    if (space === null || state === null || invite === undefined || space.row.state !== "member") return "invite-unknown";
    if (state.devices.has(joining)) return "ok";
    const standing = inviteState(invite, now());
    const again = invite.admitted.includes(joiner);
    if (standing === "revoked") return "invite-revoked";
    if (standing === "expired") return "invite-expired";
    if (standing === "used-up" && !again) return "invite-used-up";
    const [senior] = grantsAt(space.replica.log, state, space.replica.log.heads(), account.id);
    return senior !== undefined && senior.role.rank <= invite.role.rank && stopped() === null ? "ok" : "invite-unknown";
  }

  function receiveRecords(id: SpaceId, records: SignedRecord[], from: DeviceId): void {
    const space = spaces.get(id);
    const state = space?.replica.state();
    if (space === null || state == null) return;
    const fresh: StoredRecord[] = [];
    guarded(() => {
      store.transaction(() => {
        for (const signed of records) {
          const record = openRecord(crypto, signed);
          if (!record.ok) {
            deps.log("record.refused", { why: record.error });
            continue;
          }
          const { scope, account: owner, device: writer } = record.value;
          // Devices of former members may still speak for what they hold; only bound ones count.
          if (state.devices.get(writer) !== owner || (scope !== id && scope !== owner)) continue;
          if (store.putRecord(record.value)) fresh.push(record.value);
        }
      });
    });
    if (fresh.length === 0) return;
    space.replica.touch();
    sync.spreadRecords(id, fresh, from);
    for (const record of fresh) learnRecord(space, record);
  }

  function learnRecord(space: Space, record: StoredRecord): void {
    if (record.type === "ack") {
      const learned = acks.learn(record, device.id);
      if (learned !== null) deliveryChanged(space, learned);
      return;
    }
    people.learned(record);
    if (record.type === "profile") for (const other of spaces.all()) if (other.replica.state()?.members.has(record.account)) pushes.markMembers(other.id);
    if (record.type === "addresses") refreshTargets();
  }

  /** Only recent messages are on a screen; older marks are read when they are listed. */
  function deliveryChanged(space: Space, { channel, ranges }: { channel: ChannelId; ranges: [number, number][] }): void {
    const last = ranges[ranges.length - 1];
    if (last === undefined || !pushes.watched(channel)) return;
    const from = Math.max(ranges[0]![0], last[1] - 300);
    const events = store.feedEvents(channel, device.id, from, last[1], 301);
    pushes.delivery(channel, events.map((event) => ({ message: event.id, delivery: present.delivery(space, event) })));
  }

  function notMyself(id: SpaceId, detail: string): void {
    if (stopped() !== null) return;
    store.transaction(() => store.putSetting("stopped", detail));
    deps.log("device.stopped", { detail });
    pushes.markStatus();
    pushes.markSpace(id);
  }

  function caughtUp(id: SpaceId): void {
    const space = spaces.get(id);
    if (space === null) return;
    space.syncedAt = now();
    if (space.row.state === "member") joins.caughtUp(id);
    pushes.markSpace(id);
  }

  function refresh(): void {
    if (ended) return;
    refreshTargets();
    sync.refresh();
  }

  /** Who should be connected: the devices of all members, and whoever may let us in. */
  function refreshTargets(): void {
    const targets = new Map<DeviceId, string[]>(joins.targets());
    for (const { id, peers: found } of deps.known) {
      if (spaces.get(id)?.entering) for (const peer of found) targets.set(peer.device, peer.addresses);
    }
    for (const space of spaces.all()) {
      for (const [other] of space.replica.state()?.devices ?? []) {
        if (other === device.id) continue;
        targets.set(other, [...new Set([...addressesOf(other), ...(targets.get(other) ?? [])])]);
      }
    }
    connector.setTargets(targets);
  }

  function addressesOf(other: DeviceId): string[] {
    const owner = [...spaces.all()].map((space) => space.replica.state()?.devices.get(other)).find((found) => found !== undefined);
    const announced = owner === undefined ? [] : people.addresses(owner, other);
    const last = knownPeer(other)?.address;
    return [...new Set([...(last === undefined ? [] : [last]), ...announced])];
  }

  function knownPeer(other: DeviceId): { address: string; at: number } | null {
    const saved = store.setting(`peer/${other}`);
    return saved === null ? null : (JSON.parse(saved) as { address: string; at: number });
  }

  function lastSeen(other: DeviceId): number | null {
    return connector.peer(other)?.lastConnected ?? knownPeer(other)?.at ?? null;
  }

  function readUpTo(channel: ChannelId): EventId | null {
    return (store.setting(`read/${channel}`)?.split("/")[1] as EventId | undefined) ?? null;
  }

  function peers(): Peer[] {
    const known = new Map(connector.peers().map((peer) => [peer.device, peer]));
    const shared = new Map<DeviceId, { account: AccountId; spaces: SpaceId[] }>();
    for (const space of spaces.all()) {
      for (const [other, owner] of space.replica.state()?.devices ?? []) {
        if (other === device.id) continue;
        const entry = shared.get(other) ?? { account: owner, spaces: [] };
        entry.spaces.push(space.id);
        shared.set(other, entry);
      }
    }
    return [...shared].map(([other, { account: owner, spaces: ids }]): Peer => {
      const peer = known.get(other);
      const failed = peer?.attempts[peer.attempts.length - 1];
      return {
        id: deps.peerId(other),
        name: people.person(owner).name,
        account: owner,
        connected: peer?.link != null,
        link: peer?.link == null ? null : linkWords[peer.link.kind],
        address: peer?.link?.address ?? null,
        rttMs: peer?.rttMs ?? null,
        spaces: ids,
        lastConnected: lastSeen(other),
        problem: peer?.link != null ? null : (failed?.outcome ?? (addressesOf(other).length === 0 ? "No address is known yet." : null)),
        retryAt: peer?.retryAt ?? null,
      };
    });
  }

  function remember(): void {
    const list = [...spaces.all()]
      .filter((space) => space.row.state !== "left")
      .map(({ id, secret, replica, entering }) => ({
        id,
        secret,
        peers: entering ? (deps.known.find((one) => one.id === id)?.peers ?? []) : [...(replica.state()?.devices.keys() ?? [])]
          .filter((other) => other !== device.id)
          .slice(0, 16)
          .map((other) => ({ device: other, addresses: addressesOf(other).slice(0, 8) })),
      }));
    const text = JSON.stringify(list.map(({ id, peers: found }) => [id, found]));
    if (text === remembered) return;
    remembered = text;
    deps.remember(list);
  }

  /** Messages shown before their time move to their place when due. */
  function scheduleEarly(id: EventId): void {
    const saved = store.setting(`early/${id}`);
    if (saved === null) return;
    const { space: spaceId, channel, due } = JSON.parse(saved) as { space: SpaceId; channel: ChannelId; due: number };
    clock.after(Math.max(0, due - now()), () => {
      if (ended) return;
      guarded(() => {
        const entry = store.timelineEntry(id);
        const event = store.event(id);
        store.transaction(() => {
          store.putSetting(`early/${id}`, null);
          if (entry === null || event === null) return;
          store.removeTimeline(channel, [id]);
          store.putTimeline([{ ...entry, time: event.hlc }]);
        });
        const space = spaces.get(spaceId);
        if (space === null || entry === null || event === null) return;
        if (pushes.watched(channel)) pushes.messages(space, channel, [{ ...entry, time: event.hlc, event }]);
      });
    });
  }

  function replaceEarly(): void {
    for (const { key } of store.settings("early/")) scheduleEarly(key.slice("early/".length) as EventId);
  }

  function leave(space: Space): void {
    const { received } = author.control(space, "leave", { account: account.id });
    spaces.update(space, { state: "left" });
    absorb(space, received, null);
    pushes.spaceGone(space.id);
    const others = space.replica.state()?.members.size ?? 0;
    if (others === 0) forget(space);
  }

  function forget(space: Space): void {
    spaces.drop(space);
    refresh();
  }

  function publishAddresses(): void {
    const record = people.signAddresses(listening);
    if (record === null) return;
    for (const space of spaces.all()) {
      space.replica.touch();
      sync.spreadRecords(space.id, [record], null);
    }
  }

  refreshTargets();

  return {
    spaces, author, joins, people, present, pushes, absorb, recover, leave, readUpTo, peers, addressesOf, stopped,
    handler: {
      linked(link) {
        connector.linked(link);
        if (link.outbound) {
          guarded(() => store.transaction(() => store.putSetting(`peer/${link.device}`, JSON.stringify({ address: link.address, at: clock.now() }))));
        }
        joins.linked(link.device);
        sync.linked(link.device);
        pushes.markStatus();
      },
      frame: (peer, bytes) => guarded(() => sync.frame(peer, bytes)),
      unlinked(peer) {
        const open = [...spaces.all()].filter((space) => sync.openWith(space.id).includes(peer));
        sync.unlinked(peer);
        connector.unlinked(peer);
        for (const space of open) pushes.markMembers(space.id);
        pushes.markStatus();
      },
      dialFailed(peer, attempts) {
        connector.dialFailed(peer, attempts);
        joins.dialFailed(peer, attempts);
      },
      discovered(peer, addresses) {
        connector.hurry(peer, addresses);
        joins.discovered(peer, addresses);
      },
      listening(addresses) {
        listening = addresses;
        guarded(publishAddresses);
        pushes.markStatus();
      },
      rtt(peer, ms) {
        connector.rtt(peer, ms);
        pushes.markPeers();
      },
      drained() {},
    },
    problems() {
      const found: Problem[] = [];
      const why = stopped();
      if (why !== null) found.push({ code: "device-stopped", message: why, remedy: "device.renew" });
      if (diskProblem !== null) found.push(diskProblem);
      return found;
    },
    start: () => connector.start(),
    stop() {
      ended = true;
      acks.stop();
      connector.stop();
      sync.stop();
      pushes.stop();
    },
  };
}

const linkWords = { "this-machine": "this machine", "same-network": "same network", direct: "direct", relayed: "through another member" } as const;
