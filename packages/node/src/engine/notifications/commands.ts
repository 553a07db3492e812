/** The commands about what a person is told of (spec/local-api.md, spec/14-notifications.md). */
import { plainName, threadOf } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import type { InboxFilter, NotificationCause, UnreadChannel } from "@multichat/client/contract";
import type { ChannelId, EventId } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { countsUnread } from "../conversation/counted.ts";
import { Failure } from "../failure.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Item } from "./inbox.ts";
import { decisionOf, rulesOf } from "./present-items.ts";

const pageLength = 50;
/** The threads of a channel with the newest replies; each costs a look at the store. */
const threadsCounted = 1_000;

const causesOf: Record<InboxFilter, ReadonlySet<NotificationCause>> = {
  mentions: new Set(["mention", "role", "everyone", "keyword"]),
  threads: new Set(["answer", "thread"]),
  reactions: new Set(["reaction"]),
  requests: new Set(["request", "report", "added"]),
};

export function createNotificationCommands(scope: Scope, { store, crypto }: { store: Store; crypto: Crypto }) {
  const { node } = scope;
  const { notices, items: presenter } = node;
  const rules = (): ReturnType<typeof rulesOf> => rulesOf(notices.rules);

  function listed(filter: InboxFilter | undefined, unread: boolean | undefined): Item[] {
    return notices.inbox.all().filter(({ cause, read, message }) => {
      if (unread === true && read) return false;
      // Of what does not stand just now nothing is shown.
      return (filter === undefined || causesOf[filter].has(cause)) && (message === null || store.timelineEntry(message as EventId) !== null);
    });
  }

  /** Every channel, private channel and conversation with something unread. */
  function unreadChannels(): UnreadChannel[] {
    return [...node.spaces.all()].flatMap((space) => {
      const state = space.replica.state();
      if (state === null || isSelf(space)) return [];
      const name = node.privates.nameOf(space);
      return [...state.channels.values()].filter((channel) => countsUnread(space, channel)).flatMap((channel) => {
        const timelines = [channel.id, ...store.annotated(channel.id, "reply", threadsCounted).map((root) => threadOf(crypto, root))];
        const unread = total(timelines, store.unreadCount);
        const mentions = total(timelines, store.mentionCount);
        return unread === 0 ? [] : [{ id: channel.id, name: plainName(channel.name), space: { id: space.id, name }, unread, mentions }];
      });
    });
  }

  return {
    "notify.rules": () => ({ rules: rules() }),
    "notify.settings": (change) => {
      notices.rules.change(change);
      return { rules: rules() };
    },
    "notify.rule": ({ scope: of, id, rule }) => {
      notices.rules.set(of, id, rule);
      return { rules: rules() };
    },
    "notify.why": ({ message }) => {
      const event = store.event(message as EventId);
      const space = event === null ? null : node.spaces.get(event.space);
      const decision = event === null || space === null ? null : notices.why(space, event);
      if (decision === null) throw new Failure("not-found", "There is no such message here.");
      return { decision: decisionOf(decision) };
    },
    "inbox.list": ({ filter, unread, before, limit = pageLength }) => {
      const all = listed(filter, unread);
      const from = before === undefined ? 0 : all.findIndex(({ id }) => id === before) + 1;
      if (before !== undefined && from === 0) throw new Failure("not-found", "That is not in the inbox any more.");
      return { items: all.slice(from, from + limit).map(presenter.item), unread: notices.inbox.unread(), hasOlder: all.length > from + limit };
    },
    "inbox.clear": ({ items }) => {
      const missing = (items ?? []).filter((id) => notices.inbox.get(id) === null);
      notices.clear(items ?? null);
      return { unread: notices.inbox.unread(), missing };
    },
    "wake.get": () => ({ wake: node.wake.get() }),
    "wake.set": ({ url }) => {
      node.wake.set(url);
      return { wake: node.wake.get() };
    },
    "wake.key": () => ({ key: node.wake.key() }),
    "wake.subscribe": (browser) => {
      node.wake.subscribe(browser);
      return { wake: node.wake.get() };
    },
    "wake.unsubscribe": ({ endpoint }) => {
      node.wake.unsubscribe(endpoint);
      return { wake: node.wake.get() };
    },
    "wake.test": ({ only }) => {
      node.wake.test(only);
      return { wake: node.wake.get() };
    },
    "unread.get": () => {
      const channels = unreadChannels();
      const sum = (of: "unread" | "mentions"): number => channels.reduce((total, one) => total + one[of], 0);
      return { total: sum("unread"), mentions: sum("mentions"), channels };
    },
  } satisfies Handlers;
}

function total(timelines: readonly ChannelId[], count: (timeline: ChannelId) => number): number {
  return timelines.reduce((sum, timeline) => sum + count(timeline), 0);
}
