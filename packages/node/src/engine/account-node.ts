/**
 * Everything a node does once it has an account: keeps spaces, syncs them with members, writes, joins, admits. The
 * services are made here and told of each other here; each does one thing and knows only what it is passed.
 */
import type { Event, Received } from "@multichat/core";
import { type Clock, type Crypto, type LinksHandler, type Links, type Random, type Store, StoreError } from "@multichat/core/ports";
import type { Peer, Problem, Status } from "@multichat/client/contract";
import { createConnector } from "@multichat/net/connections";
import { type Sync, type SyncHost, createSync } from "@multichat/net/sync";
import { type ChannelId, type DeviceId, type EventId, hlcTime } from "@multichat/protocol";
import { type Acks, createAcks } from "./acks.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { type Author, createAuthor } from "./author.ts";
import { createClockWatch } from "./clock-watch.ts";
import { type Contacts, createContacts } from "./contacts.ts";
import { createDues } from "./dues.ts";
import { Failure, storeFailure } from "./failure.ts";
import { type Joins, createJoins } from "./joins.ts";
import { type OwnData, createOwnData } from "./own-data.ts";
import { type People, createPeople } from "./people.ts";
import { type Presenter, createPresenter } from "./present.ts";
import { type Pushes, createPushes } from "./pushes.ts";
import { type Reception, createReception } from "./reception.ts";
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
  /** This device belongs to some space now. */
  belongs(): void;
  peerId(device: DeviceId): string;
  tellNow(): void;
  log(event: string, detail?: Record<string, string | number>): void;
}

export interface AccountNode {
  readonly handler: LinksHandler;
  readonly spaces: Spaces;
  readonly author: Author;
  readonly joins: Joins;
  /** What this person keeps on all their devices. */
  readonly own: OwnData;
  readonly people: People;
  readonly present: Presenter;
  readonly pushes: Pushes;
  /** Tells everyone concerned of what this device wrote. */
  wrote(space: Space, received: Received): void;
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

/** An own stamp further ahead than this keeps others from taking what this device writes next. */
const ownAheadMs = 5 * 60_000;

const stoppedText =
  "Another copy of this data folder has been used, or an older copy was put back. To keep your messages in order, this device no longer writes. Continue as a new device: everything is fetched again from the other members.";
const aheadText =
  "This device has written with a clock that was far ahead, and others see what it writes now in a wrong place. Continue as a new device to be in order again.";

export function createAccountNode(deps: AccountNodeDeps): AccountNode {
  const { store, links, random, crypto, timekeeper, device, account } = deps;
  // What a timer sets off must not end the node either.
  const clock: Clock = { now: () => deps.clock.now(), after: (ms, work) => deps.clock.after(ms, () => guarded(work)) };
  const now = (): number => timekeeper.now();
  let listening: string[] = [];
  let diskProblem: Problem | null = null;
  let ended = false;

  const stopped = (): string | null => (store.setting("stopped") === null ? null : stoppedText);
  const spaces = createSpaces({ store, crypto, self: { device: device.id, account: account.id } });
  const author = createAuthor({ store, crypto, random, device, account: account.id, now, stopped });
  const people = createPeople({ store, crypto, device, account: account.id, now });
  const own = createOwnData({ store });
  const acks: Acks = createAcks({
    store, crypto, clock, device, account: account.id, now,
    publish: (space, record) => guarded(() => sync.spreadRecords(space, [record], "self")),
  });
  const connector = createConnector({ links, clock, random, changed: () => pushes.markPeers() });
  const contacts: Contacts = createContacts({
    store, spaces, people, connector, self: device.id, known: deps.known, peerId: deps.peerId,
    joinTargets: () => joins.targets(),
  });
  const present = createPresenter({
    store, people, acks, account: account.id, device: device.id, now,
    connected: (space) => new Set(sync.openWith(space.id)),
    missing: (space) => sync.missing(space.id),
    lastSeen: contacts.lastSeen,
    inviteLink: (invite) => store.setting(`invite-link/${invite}`),
    readUpTo,
  });
  const pushes: Pushes = createPushes({ clock, spaces, present, peers: contacts.list, status: deps.status });
  const joins: Joins = createJoins({
    store, crypto, clock, device, account, spaces, author,
    publish(space, events) {
      sync.refresh();
      sync.spread(space.id, events, "self");
    },
    changed: (join) => pushes.join(join),
    replaces: deps.replaces,
    entered,
    clockProblem: () => timekeeper.problem(),
    refresh,
  });
  const admission: Admission = createAdmission({
    spaces, account: account.id, stopped,
    // Whoever makes this clock lag does not make an expired invite good.
    now: () => Math.max(clock.now(), now()),
    linked: (other) => connector.peer(other)?.link != null,
    write: (space, one) => wrote(space, author.write(space, space.id, [one]).received),
    answer: (other, invite, code) => sync.answer(other, invite, code),
  });
  const watch = createClockWatch({
    clock, timekeeper,
    // Of whoever may let us in, the account is not known yet.
    personOf: (other) => contacts.ownerOf(other) ?? (joins.names(other) ? other : null),
    jumped() {
      deps.log("clock.jumped");
      for (const { link } of connector.peers()) if (link !== null) links.close(link.device, "the clock of this computer was set");
      dues.check();
    },
  });
  const dues = createDues({
    clock, store, spaces, now,
    retry: (space) => reception.retry(space),
    moved(space, channel, row) {
      if (pushes.watched(channel)) pushes.messages(space, channel, [row]);
      pushes.markChannel(space.id, channel);
    },
  });
  const host: SyncHost = {
    self: device.id,
    rawNow: () => clock.now(),
    spaces: () => spaces.shared(),
    space: (id) => spaces.get(id),
    receive: (id, events, from, requested) => reception.receive(id, events, from, requested),
    receiveRecords: (id, records, from) => reception.receiveRecords(id, records, from),
    clockSample: (peer, ahead) => watch.heard(peer, ahead),
    caughtUp,
    progress(id) {
      const space = spaces.get(id);
      if (space === null) return;
      pushes.markSpace(id);
      if (space.row.state === "member") joins.progress(space, sync.missing(id));
    },
    closed(id, _peer, code) {
      const space = spaces.get(id);
      if (space === null) return;
      if (space.leaving && code === "left") gone(() => spaces.left(space));
      else pushes.markSpace(id);
    },
    joins: () => joins.pending(),
    credentials: () => ({ account: account.id, certificate: account.certificate, acceptance: account.acceptance }),
    admission: (join, _peer, answer) => guarded(() => joins.admission(join, answer)),
    admitted(id, invite, joining) {
      const space = spaces.get(id);
      if (space !== null) guarded(() => admission.proved(space, invite, joining));
    },
    judgeInvite: admission.judge,
    log: deps.log,
  };
  const sync: Sync = createSync({ host, links, store, clock, crypto, random });
  const reception: Reception = createReception({
    store, crypto, spaces, author, acks, people, present, pushes, sync, self: device.id, now, guarded, controlChanged,
    early: () => dues.check(),
    stored() {
      diskProblem = null;
    },
    addressesChanged: () => connector.setTargets(contacts.targets()),
    notMyself,
    tellNow: deps.tellNow,
    log: deps.log,
  });

  // A new device after damage: the store is empty, but the spaces are known.
  for (const { id, secret } of deps.known) {
    if (spaces.get(id) === null) spaces.add({ id, secret, state: "joining", joinedAt: clock.now() }, true);
  }
  for (const space of spaces.all()) acks.load(space);
  dues.check();
  people.signProfile(account.name);

  /** For work that others set off: it must not end the node, whatever they sent. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof StoreError) recover(error);
      else if (error instanceof Failure) deps.log("not.done", { code: error.code });
      else throw error;
    }
  }

  function recover(error: StoreError): void {
    const { code, message } = storeFailure(error);
    const kind = code === "disk-full" ? "disk-full" : "database-damaged";
    diskProblem = { code: kind, message, remedy: kind === "disk-full" ? null : "device.renew" };
    deps.log("store.failed", { code: error.code });
    pushes.markStatus();
    if (error.code === "damaged") return;
    // What the links believe to be here may just have been rolled back: they begin anew.
    for (const { link } of connector.peers()) {
      if (link === null) continue;
      sync.unlinked(link.device);
      links.close(link.device, "this device could not store what it received");
    }
    for (const space of spaces.all()) spaces.reload(space);
  }

  function wrote(space: Space, received: Received): void {
    reception.absorb(space, received, "self");
  }

  function controlChanged(space: Space, accepted: readonly Event[]): void {
    if (space.entering) joins.advance(space);
    for (const { id, header } of accepted) if (header.kind === "join") admission.consider(space, id);
    reception.retryRecords(space);
    watch.recheck();
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

  function entered(space: Space): void {
    if (space.row.state === "member") return;
    space.entering = false;
    spaces.update(space, { state: "member", joinedAt: now() });
    pushes.markMembers(space.id);
    unbindReplaced(space);
    // Until now our own did not count here, so nobody was told.
    space.replica.touch();
    sync.spreadRecords(space.id, store.records(account.id), "self");
    deps.belongs();
    remember();
    refresh();
  }

  /** The device that this one continues writes no more. */
  function unbindReplaced(space: Space): void {
    const old = deps.replaces;
    if (old === null || !space.replica.state()?.devices.has(old)) return;
    const payload = { account: account.id, device: old, by: device.id, revocation: null, statement: null };
    wrote(space, author.control(space, "device.unbind", payload).received);
  }

  function notMyself(space: Space, detail: string): void {
    if (stopped() !== null) return;
    store.transaction(() => store.putSetting("stopped", detail));
    deps.log("device.stopped", { detail });
    connector.stop();
    pushes.markStatus();
    pushes.markSpace(space.id);
  }

  function caughtUp(id: Space["id"]): void {
    const space = spaces.get(id);
    if (space === null) return;
    space.syncedAt = now();
    if (space.row.state === "member") guarded(() => joins.caughtUp(id));
    pushes.markSpace(id);
  }

  function refresh(): void {
    if (ended) return;
    connector.setTargets(contacts.targets());
    sync.refresh();
  }

  function readUpTo(channel: ChannelId): EventId | null {
    return (store.setting(`read/${channel}`)?.split("/")[1] as EventId | undefined) ?? null;
  }

  function remember(): void {
    const list = contacts.toRemember();
    if (list !== null) deps.remember(list);
  }

  function leave(space: Space): void {
    const { received } = author.control(space, "leave", { account: account.id });
    spaces.leave(space);
    wrote(space, received);
    pushes.spaceGone(space.id);
    if ((space.replica.state()?.members.size ?? 0) === 0) gone(() => spaces.drop(space));
  }

  function gone(change: () => void): void {
    guarded(change);
    remember();
    refresh();
  }

  function publishAddresses(): void {
    const record = people.signAddresses(listening);
    if (record === null) return;
    for (const space of spaces.shared()) {
      space.replica.touch();
      sync.spreadRecords(space.id, [record], "self");
    }
  }

  /** Channels in which what this device wrote last is still to come. */
  function writesAhead(): boolean {
    const limit = now() + ownAheadMs;
    for (const space of spaces.shared()) {
      for (const feed of space.replica.feeds.all()) {
        if (feed.device !== device.id) continue;
        const tip = store.event(feed.tip);
        if (tip !== null && hlcTime(tip.hlc) > limit) return true;
      }
    }
    return false;
  }

  refresh();

  return {
    spaces, author, joins, own, people, present, pushes, wrote, recover, leave, readUpTo, stopped,
    peers: contacts.list,
    addressesOf: contacts.addressesOf,
    handler: guardedHandler(guarded, {
      linked(link) {
        connector.linked(link);
        if (link.outbound) contacts.reached(link.device, link.address, clock.now());
        joins.linked(link.device);
        sync.linked(link.device);
        pushes.markStatus();
      },
      frame: (peer, bytes) => sync.frame(peer, bytes),
      unlinked(peer, reason) {
        const open = [...spaces.all()].filter((space) => sync.openWith(space.id).includes(peer));
        sync.unlinked(peer);
        watch.forget(peer);
        connector.unlinked(peer, reason);
        joins.unlinked(peer, reason);
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
        publishAddresses();
        pushes.markStatus();
      },
      rtt(peer, ms) {
        connector.rtt(peer, ms);
        pushes.markPeers();
      },
      drained() {},
    }),
    problems() {
      const found: Problem[] = [];
      const why = stopped();
      if (why !== null) found.push({ code: "device-stopped", message: why, remedy: "device.renew" });
      else if (writesAhead()) found.push({ code: "clock-wrong", message: aheadText, remedy: "device.renew" });
      if (diskProblem !== null) found.push(diskProblem);
      return found;
    },
    start() {
      // A copy that has stopped waits to be called, and leaves its place at the others to the one that goes on.
      if (stopped() === null) connector.start();
    },
    stop() {
      ended = true;
      acks.stop();
      dues.stop();
      watch.stop();
      connector.stop();
      sync.stop();
      pushes.stop();
    },
  };
}

/** Whatever peers set off must not end the node: a failing store is recovered from, wherever it shows. */
function guardedHandler(guarded: (work: () => void) => void, handler: LinksHandler): LinksHandler {
  return {
    linked: (link) => guarded(() => handler.linked(link)),
    frame: (device, bytes) => guarded(() => handler.frame(device, bytes)),
    unlinked: (device, reason) => guarded(() => handler.unlinked(device, reason)),
    dialFailed: (device, attempts) => guarded(() => handler.dialFailed(device, attempts)),
    discovered: (device, addresses) => guarded(() => handler.discovered(device, addresses)),
    listening: (addresses) => guarded(() => handler.listening(addresses)),
    rtt: (device, ms) => guarded(() => handler.rtt(device, ms)),
    drained: (device, queued) => guarded(() => handler.drained(device, queued)),
  };
}
