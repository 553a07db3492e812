/**
 * Telling a person what happened (spec/14-notifications.md): every event is decided about once, when it is stored; what comes of it is
 * shown, and goes again when it is read, on whichever device, or is gone.
 */
import { type Decision, type Event, type Facts, type Received, type Situation, asStored, decide } from "@multichat/core";
import type { Clock, Crypto, Store, StoredEvent, TimelineEntry } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type EventId, decodeContent, hlcTime } from "@multichat/protocol";
import type { OwnData } from "../accounts/own-data.ts";
import type { Space } from "../joining/spaces.ts";
import type { Addition } from "./additions.ts";
import { type FactsOf, timelineOf } from "./facts.ts";
import { type Inbox, type Item, createInbox } from "./inbox.ts";
import { type KeptRules, createKeptRules } from "./kept-rules.ts";
import { clearedKeptMs, lookMs } from "./limits.ts";
import { type Shown, createShowing } from "./showing.ts";
import type { Waiting } from "./waiting.ts";

export interface Notices {
  readonly rules: KeptRules;
  readonly inbox: Inbox;
  /** Decides about what was taken in, in the transaction that stores it. What is answered is called when that is on the disk. */
  arrived(space: Space, received: Received): () => void;
  /** Taken off the timelines, or deleted. */
  gone(ids: readonly EventId[]): void;
  /** What is unread changed in this timeline. */
  read(timeline: ChannelId): void;
  /** This device is about to be in a space. */
  entering(space: Space): void;
  /** What waits for a decision may be something else, or who is blocked. */
  changed(): void;
  /** Takes these out of the inbox on all devices; null: all. */
  clear(ids: readonly string[] | null): void;
  /** As it was decided, or as the rules as they are now come to. Null: nobody is ever told of such. */
  why(space: Space, event: StoredEvent): Pick<Decision, "how" | "cause" | "keyword" | "reason"> | null;
  /** Own data said something else. */
  learned(key: string, value: string | null): void;
  start(): void;
  stop(): void;
}

export function createNotices(deps: {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  own: OwnData;
  facts: FactsOf;
  now(): number;
  /** Until when this person said, as their status, that they are not to be disturbed, ms; null: they did not. */
  disturbAfter(): number | null;
  /** The time zone this device is in now. */
  zone(): string;
  waiting(): Waiting[];
  /** Who let this account in there, if anybody did. */
  additionTo(space: Space): Addition | null;
  /** Whether this account belongs there. */
  isIn(place: { space: string | null; channel: string | null }): boolean;
  show(shown: Shown, items: readonly Item[]): void;
  showGone(tags: string[]): void;
  inboxChanged(): void;
  rulesChanged(): void;
}): Notices {
  const { store, clock, crypto, own } = deps;
  const rules = createKeptRules(own);
  const inbox = createInbox(store, deps.now);
  const showing = createShowing({
    clock,
    now: deps.now,
    isUnread: (id) => inbox.get(id)?.read === false,
    show: (shown) => deps.show(shown, shown.ids.flatMap((id) => inbox.get(id) ?? [])),
    gone: deps.showGone,
  });
  let cancelLook: (() => void) | null = null;

  // Most of what comes is told nobody, and needs no more than `now`.
  const situation = (now: number): Situation => ({
    now,
    get zone() {
      return deps.zone();
    },
    get disturbAfter() {
      return deps.disturbAfter();
    },
  });

  function itemOf(id: string, facts: Facts, { cause, keyword, how, sound, reason }: Decision, message: string | null, at: number): Omit<Item, "nr" | "read"> | null {
    if (cause === null || how === "nothing") return null;
    const { who, channel, thread } = facts;
    return { id, cause, keyword, quiet: how === "badge" ? reason : null, at, who, space: facts.space, channel, thread, message, sound };
  }

  function decideOn(space: Space, event: StoredEvent, entries?: readonly TimelineEntry[]): Item[] {
    const found = inbox.get(event.id) !== null ? null : deps.facts.of(space, event, entries);
    if (found === null) return [];
    const at = hlcTime(found.header.hlc);
    const item = itemOf(event.id, found.facts, decide(found.facts, rules, situation(deps.now())), found.message, at);
    return item === null ? [] : [inbox.store(item)];
  }

  /** Something that is no event of a conversation. */
  function decideOther(given: Pick<Facts, "subject" | "who" | "space"> & Partial<Facts>, { id, message, at }: { id: string; message: string | null; at: number }): Item[] {
    const facts: Facts = { channel: null, thread: null, direct: false, calls: null, answers: false, tookPart: false, text: "", obstacle: null, ...given };
    const item = itemOf(id, facts, decide(facts, rules, situation(deps.now())), message, at);
    return item === null ? [] : [inbox.store(item)];
  }

  /** Whether what it is about is there no more. */
  function isOver(item: Item, still: ReadonlySet<string>): boolean {
    if (item.cause === "request" || item.cause === "report") return !still.has(item.id);
    return !deps.isIn(item) || (item.message !== null && !store.hasEvent(item.message as EventId));
  }

  /** Its place among what is shown: a channel, a thread, or a kind of request. */
  function placeOf({ channel, thread, cause }: Item): string {
    return channel === null ? cause : `${channel}/${thread ?? ""}`;
  }

  function took(items: readonly Item[]): void {
    if (items.length === 0) return;
    inbox.took(items);
    for (const item of items) {
      // Taken out on another device, before it came here.
      if (own.get(`cleared/${item.id}`) !== null) inbox.setRead(item.id, true);
      else if (item.quiet === null) showing.add(item.id, placeOf(item), item.at);
    }
    deps.inboxChanged();
  }

  /** It is the last that its author has said with this emoji. */
  function stands(reaction: EventId): boolean {
    const event = store.event(reaction);
    const said = event === null || event.payload === null ? null : decodeContent("reaction", event.payload);
    const author = inbox.get(reaction)?.who;
    if (said === null || !said.ok || author == null) return false;
    return store.annotation({ id: said.value.target, channel: event!.channel }, "reaction", author as AccountId, said.value.emoji)?.event === reaction;
  }

  /** What was told of a reaction that is taken back. */
  function withdrawn(targets: ReadonlySet<string>): string[] {
    if (targets.size === 0) return [];
    const items = inbox.all().filter(({ cause, message }) => cause === "reaction" && targets.has(message!));
    return items.filter(({ id }) => !stands(id as EventId)).map(({ id }) => id);
  }

  function forget(ids: readonly string[]): void {
    if (inbox.remove(ids).length === 0) return;
    showing.settle();
    deps.inboxChanged();
  }

  function isRead(item: Item): boolean {
    if (own.get(`cleared/${item.id}`) !== null) return true;
    if (item.message !== item.id) return item.read;
    const entries = store.timelineEntries(item.id as EventId);
    // In its thread and in the channel: reading either is enough.
    return entries.length === 0 || entries.some(({ unread }) => !unread);
  }

  function settle(items: readonly Item[]): void {
    const changed = items.filter((item) => inbox.setRead(item.id, isRead(item)));
    if (changed.length === 0) return;
    showing.settle();
    deps.inboxChanged();
  }

  function look(): void {
    cancelLook = null;
    const waiting = deps.waiting();
    const still = new Set(waiting.map(({ id }) => id));
    forget(inbox.all().filter((item) => isOver(item, still)).map(({ id }) => id));
    const fresh = waiting.filter(({ id }) => inbox.get(id) === null);
    const items = store.transaction(() =>
      fresh.flatMap(({ subject, who, space, ...about }) => decideOther({ subject, who, space }, about)),
    );
    took(items);
    settle(inbox.all().filter(({ read }) => !read));
  }

  function lookSoon(): void {
    cancelLook ??= clock.after(lookMs, look);
  }

  return {
    rules, inbox,
    arrived(space, { accepted, shown, hidden, restored, annotated }) {
      // What is not unread is one's own, history, or by somebody blocked.
      const entries = Map.groupBy(shown, ({ id }) => id);
      const isNews = ({ id, header }: Event): boolean => header.kind === "reaction" || entries.get(id)?.some(({ unread }) => unread) === true;
      const news = accepted.filter(isNews);
      const back = new Set(restored.filter(({ unread }) => unread).map(({ id }) => id));
      const items = news.length + back.size === 0 ? [] : store.transaction(() => [
        ...news.flatMap((event) => decideOn(space, asStored(space.id, event), entries.get(event.id))),
        ...[...back].flatMap((id) => store.event(id) ?? []).flatMap((event) => decideOn(space, event)),
      ]);
      const targets = new Set<string>(annotated.map(({ target }) => target));
      // Told of once: what no longer stands is kept, as read, should it stand again.
      const otherwise = [...hidden.flatMap(({ ids: gone }) => gone), ...restored.map(({ id }) => id)];
      return () => {
        took(items);
        forget(withdrawn(targets));
        settle(otherwise.flatMap((id) => inbox.get(id) ?? []));
      };
    },
    gone(ids) {
      const gone = new Set<string>(ids);
      forget(inbox.all().filter(({ id, message }) => gone.has(id) || gone.has(message ?? "")).map(({ id }) => id));
    },
    read(timeline) {
      settle(inbox.all().filter(({ id, message, channel, thread }) => message === id && channel !== null && (timelineOf(crypto, { channel, thread }) === timeline || channel === timeline)));
    },
    entering(space) {
      const added = deps.additionTo(space);
      if (added === null || inbox.get(added.id) !== null) return;
      const { who, channel, isHistory } = added;
      const facts = { subject: "added", who, space: added.space, channel, obstacle: isHistory ? "history" : null } as const;
      took(store.transaction(() => decideOther(facts, { ...added, message: null })));
    },
    changed: lookSoon,
    clear(ids) {
      const items = ids === null ? inbox.all().filter(({ read }) => !read) : ids.flatMap((id) => inbox.get(id) ?? []);
      for (const { id } of items) own.set(`cleared/${id}`, String(Math.floor(deps.now())));
      settle(items.map(({ id }) => inbox.get(id)!));
    },
    why(space, event) {
      const found = deps.facts.of(space, event);
      if (found === null) return null;
      const told = inbox.get(event.id);
      const at = hlcTime(found.header.hlc);
      // That it has been read since is no reason.
      const facts = found.facts.obstacle === "read" ? { ...found.facts, obstacle: null } : found.facts;
      const decision = decide(facts, rules, situation(at));
      if (told === null) return decision;
      return { how: told.quiet === null ? "banner" : "badge", cause: told.cause, keyword: told.keyword, reason: told.quiet ?? (decision.reason.why === "told" ? decision.reason : { why: "told", of: "general", anyway: false }) };
    },
    learned(key) {
      if (rules.learned(key)) deps.rulesChanged();
      const item = key.startsWith("cleared/") ? inbox.get(key.slice("cleared/".length)) : null;
      if (item !== null) settle([item]);
    },
    start() {
      for (const { key, value } of own.entries("cleared/")) if (Number(value) + clearedKeptMs < deps.now()) own.set(key, null);
      lookSoon();
    },
    stop() {
      cancelLook?.();
      showing.stop();
    },
  };
}
