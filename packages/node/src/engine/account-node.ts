/**
 * Everything a node does once it has an account: keeps spaces, syncs them with members, writes, joins, admits. The
 * services are made here and told of each other here; each does one thing and knows only what it is passed.
 */
import { type Received, threadOf } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import { createConnector } from "@multichat/net/connections";
import { type Sync, createSync, lists } from "@multichat/net/sync";
import type { AccountId, ChannelId, DeviceId, EventId, SpaceId } from "@multichat/protocol";
import type { AccountNode, AccountNodeDeps } from "./account-node-port.ts";
import { createOwnAccount } from "./accounts/own-account.ts";
import { createOwnRecords } from "./accounts/own-records.ts";
import { type ReadPositions, createReadPositions } from "./accounts/read-positions.ts";
import { createStanding } from "./accounts/standing.ts";
import { voucherOf } from "./accounts/voucher.ts";
import { createClockWatch } from "./clock-watch.ts";
import { type Acks, createAcks } from "./conversation/acks.ts";
import { type Expiry, createExpiry } from "./conversation/expiry.ts";
import { createAuthor } from "./conversation/author.ts";
import { createDeliveryMarks } from "./conversation/delivery-marks.ts";
import { type Contents, createContents } from "./conversation/contents.ts";
import { type Presenter, createPresenter, formatPosition } from "./conversation/present.ts";
import { type Pushes, createPushes } from "./conversation/pushes.ts";
import { type Reception, createReception } from "./conversation/reception.ts";
import { blobsOfScheduled } from "./conversation/scheduled.ts";
import { silence } from "./conversation/silence.ts";
import { createDues } from "./dues.ts";
import { createControlChanges, markChannels } from "./governing/control-changes.ts";
import { type Files, createFiles } from "./files/files.ts";
import { type Governance, createGovernance } from "./governing/governance.ts";
import { createGuard, guardedClock, guardedHandler } from "./guard.ts";
import { type Admission, createAdmission } from "./joining/admission.ts";
import { type Entering, createEntering } from "./joining/entering.ts";
import { type Forgetting, createForgetting } from "./joining/forgetting.ts";
import { type Joins, createJoins } from "./joining/joins.ts";
import { type Leaving, createLeaving } from "./joining/leaving.ts";
import { type Space, createSpaces } from "./joining/spaces.ts";
import { createLinksHandler } from "./links-handler.ts";
import { type Presence, createPresence } from "./presence/presence.ts";
import { type PrivateSide, createPrivateSide } from "./private/side.ts";
import { type IndexOfMessages, createIndexOfMessages } from "./search/index-of-messages.ts";
import { type Telling, createTelling } from "./notifications/telling.ts";
import { createStoreTrouble } from "./store-trouble.ts";
import { createSyncHost } from "./sync-host.ts";
import { createTrustBook } from "./trust/book.ts";
import { type Contacts, createContacts } from "./trust/contacts.ts";
import { type People, createPeople } from "./trust/people.ts";
import { type Trust, createTrust } from "./trust/trust.ts";

/** The threads of a channel with the newest replies: of older ones nobody is told that something is unread. */
const threadsCounted = 100;

export function createAccountNode(deps: AccountNodeDeps): AccountNode {
  const { links, random, crypto, timekeeper, device, account, log } = deps;
  // What lets go of a payload lets go of what only that named, and of its bytes in the files.
  const letGo = (): void => {
    files.sweepSoon();
    expiry.settle();
  };
  const store: Store = {
    ...deps.store,
    dropPayloads(ids) {
      deps.store.dropPayloads(ids);
      letGo();
    },
    purgeDue(at, limit) {
      const purged = deps.store.purgeDue(at, limit);
      if (purged.events.length > 0) files.sweepSoon();
      return purged;
    },
    dropSpace(space) {
      deps.store.dropSpace(space);
      letGo();
    },
  };
  const guarded = createGuard({ recover: (error) => trouble.recover(error), log });
  // What a timer sets off must not end the node either.
  const clock = guardedClock(deps.clock, guarded);
  const now = (): number => timekeeper.now();
  const stopped = (): string | null => standing.stopped();
  /** Where to find spaces that this device is entering. */
  const known = [...deps.known];
  let listening: string[] = [];
  let ownName = account.name;

  const spaces = createSpaces({ store, crypto, self: { device: device.id, account: account.id }, isSilent: (id) => book.blocked(id) });
  const author = createAuthor({ store, crypto, random, device, account: account.id, now, stopped, waits: (space) => governance.roots.waits(space) });
  const people: People = createPeople({
    store, crypto, device, account: account.id, now, renamed,
    petname: (id) => book.petname(id),
    introduced: (id) => book.introduced(id)?.name ?? null,
  });
  const connector = createConnector({ links, clock, random, changed: () => pushes.markPeers() });
  /** For those that come before them. */
  const later = { sync: (): Sync => sync, pushes: (): Pushes => pushes, log };
  const standing = createStanding({ store, links, connector, spaces, self: device.id, now, devices: () => ours.devices, ...later });
  const trouble = createStoreTrouble({ links, connector, spaces, ...later });
  const records = createOwnRecords({ store, spaces, people, ...later });
  const peersOf = (space: Space): { device: DeviceId; addresses: string[] }[] => [{ device: device.id, addresses: listening }, ...contacts.peersOf(space)];
  const ours = createOwnAccount({
    store, clock, crypto, random, device, account, spaces, author, people, connector, now, stopped, guarded, peersOf, wrote, ...later,
    keepAccount: deps.keepAccount,
    phraseSeed: deps.phraseSeed,
    peerId: deps.peerId,
    addresses: () => listening,
    lastSeen: (other) => contacts.lastSeen(other),
    found: (space) => entering.begin(space, null),
    gone: (space) => leaving.leftElsewhere(space),
    logChanged(id) {
      privates.offers.settle();
      // Perhaps it has other keys now.
      if (id !== account.id && book.verified(id) !== null) contactChanged(id);
    },
    signedOut: standing.signOut,
  });
  const { own, logs, devices } = ours;
  const book = createTrustBook({ own, changed: contactChanged });
  const trust: Trust = createTrust({
    store, crypto, random, spaces, people, own, book, logs, device, account: account.id, now,
    publish: records.publish,
    peersOf: (id) => contacts.placesOf(id),
  });
  const acks: Acks = createAcks({
    store, crypto, clock, device, account: account.id, now,
    publish: (space, record) => guarded(() => sync.spreadRecords(space, [record], "self")),
  });
  const marks = createDeliveryMarks({ store, acks, people, self: device.id, pushes: later.pushes });
  const contacts: Contacts = createContacts({
    store, spaces, people, connector, self: device.id, known, peerId: deps.peerId,
    joinTargets: () => joins.targets(),
    introduced: (other) => [...book.accounts()].flatMap((id) => book.introduced(id)?.peers.find((peer) => peer.device === other)?.addresses ?? []),
    offerTargets: () => privates.offers.targets(),
  });
  const privates: PrivateSide = createPrivateSide({
    store, crypto, clock, spaces, author, logs, own, people, book, account, device, now, stopped, wrote, refresh, peersOf, marks, ...later,
    isFresh: (space) => governance.freshness.isFresh(space),
    enterSpace: (space, offeredBy) => entering.begin(space, offeredBy),
  });
  const files: Files = createFiles({
    store, clock, spaces, now,
    blobs: deps.blobs,
    self: device.id,
    members: (space) => byDistance(sync.openWith(space)),
    send: (other, space, wanted) => sync.fetch(other, space, wanted),
    hasLooked: (message) => own.get(`looked/${message}`) !== null,
    waiting: () => blobsOfScheduled(store),
    personOf(space, other) {
      const owner = spaces.get(space)?.replica.state()?.devices.get(other);
      return owner === undefined ? null : people.person(owner);
    },
    push: (blob, state) => pushes.say({ push: "file", data: { blob, state } }),
    log,
  });
  const contents: Contents = createContents({
    store, crypto, people, own, files, account: account.id, now,
    blocked: book.blocked,
    expiry: (space, header) => expiry.of(space, header),
    isDeleted: (space, event) => governance.deletes.of(space, event) !== null,
    positionOf(id) {
      const entry = store.timelineEntry(id);
      return entry === null ? null : formatPosition(entry);
    },
  });
  const index: IndexOfMessages = createIndexOfMessages({ store, clock, spaces, contents, guarded });
  /** No longer shown in this timeline of a channel. */
  const gone = (space: Space, channel: ChannelId, timeline: ChannelId, ids: readonly EventId[]): void => {
    pushes.gone(timeline, ids);
    notices.gone(ids);
    pushes.markChannel(space.id, channel);
  };
  const expiry: Expiry = createExpiry({
    store, clock, spaces, now, guarded, gone,
    changed: (space, ids) => reception.showAgain(space, ids),
  });
  const present: Presenter = createPresenter({
    store, people, marks, contents, account: account.id, device: device.id, now, readUpTo, privates,
    connected: (space) => new Set(sync.openWith(space.id).filter((other) => lists(space, other))),
    missing: (space) => sync.missing(space.id),
    lastSeen: (id) => presence.of(id).lastSeen,
    inviteLink: (invite) => store.setting(`invite-link/${invite}`),
    identities: trust.identities,
    threadsUnread: (channel) => store.annotated(channel, "reply", threadsCounted).reduce((sum, root) => sum + store.unreadCount(threadOf(crypto, root)), 0),
    governance: () => governance,
    blocked: book.blocked,
  });
  const pushes: Pushes = createPushes({
    clock, spaces, present,
    peers: contacts.list,
    status: deps.status,
    requests: trust.introductions.waiting,
    devices: devices.list,
    waitingChanged: () => notices.changed(),
    moderated: (space, what) => governance.push(space, what),
  });
  const governance: Governance = createGovernance({
    store, clock, crypto, random, spaces, people, keys: trust.keys, present, device, account: account.id, now, stopped, membershipChanged,
    openWith: (space) => sync.openWith(space),
    missing: (space) => sync.missing(space),
    linked: (other) => connector.peer(other)?.link != null,
    newcomer: (space, asking, by) => reception.newcomer(space, asking, by),
    publish(record, space) {
      records.publish(record, space);
      governance.learned(space, record);
    },
    write: (space, drafts) => guarded(() => wrote(space, author.write(space, space.id, drafts).received)),
    messagesGone: gone,
    messageChanged(space, channel, id) {
      index.changed([id]);
      if (isDeleted(space, id)) {
        notices.gone([id]);
        // There is nothing in it to read any more.
        store.transaction(() => store.putTimeline(store.timelineEntries(id).map((entry) => ({ ...entry, unread: false }))));
      }
      const entry = store.timelineEntry(id);
      const event = store.event(id);
      if (entry !== null && event !== null && pushes.watched(channel)) pushes.messages(space, channel, [{ ...entry, event }]);
      pushes.markChannel(space.id, channel);
    },
    mark: (space, changed) => pushes.markModeration(space.id, changed),
    markRights(space) {
      markChannels(pushes, space);
      pushes.markMembers(space.id);
    },
    resumed(space) {
      guarded(() => {
        admission.resumed(space);
        ours.devices.settle();
        privates.settle(space);
      });
    },
  });
  const joins: Joins = createJoins({
    store, crypto, clock, device, account, spaces, author, refresh,
    publish(space, events) {
      sync.refresh();
      sync.spread(space.id, events, "self");
      // Whoever decides whether to let us in sees by which name we go.
      sync.spreadRecords(space.id, store.records(account.id, "profile"), "self");
    },
    changed(join) {
      pushes.join(join);
      const space = spaces.get(join.space.id as SpaceId);
      if (join.step === "failed" && space !== null) governance.membership.check(space);
    },
    entered: (space) => entering.entered(space),
    entrance: privates.entrance,
    vouchedBy: () => voucherOf(account.certificate),
    clockProblem: () => timekeeper.problem(),
  });
  const admission: Admission = createAdmission({
    spaces, account: account.id, stopped,
    waits: author.waits,
    isStanding: privates.isStanding,
    isLetIn: (space, joiner, joining) => privates.mayEnter(space.id, joiner, joining),
    // Whoever makes this clock lag does not make an expired invite good.
    now: () => Math.max(clock.now(), now()),
    linked: (other) => connector.peer(other)?.link != null,
    write: (space, one) => wrote(space, author.write(space, space.id, [one]).received),
    answer: (other, invite, code) => sync.answer(other, invite, code),
  });
  const reading: ReadPositions = createReadPositions({
    store, clock, own, spaces, guarded,
    account: account.id,
    showAgain: (space, ids) => reception.showAgain(space, ids),
    markChannel: (space, channel) => pushes.markChannel(space, channel),
    read: (timeline) => notices.read(timeline),
  });
  const { notices, items, wake }: Telling = createTelling({
    store, clock, crypto, own, spaces, people, present, privates, trust, governance, expiry, book, reading, pushes, now,
    account: account.id,
    presence: () => presence.own(),
    isWatched: deps.isWatched,
    callWake: deps.callWake,
  });
  const forgetting: Forgetting = createForgetting({
    store, clock, spaces,
    leave: (space) => leaving.leave(space),
    dropped: moved,
    openWith: (space) => sync.openWith(space.id).length,
    otherDevices: () => devices.list().filter((other) => !other.this && other.standing === "good").length,
    signedOut: () => devices.signedOut() !== null,
  });
  const watch = createClockWatch({
    clock, timekeeper,
    // Of whoever may let us in, the account is not known yet.
    personOf: (other) => contacts.ownerOf(other) ?? (joins.names(other) ? other : null),
    jumped() {
      log("clock.jumped");
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
  const host = createSyncHost({
    store, clock, self: device.id, account, spaces, admission, privates, joins, ours, pushes, watch, guarded, log,
    files: () => files,
    presence: () => presence,
    sync: () => sync,
    reception: () => reception,
    entering: () => entering,
    leaving: () => leaving,
  });
  const sync: Sync = createSync({ host, links, store, clock, crypto, random });
  const presence: Presence = createPresence({
    store, crypto, clock, spaces, people, own, book, device, account: account.id, now, stopped, guarded, readUpTo,
    sync: later.sync,
    publish: records.publish,
    push: (push) => pushes.say(push),
  });
  const controlChanged = createControlChanges({
    store, governance, joins, admission, privates, ours, pushes, marks, expiry, refresh, remember,
    spreadRecords: (space, records) => sync.spreadRecords(space.id, records, "self"),
    retryRecords: (space) => reception.retryRecords(space),
    recheckClocks: watch.recheck,
  });
  const entering: Entering = createEntering({
    store, spaces, account: account.id, replaces: deps.replaces, signingSeed: device.signingSeed, ours, sync, pushes, privates, governance, joins,
    reading, now, guarded, moved,
    known: (space) => known.push(space),
    belongs: deps.belongs,
  });
  const leaving: Leaving = createLeaving({ spaces, author, account: account.id, own, privateSpaces: privates.privateSpaces, pushes, guarded, wrote, moved });
  const reception: Reception = createReception({
    store, crypto, spaces, author, acks, own, logs, people, marks, pushes, sync, self: device.id, account: account.id, now, guarded, controlChanged, log,
    noted: (space, received) => notices.arrived(space, received),
    arrived(space, accepted) {
      expiry.arrived(space, accepted);
      governance.arrived(space, accepted);
      index.arrived();
      files.arrived(space, accepted);
      presence.arrived(accepted);
    },
    changed: index.changed,
    early: () => dues.check(),
    stored: trouble.over,
    addressesChanged: () => connector.setTargets(contacts.targets()),
    trustLearned(space, record) {
      governance.learned(space, record);
      if (!trust.learned(space, record)) return false;
      pushes.markMembers(space.id);
      pushes.markPeople();
      return true;
    },
    presenceLearned: (record) => presence.learned(record),
    notMyself: standing.notMyself,
    tellNow: deps.tellNow,
  });

  // Before anything is shown.
  guarded(() => expiry.purgeDue());
  // A new device after damage: the store is empty, but the spaces are known.
  for (const { id, secret } of deps.known) {
    if (spaces.get(id) === null) spaces.add({ id, secret, state: "joining", joinedAt: clock.now() }, true);
  }
  for (const space of spaces.all()) acks.load(space);
  guarded(() => privates.resume());
  own.onChange((key, value) => {
    guarded(() => ours.self.learned(key, value));
    guarded(() => reading.learned(key, value));
    guarded(() => notices.learned(key, value));
    if (key.startsWith("device/")) pushes.markDevices();
    if (key.startsWith("introduction/")) pushes.markPeople();
    if (key === "next/seed") guarded(() => ours.seeds.settle());
    if (key.startsWith("saved/")) savedChanged(key.slice("saved/".length) as EventId, value !== null);
    if (key.startsWith("looked/")) lookedOnce(key.slice("looked/".length) as EventId);
    pushes.say({ push: "own", data: { key, value } });
  });
  logs.publish();
  dues.check();
  people.introduceSelf(account.name);

  function wrote(space: Space, received: Received): void {
    reception.absorb(space, received, "self");
  }

  /** Others took this account out, or it is in again. */
  function membershipChanged(space: Space, removed: boolean): void {
    log(removed ? "space.removed" : "space.restored");
    pushes.markSpace(space.id);
    pushes.markMembers(space.id);
    markChannels(pushes, space);
    refresh();
  }

  function isDeleted(space: Space, id: EventId): boolean {
    const event = store.event(id);
    return event !== null && governance.deletes.of(space, event) !== null;
  }

  function byDistance(devices: DeviceId[]): DeviceId[] {
    const far = (other: DeviceId): number => connector.peer(other)?.rttMs ?? Infinity;
    return devices.sort((a, b) => (far(a) < far(b) ? -1 : far(a) > far(b) ? 1 : 0));
  }

  function refresh(): void {
    if (standing.ended()) return;
    connector.setTargets(contacts.targets());
    sync.refresh();
    presence.changed();
  }

  function remember(): void {
    const list = contacts.toRemember();
    if (list !== null) deps.remember(list);
  }

  /** On whichever device. */
  function savedChanged(message: EventId, saved: boolean): void {
    const event = store.event(message);
    const space = event === null ? null : spaces.get(event.space);
    if (space !== null) reception.showAgain(space, [message]);
    pushes.say({ push: "saved", data: { message, saved } });
  }

  /** On this device or another of this account. */
  function lookedOnce(message: EventId): void {
    files.letGoLooked(message);
    const event = store.event(message);
    const space = event === null ? null : spaces.get(event.space);
    if (space !== null) reception.showAgain(space, [message]);
  }

  /** The account is in other spaces than before. */
  function moved(): void {
    remember();
    refresh();
    notices.changed();
  }

  function readUpTo(channel: ChannelId): EventId | null {
    const position = reading.of(channel);
    if (position === null || store.timelineEntry(position.id) !== null) return position?.id ?? null;
    // It has disappeared, or is not here yet.
    return store.timeline(channel, { before: position }, 1)[0]?.id ?? null;
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
      if (book.blocked(other)) silence({ store, changed: pushes.markChannel }, space, other);
      pushes.markMembers(space.id);
    }
    notices.changed();
    pushes.markPeople();
    pushes.markPeers();
    presence.changed();
  }

  refresh();

  if (devices.signedOut() !== null) standing.end();
  // After a restore the log is here, and nobody will send it again.
  for (const space of spaces.all()) {
    if (space.entering && space.replica.state()?.members.has(account.id)) guarded(() => joins.advance(space));
  }

  const handler = createLinksHandler({
    clock, connector, contacts, joins, sync, spaces, watch, governance, offers: privates.offers, linking: ours.linking, pushes, files, presence,
    listening(addresses) {
      listening = addresses;
      records.publishAddresses(addresses);
    },
  });

  return {
    ...ours,
    spaces, author, joins, forgetting, reading, people, trust, privates, presence, present, contents, index, expiry, files, marks, pushes, notices, items, wake, governance, wrote, readUpTo, stopped,
    publish: records.publish,
    showAgain: (space, events) => reception.showAgain(space, events),
    guarded,
    recover: trouble.recover,
    leave: leaving.leave,
    answer: (other, invite, code) => sync.answer(other, invite, code),
    peers: contacts.list,
    addressesOf: contacts.addressesOf,
    handler: guardedHandler(handler, guarded),
    problems: () => [standing.problem(), trouble.problem()].filter((problem) => problem !== null),
    start() {
      // A copy that has stopped waits to be called, and leaves its place at the others to the one that goes on.
      if (stopped() !== null) connector.rest();
      connector.start();
      governance.start();
      files.start();
      notices.start();
    },
    async stop() {
      // Before the links are cut: others are told.
      presence.stop();
      standing.end();
      for (const service of [governance, acks, own, reading, notices, wake, index, expiry, ours.linking, dues, watch, connector, sync, pushes]) service.stop();
      await files.stop();
    },
  };
}
