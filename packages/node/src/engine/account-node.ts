/**
 * Everything a node does once it has an account: keeps spaces, syncs them with members, writes, joins, admits. The
 * services are made here and told of each other here; each does one thing and knows only what it is passed.
 */
import type { Problem } from "@multichat/client/contract";
import { type Received, threadOf } from "@multichat/core";
import { createConnector } from "@multichat/net/connections";
import { type Sync, createSync, lists } from "@multichat/net/sync";
import type { DeviceId, EventId } from "@multichat/protocol";
import type { AccountNode, AccountNodeDeps } from "./account-node-port.ts";
import { createOwnAccount } from "./accounts/own-account.ts";
import { createOwnRecords } from "./accounts/own-records.ts";
import { createOwnChanges } from "./accounts/own-changes.ts";
import { type ReadPositions, createReadPositions } from "./accounts/read-positions.ts";
import { createStanding } from "./accounts/standing.ts";
import { createClockWatch } from "./clock-watch.ts";
import { type Acks, createAcks } from "./conversation/acks.ts";
import { type Expiry, createExpiry } from "./conversation/expiry.ts";
import { createAuthor } from "./conversation/author.ts";
import { createDeliveryMarks } from "./conversation/delivery-marks.ts";
import { createMessageChanges } from "./conversation/message-changes.ts";
import { type Contents, createContents } from "./conversation/contents.ts";
import { type Presenter, createPresenter, formatPosition } from "./conversation/present.ts";
import { type Pushes, createPushes } from "./conversation/pushes.ts";
import { type Reception, createReception } from "./conversation/reception.ts";
import { blobsOfScheduled } from "./conversation/scheduled.ts";
import { createDues } from "./dues.ts";
import { createControlChanges, markChannels } from "./governing/control-changes.ts";
import { type Files, createFiles } from "./files/files.ts";
import { lettingGoStore } from "./files/letting-go-store.ts";
import { type Governance, createGovernance } from "./governing/governance.ts";
import { createGuard, guardedClock, guardedHandler } from "./guard.ts";
import { type ComingAndGoing, createComingAndGoing } from "./joining/coming-and-going.ts";
import { type Space, createSpaces } from "./joining/spaces.ts";
import { createLinksHandler } from "./links-handler.ts";
import { type Presence, createPresence } from "./presence/presence.ts";
import { type PrivateSide, createPrivateSide } from "./private/side.ts";
import { type IndexOfMessages, createIndexOfMessages } from "./search/index-of-messages.ts";
import { type Telling, createTelling } from "./notifications/telling.ts";
import { createStoreTrouble } from "./store-trouble.ts";
import { createSyncHost } from "./sync-host.ts";
import { type TrustBook, createTrustBook } from "./trust/book.ts";
import { createContactChanges } from "./trust/contact-changes.ts";
import { type Contacts, createContacts } from "./trust/contacts.ts";
import { type People, createPeople } from "./trust/people.ts";
import { type Trust, createTrust } from "./trust/trust.ts";

/** The threads of a channel with the newest replies: of older ones nobody is told that something is unread. */
const threadsCounted = 100;

export function createAccountNode(deps: AccountNodeDeps): AccountNode {
  const { links, random, crypto, timekeeper, device, account, log } = deps;
  const store = lettingGoStore(deps.store, { sweep: () => files.sweepSoon(), settle: () => expiry.settle() });
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
  const contactChanged = createContactChanges({ store, spaces, book: () => book, pushes: later.pushes, notices: () => notices, presence: () => presence });
  const book: TrustBook = createTrustBook({ own, changed: contactChanged });
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
    store, clock, spaces, now, guarded,
    blobs: deps.blobs,
    self: device.id,
    members: (space) => sync.openWith(space),
    distance: (other) => connector.peer(other)?.rttMs ?? Infinity,
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
    blocked: { has: book.blocked, all: book.allBlocked },
    expiry: (space, header) => expiry.of(space, header),
    isDeleted: (space, event) => governance.deletes.of(space, event) !== null,
    positionOf(id) {
      const entry = store.timelineEntry(id);
      return entry === null ? null : formatPosition(entry);
    },
  });
  const index: IndexOfMessages = createIndexOfMessages({ store, clock, spaces, contents, account: account.id, guarded });
  const changes = createMessageChanges({ store, pushes: later.pushes, notices: () => notices, index: () => index, deletes: () => governance.deletes });
  const expiry: Expiry = createExpiry({
    store, clock, spaces, now, guarded,
    gone: changes.gone,
    changed(space, ids) {
      index.changed(ids);
      showAgain(space, ids);
    },
  });
  const present: Presenter = createPresenter({
    store, people, marks, contents, account: account.id, device: device.id, now, privates,
    readUpTo: (timeline) => reading.upTo(timeline),
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
    messagesGone: changes.gone,
    messageChanged: changes.changed,
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
  const reading: ReadPositions = createReadPositions({
    store, clock, own, spaces, guarded, showAgain,
    account: account.id,
    blocked: book.blocked,
    isDeleted: (space, event) => governance.deletes.of(space, event) !== null,
    markChannel: (space, channel) => pushes.markChannel(space, channel),
    read: (timeline) => notices.read(timeline),
  });
  const { joins, admission, entering, leaving, forgetting }: ComingAndGoing = createComingAndGoing({
    store, crypto, clock, timekeeper, device, account, spaces, author, ours, privates, governance, reading, connector, pushes, now, stopped, guarded, wrote, moved, refresh,
    replaces: deps.replaces,
    sync: later.sync,
    known: (space) => known.push(space),
    letIn: (space) => notices.entering(space),
    belongs: deps.belongs,
  });
  const { notices, items, wake }: Telling = createTelling({
    store, clock, crypto, own, spaces, people, present, privates, trust, governance, expiry, book, reading, pushes, now,
    account: account.id,
    presence: () => presence.own(),
    isWatched: deps.isWatched,
    callWake: deps.callWake,
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
    store, crypto, clock, spaces, people, own, book, device, account: account.id, now, stopped, guarded,
    readUpTo: reading.upTo,
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
  own.onChange(createOwnChanges({ store, spaces, ours, reading, notices, files, pushes, guarded, showAgain }));
  logs.publish();
  dues.check();
  people.introduceSelf(account.name);

  function wrote(space: Space, received: Received): void {
    if (received.accepted.length > 0) trouble.over();
    reception.absorb(space, received, "self");
  }

  /** Others took this account out, or it is in again. */
  function membershipChanged(space: Space, removed: boolean): void {
    log(removed ? "space.removed" : "space.restored");
    if (removed) joins.left(space.id);
    pushes.markSpace(space.id);
    pushes.markMembers(space.id);
    markChannels(pushes, space);
    refresh();
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

  function showAgain(space: Space, events: readonly EventId[]): void {
    reception.showAgain(space, events);
  }

  /** The account is in other spaces than before. */
  function moved(): void {
    remember();
    refresh();
    notices.changed();
  }

  function renamed(name: string): void {
    if (name === ownName) return;
    ownName = name;
    deps.keepAccount({ name });
    pushes.markStatus();
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
    spaces, author, joins, forgetting, reading, people, trust, privates, presence, present, contents, index, expiry, files, marks, pushes, notices, items, wake, governance, wrote, stopped,
    publish: records.publish,
    showAgain,
    guarded,
    recover: trouble.recover,
    leave: leaving.leave,
    answer: (other, invite, code) => sync.answer(other, invite, code),
    peers: contacts.list,
    addressesOf: contacts.addressesOf,
    handler: guardedHandler(handler, guarded),
    problems() {
      let ours: Problem | null = null;
      // What is said of a damaged database must not need it.
      if (trouble.problem()?.code !== "database-damaged") guarded(() => (ours = standing.problem()));
      return [ours, trouble.problem()].filter((problem) => problem !== null);
    },
    start() {
      // A copy that has stopped waits to be called, and leaves its place at the others to the one that goes on.
      if (stopped() !== null) connector.rest();
      guarded(forgetting.finish);
      connector.start();
      governance.start();
      files.start();
      notices.start();
    },
    async stop() {
      // Before the links are cut: others are told.
      presence.stop();
      standing.end();
      for (const service of [reading, governance, acks, own, notices, wake, index, expiry, ours.linking, dues, watch, connector, sync, pushes]) service.stop();
      await files.stop();
    },
  };
}
