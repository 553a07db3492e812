/**
 * Everything a node does once it has an account: keeps spaces, syncs them with members, writes, joins, admits. The
 * services are made here and told of each other here; each does one thing and knows only what it is passed.
 */
import type { Event, Received } from "@multichat/core";
import { type Clock, type Crypto, type LinksHandler, type Links, type Random, type Store, StoreError, type StoredRecord } from "@multichat/core/ports";
import type { Peer, Problem, Status } from "@multichat/client/contract";
import { createConnector } from "@multichat/net/connections";
import { type Sync, type SyncHost, createSync } from "@multichat/net/sync";
import { type AccountId, type ChannelId, type DeviceId, type DeviceStep, type EventId, type SharedSpace, type SpaceId, decodeCertificate, decodeCertificateBody, hlcTime, idFromBytes } from "@multichat/protocol";
import { type Acks, createAcks } from "./acks.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { type Author, createAuthor } from "./author.ts";
import { createClockWatch } from "./clock-watch.ts";
import { type Contacts, createContacts } from "./contacts.ts";
import { createDues } from "./dues.ts";
import { type Governance, createGovernance } from "./governance.ts";
import { removalOf } from "./membership.ts";
import { Failure, storeFailure } from "./failure.ts";
import { type Forgetting, createForgetting } from "./forgetting.ts";
import { type IdentitySeeds, createIdentitySeeds } from "./identity-seeds.ts";
import { type Joins, createJoins } from "./joins.ts";
import { type ExistingSide, createExistingSide } from "./linking/existing-side.ts";
import { answerLookup } from "./lookup.ts";
import { type AccountLogs, createAccountLogs } from "./account-logs.ts";
import { type Devices, createDevices } from "./devices.ts";
import { type OwnDataKeeper, createOwnData } from "./own-data.ts";
import { type People, createPeople } from "./people.ts";
import { type PrivateSide, createPrivateSide } from "./private-side.ts";
import { type Presenter, createPresenter } from "./present.ts";
import { type Pushes, createPushes } from "./pushes.ts";
import { type ReadPositions, createReadPositions } from "./read-positions.ts";
import { type Reception, createReception } from "./reception.ts";
import { type SelfSpace, createSelfSpace, isSelf } from "./self-space.ts";
import { type Space, type Spaces, createSpaces } from "./spaces.ts";
import { type Trust, createTrust } from "./trust.ts";
import { createTrustBook } from "./trust-book.ts";
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
  /** What is to be kept of the account is something else now. */
  keepAccount(change: Partial<AccountKeys>): void;
  /** Null once the person has confirmed the phrase. */
  phraseSeed(): Uint8Array | null;
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
  readonly own: OwnDataKeeper;
  readonly logs: AccountLogs;
  readonly devices: Devices;
  readonly self: SelfSpace;
  /** Links another device to this account. */
  readonly linking: ExistingSide;
  readonly seeds: IdentitySeeds;
  readonly forgetting: Forgetting;
  readonly reading: ReadPositions;
  readonly people: People;
  readonly trust: Trust;
  /** Private channels, conversations, offers and requests. */
  readonly privates: PrivateSide;
  readonly present: Presenter;
  readonly pushes: Pushes;
  /** Who may do what, and what follows when that changes. */
  readonly governance: Governance;
  /** Tells a joiner what became of the invite it proved. */
  answer: Sync["answer"];
  /** Keeps a record of this device and gives it to the members of one space, or of all. */
  publish(record: StoredRecord, only?: Space): void;
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

/** Of each channel, when somebody is blocked: more unread messages than anyone looks through. */
const mostSilenced = 2_000;
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
  let ownName = account.name;

  /** Where to find spaces that this device is entering. */
  const known = [...deps.known];

  const stopped = (): string | null => devices.signedOut() ?? (store.setting("stopped") === null ? null : stoppedText);
  const spaces = createSpaces({ store, crypto, self: { device: device.id, account: account.id }, isSilent: (id) => book.blocked(id) });
  const author = createAuthor({ store, crypto, random, device, account: account.id, now, stopped });
  const people = createPeople({ store, crypto, device, account: account.id, now, petname: (id) => book.petname(id), introduced: (id) => book.introduced(id)?.name ?? null, renamed });
  const self: SelfSpace = createSelfSpace({
    store, crypto, random, spaces, device, now,
    own: () => own,
    account: () => account,
    identity: () => logs.own.state(),
    peersOf: (space) => [{ device: device.id, addresses: listening }, ...contacts.peersOf(space)],
    founded(space, received) {
      wrote(space, received);
      own.moved();
    },
    found: (space) => enterSpace(space),
    gone: leftElsewhere,
  });
  const own: OwnDataKeeper = createOwnData({
    store, crypto, clock, device, account: account.id, now,
    homes: () => self.homes(),
    spread: (space, records) => sync.spreadRecords(space, records, "self"),
  });
  const logs: AccountLogs = createAccountLogs({
    store, crypto, device, account, now,
    keep: deps.keepAccount,
    spread(records) {
      for (const space of spaces.shared()) {
        space.replica.touch();
        sync.spreadRecords(space.id, records, "self");
      }
    },
    changed: (id) => logChanged(id),
  });
  const devices: Devices = createDevices({
    store, crypto, phraseSeed: deps.phraseSeed, device, account: account.id, logs, own, spaces, author, stopped, wrote, guarded, now,
    peerId: deps.peerId,
    connected: (other) => connector.peer(other)?.link != null,
    lastSeen: (other) => contacts.lastSeen(other),
    changed: () => pushes.markDevices(),
    ended: signOut,
  });
  const book = createTrustBook({ own, changed: contactChanged });
  const trust = createTrust({
    store, crypto, random, spaces, people, own, book, logs, device, account: account.id, now, publish,
    peersOf: (id) => contacts.placesOf(id),
  });
  const acks: Acks = createAcks({
    store, crypto, clock, device, account: account.id, now,
    publish: (space, record) => guarded(() => sync.spreadRecords(space, [record], "self")),
  });
  const connector = createConnector({ links, clock, random, changed: () => pushes.markPeers() });
  const contacts: Contacts = createContacts({
    store, spaces, people, connector, self: device.id, known, peerId: deps.peerId,
    joinTargets: () => joins.targets(),
    introduced: (other) => [...book.accounts()].flatMap((id) => book.introduced(id)?.peers.find((peer) => peer.device === other)?.addresses ?? []),
    offerTargets: () => privates.offers.targets(),
  });
  const privates: PrivateSide = createPrivateSide({
    store, crypto, clock, spaces, author, logs, own, people, book, account, device, now, stopped, wrote, refresh, enterSpace,
    sync: () => sync,
    pushes: () => pushes,
    peersOf: (space) => [{ device: device.id, addresses: listening }, ...contacts.peersOf(space)],
    log: deps.log,
  });
  const present = createPresenter({
    store, people, acks, account: account.id, device: device.id, now,
    connected: (space) => new Set(sync.openWith(space.id)),
    missing: (space) => sync.missing(space.id),
    lastSeen: contacts.lastSeen,
    inviteLink: (invite) => store.setting(`invite-link/${invite}`),
    readUpTo,
    identities: trust.identities,
    privates,
    governance: () => governance,
    blocked: book.blocked,
  });
  const pushes: Pushes = createPushes({ clock, spaces, present, peers: contacts.list, status: deps.status, requests: trust.introductions.waiting, devices: devices.list, moderated: (space, what) => governance.push(space, what) });
  const governance: Governance = createGovernance({
    store, clock, crypto, random, spaces, people, keys: trust.keys, present, device, account: account.id, now, stopped,
    openWith: (space) => sync.openWith(space),
    missing: (space) => sync.missing(space),
    linked: (other) => connector.peer(other)?.link != null,
    publish(record, space) {
      publish(record, space);
      governance.learned(space, record);
    },
    write: (space, drafts) => guarded(() => wrote(space, author.write(space, space.id, drafts).received)),
    membershipChanged,
    messageChanged(space, channel, id) {
      const entry = store.timelineEntry(id);
      const event = store.event(id);
      if (entry !== null && event !== null && pushes.watched(channel)) pushes.messages(space, channel, [{ ...entry, event }]);
      pushes.markChannel(space.id, channel);
    },
    mark: (space, changed) => pushes.markModeration(space.id, changed),
    markRights(space) {
      for (const channel of space.replica.state()?.channels.keys() ?? []) pushes.markChannel(space.id, channel);
      pushes.markMembers(space.id);
    },
  });
  const joins: Joins = createJoins({
    store, crypto, clock, device, account, spaces, author,
    publish(space, events) {
      sync.refresh();
      sync.spread(space.id, events, "self");
    },
    changed(join) {
      pushes.join(join);
      const space = spaces.get(join.space.id as SpaceId);
      if (join.step === "failed" && space !== null) governance.membership.check(space);
    },
    entered,
    entrance: privates.entrance,
    vouchedBy: () => voucherOf(account.certificate),
    clockProblem: () => timekeeper.problem(),
    refresh,
  });
  const admission: Admission = createAdmission({
    spaces, account: account.id, stopped,
    isStanding: privates.isStanding,
    isLetIn: (space, joiner, joining) => privates.mayEnter(space.id, joiner, joining),
    // Whoever makes this clock lag does not make an expired invite good.
    now: () => Math.max(clock.now(), now()),
    linked: (other) => connector.peer(other)?.link != null,
    write: (space, one) => wrote(space, author.write(space, space.id, [one]).received),
    answer: (other, invite, code) => sync.answer(other, invite, code),
  });
  const seeds: IdentitySeeds = createIdentitySeeds({ crypto, random, logs, own, account, phraseSeed: deps.phraseSeed, keepAccount: deps.keepAccount, stopped });
  const linking: ExistingSide = createExistingSide({
    crypto, random, clock, device, now, stopped,
    account: () => ({ ...account, nextSeed: seeds.next() }),
    log: logs.own,
    addresses: () => listening,
    send: (other, step) => sync.sendStep(other, step),
    spaces: ownSpaces,
    linked: (_other, entry) => logs.take([entry]),
    changed: (now) => pushes.say({ push: "linking", data: now }),
  });
  const reading: ReadPositions = createReadPositions({
    store, clock, own, guarded,
    changed(channel) {
      const space = spaces.ofChannel(channel);
      if (space !== null) pushes.markChannel(space.id, channel);
    },
  });
  const forgetting: Forgetting = createForgetting({
    store, clock, spaces, leave,
    dropped() {
      remember();
      refresh();
    },
    openWith: (space) => sync.openWith(space.id).length,
    otherDevices: () => devices.list().filter((other) => !other.this && other.standing === "good").length,
    signedOut: () => devices.signedOut() !== null,
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
    removal(id, other) {
      const state = spaces.get(id)?.replica.state();
      if (state == null || state.devices.has(other)) return null;
      for (const { account: owner } of state.bindingsOf.get(other) ?? []) {
        const departure = state.departed.get(owner);
        if (departure !== undefined && departure.how !== "left") return removalOf(spaces.get(id)!.replica.log, departure.event);
      }
      return null;
    },
    joins: () => joins.pending(),
    credentials: () => ({ account: account.id, certificate: account.certificate, acceptance: account.acceptance }),
    admission: (join, _peer, answer) => guarded(() => joins.admission(join, answer)),
    admitted(id, invite, joining) {
      const space = spaces.get(id);
      if (space !== null) guarded(() => admission.proved(space, invite, joining));
    },
    judgeInvite: admission.judge,
    greeted(other) {
      tellSibling(other);
      privates.offers.settle();
    },
    mayEnter: privates.mayEnter,
    offered: (from, offer) => guarded(() => privates.offers.received(from, offer)),
    deviceStep: (other, step) => guarded(() => takeStep(other, step)),
    keepsLink: (other) => linking.concerns(other),
    isSibling(id, other) {
      const space = spaces.get(id);
      return space !== null && isSelf(space) && logs.own.isGood(other) && logs.own.isGood(device.id);
    },
    farewell,
    log: deps.log,
  };
  const sync: Sync = createSync({ host, links, store, clock, crypto, random });
  const reception: Reception = createReception({
    store, crypto, spaces, author, acks, own, logs, people, present, pushes, sync, self: device.id, now, guarded, controlChanged,
    arrived: (space, accepted) => governance.arrived(space, accepted),
    early: () => dues.check(),
    stored() {
      diskProblem = null;
    },
    addressesChanged: () => connector.setTargets(contacts.targets()),
    trustLearned(space, record) {
      governance.learned(space, record);
      if (!trust.learned(space, record)) return false;
      pushes.markMembers(space.id);
      pushes.markPeople();
      return true;
    },
    notMyself,
    tellNow: deps.tellNow,
    log: deps.log,
  });

  // A new device after damage: the store is empty, but the spaces are known.
  for (const { id, secret } of deps.known) {
    if (spaces.get(id) === null) spaces.add({ id, secret, state: "joining", joinedAt: clock.now() }, true);
  }
  for (const space of spaces.all()) acks.load(space);
  guarded(() => privates.resume());
  own.onChange((key, value) => {
    guarded(() => self.learned(key, value));
    guarded(() => reading.learned(key, value));
    if (key.startsWith("device/")) pushes.markDevices();
    if (key.startsWith("introduction/")) pushes.markPeople();
    if (key === "next/seed") guarded(() => seeds.settle());
    if (key.startsWith("introduction/")) pushes.markPeople();
    pushes.say({ push: "own", data: { key, value } });
  });
  logs.publish();
  dues.check();
  people.introduceSelf(account.name);

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
    // What follows from a removal is written first: who was removed is shown it.
    governance.controlChanged(space, accepted);
    if (space.entering) joins.advance(space);
    for (const { id, header } of accepted) if (header.kind === "join") admission.consider(space, id);
    reception.retryRecords(space);
    watch.recheck();
    refresh();
    for (const { header } of accepted) {
      if (header.kind.startsWith("invite.") || header.kind === "admit") pushes.markInvites(space.id);
      if (header.kind.startsWith("channel.") || header.kind === "lock" || header.kind === "slow" || header.kind === "override") {
        for (const channel of space.replica.state()?.channels.keys() ?? []) pushes.markChannel(space.id, channel);
      }
    }
    pushes.markMembers(space.id);
    if (isSelf(space)) own.moved();
    devices.settle();
    privates.settle(space);
    remember();
  }

  function entered(space: Space): void {
    if (space.row.state === "member") return;
    space.entering = false;
    spaces.update(space, { state: "member", joinedAt: privates.offers.since(space) ?? now() });
    pushes.markMembers(space.id);
    // Until now our own did not count here, so nobody was told.
    space.replica.touch();
    sync.spreadRecords(space.id, store.records(account.id), "self");
    deps.belongs();
    if (isSelf(space)) {
      own.moved();
      // It may have been made somewhere else what was kept only here until now.
      for (const { key, value } of own.entries("")) self.learned(key, value);
    }
    self.publish();
    privates.entered(space);
    remember();
    refresh();
  }

  /** Others took this account out, or it is in again. */
  function membershipChanged(space: Space, removed: boolean): void {
    deps.log(removed ? "space.removed" : "space.restored");
    pushes.markSpace(space.id);
    pushes.markMembers(space.id);
    for (const channel of space.replica.state()?.channels.keys() ?? []) pushes.markChannel(space.id, channel);
    refresh();
  }

  /** A space that another device of this account is in, or that somebody offered. */
  function enterSpace(space: SharedSpace, offeredBy: ReadonlySet<DeviceId> | null = null): void {
    known.push(space);
    const held = spaces.get(space.id) ?? spaces.add({ id: space.id, secret: space.secret, state: "joining", joinedAt: now() }, true);
    if (held.row.state !== "joining") spaces.update(held, { state: "joining" });
    Object.assign(held, { entering: true, leaving: false, offeredBy });
    remember();
    refresh();
  }

  function leftElsewhere(space: Space): void {
    spaces.left(space);
    pushes.spaceGone(space.id);
    gone(() => undefined);
  }

  function logChanged(id: AccountId): void {
    privates.offers.settle();
    if (id !== account.id) {
      // Perhaps it has other keys now.
      if (book.verified(id) !== null) contactChanged(id);
      return;
    }
    const others = [...logs.own.state().devices.values()].some((other) => other.device !== device.id && other.standing === "good");
    if (others) {
      self.ensure();
      self.publish();
      for (const { device: other, link } of connector.peers()) if (link !== null) tellSibling(other);
      sync.refresh();
    }
    seeds.settle();
    linking.settle();
    devices.settle();
    pushes.markDevices();
  }

  /** For another own device, one that is just becoming one. */
  function ownSpaces(): SharedSpace[] {
    self.ensure();
    return self.shared();
  }

  /** Own devices that meet tell each other of the space they share with nobody else. */
  function tellSibling(other: DeviceId): void {
    if (!logs.own.isGood(other) || !logs.own.isGood(device.id)) return;
    const homes = self.shared().filter(({ id }) => isSelf(spaces.get(id)!));
    if (homes.length > 0) sync.sendStep(other, { step: "siblings", value: { spaces: homes } });
  }

  function takeStep(other: DeviceId, step: DeviceStep): void {
    if (step.step === "lookup") {
      const answer = answerLookup(
        { crypto, self: device.id, account, logs, spaces, nameOf: (id) => people.person(id).name, shared: self.one, all: ownSpaces },
        other,
        step.value,
      );
      sync.sendStep(other, answer);
    } else if (step.step !== "siblings") linking.step(other, step);
    else if (logs.own.isGood(other)) self.enter(step.value.spaces);
  }

  /** To a device that no longer belongs: the entries that revoked it. */
  function farewell(id: SpaceId, other: DeviceId): StoredRecord[] {
    const state = spaces.get(id)?.replica.state();
    if (state == null || state.devices.has(other)) return [];
    const accounts = new Set(state.bindingsOf.get(other)?.map((binding) => binding.account) ?? []);
    return [...accounts].flatMap((owner) => store.records(owner, "account-entry").filter((record) => state.devices.get(record.device) === owner));
  }

  /** This device was revoked: it takes part in nothing any more, and keeps what it has. */
  function signOut(): void {
    deps.log("device.signed-out");
    halt();
    pushes.markStatus();
    pushes.markDevices();
  }

  function halt(): void {
    ended = true;
    connector.stop();
    for (const { link } of connector.peers()) if (link !== null) links.close(link.device, "this device was signed out");
    sync.stop();
  }

  /** The device that this one continues writes no more: told where all it wrote is here, since its feeds end with what is held. */
  function retireReplaced(space: Space): void {
    const old = deps.replaces;
    if (old === null) return;
    devices.unbind(space, old);
    const everywhere = [...spaces.all()].every((other) => other.syncedAt !== null || other.row.state === "left");
    if (everywhere && logs.own.isGood(old)) logs.write({ type: "device.revoke", device: old, reason: "retired" }, [device.signingSeed]);
  }

  function notMyself(space: Space, detail: string): void {
    if (stopped() !== null) return;
    store.transaction(() => store.putSetting("stopped", detail));
    deps.log("device.stopped", { detail });
    connector.rest();
    pushes.markStatus();
    pushes.markSpace(space.id);
  }

  function caughtUp(id: Space["id"], from: DeviceId): void {
    const space = spaces.get(id);
    if (space === null) return;
    space.syncedAt = now();
    if (from !== null) governance.freshness.heard(space, from);
    if (space.row.state === "member") {
      guarded(() => joins.caughtUp(id));
      guarded(() => retireReplaced(space));
    }
    guarded(() => reading.caughtUp(space.replica.state()?.channels.keys() ?? []));
    pushes.markSpace(id);
  }

  function refresh(): void {
    if (ended) return;
    connector.setTargets(contacts.targets());
    sync.refresh();
  }

  function readUpTo(channel: ChannelId): EventId | null {
    return reading.of(channel)?.id ?? null;
  }

  function remember(): void {
    const list = contacts.toRemember();
    if (list !== null) deps.remember(list);
  }

  function leave(space: Space): void {
    if (space.row.state !== "member") return;
    // Private channels go with their workspace.
    for (const child of privates.privateSpaces.childrenOf(space)) leave(child);
    own.set(`space/${space.id}`, null);
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
    if (record !== null) publish(record);
  }

  function publish(record: StoredRecord, only?: Space): void {
    store.transaction(() => store.putRecord(record));
    for (const space of only === undefined ? spaces.shared() : [only]) {
      space.replica.touch();
      sync.spreadRecords(space.id, [record], "self");
      pushes.markMembers(space.id);
    }
    pushes.markPeople();
  }

  function renamed(name: string): void {
    if (name === ownName) return;
    ownName = name;
    deps.keepAccount({ name });
    pushes.markStatus();
  }

  /** This person thinks otherwise of somebody. */
  function contactChanged(other: AccountId): void {
    for (const space of spaces.all()) {
      if (!(space.replica.state()?.members.has(other) ?? false)) continue;
      if (book.blocked(other)) silence(space, other);
      pushes.markMembers(space.id);
    }
    pushes.markPeople();
    pushes.markPeers();
  }

  /** What waits to be read of somebody blocked is nothing to be told of. */
  function silence(space: Space, other: AccountId): void {
    const { channels, bindingsOf } = space.replica.state()!;
    for (const channel of channels.keys()) {
      if (store.unreadCount(channel) === 0) continue;
      const theirs = store
        .timeline(channel, {}, mostSilenced)
        .filter(({ unread, event }) => unread && bindingsOf.get(event.device)?.some(({ account: writer }) => writer === other));
      if (theirs.length === 0) continue;
      store.transaction(() => store.putTimeline(theirs.map((row) => ({ ...row, unread: false }))));
      pushes.markChannel(space.id, channel);
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

  if (devices.signedOut() !== null) ended = true;
  // After a restore the log is here, and nobody will send it again.
  for (const space of spaces.all()) {
    if (space.entering && space.replica.state()?.members.has(account.id)) guarded(() => joins.advance(space));
  }

  return {
    linking,
    seeds,
    forgetting,
    reading,
    spaces, author, joins, own, logs, devices, self, people, trust, privates, publish, present, pushes, governance, wrote, recover, leave, readUpTo, stopped,
    answer: (other, invite, code) => sync.answer(other, invite, code),
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
        governance.freshness.gone(peer);
        connector.unlinked(peer, reason);
        privates.offers.forget(peer);
        joins.unlinked(peer, reason);
      linking.unlinked(peer);
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
      if (devices.signedOut() !== null) found.push({ code: "device-revoked", message: devices.signedOut()!, remedy: null });
      else if (why !== null) found.push({ code: "device-stopped", message: why, remedy: "device.renew" });
      else if (writesAhead()) found.push({ code: "clock-wrong", message: aheadText, remedy: "device.renew" });
      if (diskProblem !== null) found.push(diskProblem);
      return found;
    },
    start() {
      // A copy that has stopped waits to be called, and leaves its place at the others to the one that goes on.
      if (stopped() !== null) connector.rest();
      connector.start();
      governance.start();
    },
    stop() {
      ended = true;
      governance.stop();
      acks.stop();
      own.stop();
      reading.stop();
      linking.stop();
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

/** Whose signature a certificate bears: the identity key, or another device. */
function voucherOf(certificate: Uint8Array): DeviceId {
  const decoded = decodeCertificate(certificate);
  const body = decoded.ok ? decodeCertificateBody(decoded.value.body) : decoded;
  if (!body.ok) throw new Error(`own certificate: ${body.error}`);
  return idFromBytes<DeviceId>(body.value.by);
}
