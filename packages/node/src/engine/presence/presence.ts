/**
 * Presence of this person and of others (spec/13-presence.md): the services that tell and hear, made and told of each other,
 * and what interfaces are shown of it.
 */
import { type Event, type PersonState, chosenAt, createHeard, may, ownState, statusAt, sumUp } from "@multichat/core";
import type { Clock, Crypto, Store, StoredRecord } from "@multichat/core/ports";
import type { OwnPresence, Presence as PresenceView, Push, Typing } from "@multichat/client/contract";
import { type Sync, lists } from "@multichat/net/sync";
import type { AccountId, ChannelId, DeviceId, EventId, FrameOf, PresenceValue, SpaceId } from "@multichat/protocol";
import type { OwnData } from "../accounts/own-data.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import { kindOf } from "../private/spaces.ts";
import type { TrustBook } from "../trust/book.ts";
import type { People } from "../trust/people.ts";
import type { DeviceKeys } from "../vault.ts";
import { createPresenceAudience } from "./audience.ts";
import { type ChoicesKeeper, createPresenceChoices } from "./choices.ts";
import { createPresenceHearing } from "./hearing.ts";
import { createLastSeen } from "./last-seen.ts";
import { type Looking, createLooking } from "./looking.ts";
import { createOwnWriting } from "./own-writing.ts";
import type { PresencePlace } from "./reach.ts";
import { type Receipts, createReceipts } from "./receipts.ts";
import { createStatuses } from "./statuses.ts";
import { createPresenceTelling } from "./telling.ts";

export interface Presence {
  readonly choices: ChoicesKeeper;
  readonly receipts: Receipts;
  readonly looking: Looking;
  of(account: AccountId): PresenceView;
  own(): OwnPresence;
  /** The person is at an interface of this device. */
  active(): void;
  /** Shows the status that was chosen, if this person shows anything. */
  publishStatus(): void;
  write(space: Space, channel: ChannelId, thread: EventId | null, state: "typing" | "recording" | null): void;
  // What happens around it.
  opened(): void;
  frame(space: SpaceId, device: DeviceId, frame: FrameOf<"ephemeral">): void;
  unlinked(device: DeviceId): void;
  learned(record: StoredRecord): void;
  arrived(events: readonly Event[]): void;
  /** Whom this person knows, blocks or shares spaces with is another matter than before. */
  changed(): void;
  stop(): void;
}

/** What changes together is told together. */
const tellMs = 50;

export function createPresence(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  spaces: Spaces;
  people: People;
  own: OwnData;
  book: Pick<TrustBook, "blocked" | "isContact">;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  /** Why this device takes part in nothing any more. */
  stopped(): string | null;
  sync(): Pick<Sync, "openWith" | "tell">;
  publish(record: StoredRecord, only?: Space): void;
  readUpTo(timeline: ChannelId): EventId | null;
  push(push: Push): void;
  guarded(work: () => void): void;
}): Presence {
  const { store, clock, spaces, account, book } = deps;
  const interested = createHeard<true>(() => true);
  const shown = new Map<AccountId, string>();
  const toShow = new Set<AccountId>();
  let activeAt: number | null = null;
  let ownShown = "";
  let stopped = false;
  let cancelShow: (() => void) | null = null;
  let cancelTurn: (() => void) | null = null;

  const choices = createPresenceChoices({ own: deps.own, changed: chosenOtherwise });
  const lastSeen = createLastSeen({ store });
  const statuses = createStatuses({ store, crypto: deps.crypto, device: deps.device, account, now: deps.now });
  const onlooker = (id: AccountId): { blocked: boolean; contact: boolean } => ({ blocked: book.blocked(id), contact: book.isContact(id) });
  const tell: Sync["tell"] = (device, space, said) => deps.sync().tell(device, space, said);
  const audience = createPresenceAudience({ account, places, choices: choices.get, onlooker, interested, clockNow: () => clock.now() });
  const telling = createPresenceTelling({ clock, audience, tell, current });
  const looking = createLooking({ clock, account, places, audience, tell, visible: () => current() !== null });
  const writing = createOwnWriting({ clock, audience, tell, may: () => current() !== null && choices.get().isOn("typing") });
  const hearing = createPresenceHearing({
    clock, interested, mayWrite,
    takes: (id) => !book.blocked(id),
    seen: (id, at) => lastSeen.note(id, at),
    changed(id) {
      if (hearing.state(id) === "offline") lastSeen.keep(id);
      show(id);
    },
    writingChanged: (channel, thread) => deps.push({ push: "typing", data: typingIn(channel, thread) }),
    asked: telling.met,
  });
  const receipts = createReceipts({
    store, crypto: deps.crypto, clock, spaces, device: deps.device, account, now: deps.now, onlooker,
    choices: choices.get,
    isOn: () => choices.get().isOn("receipts"),
    visible: () => current() !== null,
    readUpTo: deps.readUpTo,
    publish: deps.publish,
  });

  function placeOf(space: Space): PresencePlace {
    const state = space.replica.state();
    return {
      id: space.id,
      conversation: kindOf(space) === "direct",
      people: state?.members.size ?? 0,
      linked: () => deps.sync().openWith(space.id).filter((device) => lists(space, device)),
      ownerOf: (device) => state?.devices.get(device) ?? null,
    };
  }

  function* places(): Iterable<PresencePlace> {
    for (const space of spaces.shared()) if (space.row.state === "member") yield placeOf(space);
  }

  function mayWrite(space: SpaceId, id: AccountId, channel: ChannelId, thread: EventId | null): boolean {
    const state = spaces.get(space)?.replica.state();
    if (state == null || id === account || !choices.get().isOn("typing")) return false;
    return may(state, id, thread === null ? "send" : "reply", { channel, at: deps.now() }).allowed;
  }

  /** What this device says, if it says anything. */
  function current(): PresenceValue | null {
    if (stopped || deps.stopped() !== null) return null;
    const { state } = ownState(choices.get().chosen, activeAt, deps.now());
    return state === null ? null : { state, lastSeen: choices.get().isOn("lastSeen") };
  }

  function stateOf(id: AccountId): PersonState {
    if (id !== account) return hearing.state(id);
    const mine = current();
    return mine === null ? "offline" : sumUp([mine.state, ...hearing.states(account)]);
  }

  function of(id: AccountId): PresenceView {
    const state = stateOf(id);
    return {
      account: id,
      state,
      lastSeen: state === "offline" && id !== account && choices.get().isOn("lastSeen") ? lastSeen.of(id) : null,
      status: statusAt(statuses.of(id), deps.now()),
    };
  }

  function own(): OwnPresence {
    const { chosen, status } = choices.get();
    const standing = chosenAt(chosen, deps.now());
    return { chosen: standing?.state ?? "online", until: standing?.until ?? 0, state: stateOf(account), status: statusAt(status, deps.now()) };
  }

  function show(id: AccountId): void {
    toShow.add(id);
    cancelShow ??= clock.after(tellMs, flush);
  }

  function flush(): void {
    cancelShow = null;
    const people: PresenceView[] = [];
    for (const id of toShow) {
      const view = of(id);
      const text = JSON.stringify(view);
      if (shown.get(id) === text) continue;
      shown.set(id, text);
      people.push(view);
    }
    toShow.clear();
    if (people.length > 0) deps.push({ push: "presence", data: { people } });
    const mine = own();
    const text = JSON.stringify(mine);
    if (text !== ownShown) deps.push({ push: "own-presence", data: mine });
    ownShown = text;
  }

  function typingIn(channel: ChannelId, thread: EventId | null): Typing {
    const byPerson = new Map<AccountId, boolean>();
    for (const { account: id, recording } of hearing.writing(channel, thread)) byPerson.set(id, recording || (byPerson.get(id) ?? false));
    return { channel, thread, people: [...byPerson].map(([id, recording]) => ({ person: deps.people.person(id), recording })) };
  }

  /** This person is to be seen otherwise, now or when the time comes. */
  function turn(): void {
    cancelTurn?.();
    cancelTurn = null;
    telling.changed();
    looking.settle();
    show(account);
    const { changesAt } = ownState(choices.get().chosen, activeAt, deps.now());
    const ends = [changesAt, ...[statuses.of(account)?.until ?? 0].filter((at) => at > deps.now())].filter((at) => at !== null);
    if (ends.length > 0 && !stopped) cancelTurn = clock.after(Math.max(1, Math.min(...ends) - deps.now()), onTurn);
  }

  function onTurn(): void {
    cancelTurn = null;
    publishStatus();
    turn();
  }

  function chosenOtherwise(): void {
    if (stopped) return;
    deps.guarded(() => receipts.switched());
    for (const id of shown.keys()) show(id);
    turn();
  }

  function publishStatus(): void {
    if (current() === null) return;
    const status = statusAt(choices.get().status, deps.now());
    const record = statuses.sign(status);
    if (record !== null) deps.publish(record);
    show(account);
  }

  return {
    choices, receipts, looking, of, own, publishStatus,
    active() {
      activeAt = deps.now();
      turn();
    },
    write: (space, channel, thread, state) => writing.set(placeOf(space), channel, thread, state),
    opened() {
      telling.met();
      looking.settle();
    },
    frame(id, device, frame) {
      const owner = spaces.get(id)?.replica.state()?.devices.get(device);
      if (owner !== undefined) hearing.frame(id, device, owner, frame);
    },
    unlinked(device) {
      telling.lost(device);
      looking.lost(device);
      hearing.lost(device);
    },
    learned(record) {
      if (record.type !== "status") return;
      statuses.learned(record);
      show(record.account);
    },
    arrived(events) {
      for (const { header } of events) {
        hearing.wrote(header.device);
        if (header.device === deps.device.id) writing.wrote(header.channel);
      }
    },
    changed: telling.met,
    stop() {
      if (stopped) return;
      stopped = true;
      telling.stop();
      looking.stop();
      hearing.stop();
      receipts.stop();
      cancelShow?.();
      cancelTurn?.();
      deps.guarded(() => lastSeen.keep());
    },
  };
}
