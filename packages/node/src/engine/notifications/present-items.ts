/** What somebody is told of, as the local API says it (spec/local-api.md). Pure reading. */
import { type Decision, type Reason, plainName } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { InboxItem, Notification, NotificationDecision, NotificationReason, NotificationRules } from "@multichat/client/contract";
import { type AccountId, type ChannelId, type EventId, type SpaceId, decodeContent } from "@multichat/protocol";
import type { Presenter } from "../conversation/present.ts";
import type { PrivateSide } from "../private/side.ts";
import type { Spaces } from "../joining/spaces.ts";
import type { People } from "../trust/people.ts";
import type { Item } from "./inbox.ts";
import type { KeptRules } from "./kept-rules.ts";
import { placesNamed } from "./limits.ts";
import type { Shown } from "./showing.ts";

export interface ItemPresenter {
  item(item: Item): InboxItem;
  notification(shown: Shown, items: readonly Item[]): Notification;
}

export function createItemPresenter(deps: {
  store: Store;
  spaces: Spaces;
  people: People;
  present: Pick<Presenter, "message">;
  privates: Pick<PrivateSide, "nameOf" | "about">;
}): ItemPresenter {
  const { store, spaces } = deps;

  function message(id: string | null): InboxItem["message"] {
    const event = id === null ? null : store.event(id as EventId);
    const entry = event === null ? null : store.timelineEntry(event.id);
    const space = event === null ? null : spaces.get(event.space);
    if (event === null || entry === null || space?.replica.state() == null) return null;
    return deps.present.message(space, { ...entry, event });
  }

  function emojiOf({ id, cause }: Item): string | null {
    const payload = cause === "reaction" ? (store.event(id as EventId)?.payload ?? null) : null;
    const read = payload === null ? null : decodeContent("reaction", payload);
    return read?.ok ? read.value.emoji : null;
  }

  function spaceOf({ space: id, channel }: Item): InboxItem["space"] {
    const space = (channel === null ? null : spaces.ofChannel(channel as ChannelId)) ?? (id === null ? null : spaces.get(id as SpaceId));
    return space?.replica.state() == null ? null : { id: space.id, name: deps.privates.nameOf(space) };
  }

  function channelOf({ channel: id }: Item): InboxItem["channel"] {
    const space = id === null ? null : spaces.ofChannel(id as ChannelId);
    const channel = space?.replica.state()?.channels.get(id as ChannelId);
    return channel === undefined ? null : { id: channel.id, name: plainName(channel.name) };
  }

  /** A conversation is called by who is in it, a channel by its name. */
  function placeName(item: Item): string {
    const space = item.channel === null ? null : spaces.ofChannel(item.channel as ChannelId);
    if (space === null) return spaceOf(item)?.name ?? "";
    return deps.privates.about(space).kind === "direct" ? deps.privates.nameOf(space) : `#${channelOf(item)?.name ?? ""}`;
  }

  function item(one: Item): InboxItem {
    return {
      id: one.id,
      cause: one.cause,
      keyword: one.keyword,
      quiet: one.quiet === null ? null : reasonOf(one.quiet),
      at: one.at,
      read: one.read,
      who: one.who === null ? null : deps.people.person(one.who as AccountId),
      space: spaceOf(one),
      channel: channelOf(one),
      place: placeName(one),
      thread: one.thread,
      message: message(one.message),
      emoji: emojiOf(one),
    };
  }

  return {
    item,
    notification({ tag, as }, items) {
      const places = [...Map.groupBy(items, ({ channel }) => channel)].map(([channel, there]) => ({ channel, name: placeName(there[0]!), count: there.length }));
      return {
        id: tag,
        kind: as,
        count: items.length,
        item: item(items.at(-1)!),
        places: places.sort((a, b) => b.count - a.count).slice(0, placesNamed),
        sound: items.some(({ sound }) => sound),
      };
    },
  };
}

/** What was kept as JSON has null for what has no end already. */
export function reasonOf(reason: Reason): NotificationReason {
  if (!("until" in reason)) return reason;
  return { ...reason, until: Number.isFinite(reason.until) ? reason.until : null };
}

export function decisionOf({ how, cause, keyword, reason }: Pick<Decision, "how" | "cause" | "keyword" | "reason">): NotificationDecision {
  return { how, cause, keyword, reason: reasonOf(reason) };
}

export function rulesOf(rules: KeptRules): NotificationRules {
  const { quiet, keywords, ...general } = rules.general;
  const times = quiet.times.map(({ days, from, to }) => ({ days: [...days], from, to }));
  return { ...general, quiet: { zone: quiet.zone, times }, keywords: [...keywords], rules: rules.all() };
}
