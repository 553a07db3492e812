/** What there is to know of an event before it is decided whether somebody is told of it (spec/14-notifications.md, Deciding). */
import { type Facts, type Obstacle, calledBy, threadOf } from "@multichat/core";
import type { Crypto, Store, StoredEvent, Target, TimelineEntry } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type EventId, type Header, decodeContent, decodeHeader, hlcAt } from "@multichat/protocol";
import { writtenOf } from "../conversation/contents.ts";
import type { Space } from "../joining/spaces.ts";

export interface EventFacts {
  facts: Facts;
  /** The message it is, or that it says something about. */
  message: EventId;
  header: Header;
}

export interface FactsOf {
  /** Null for what nobody is told of: an annotation other than a reaction to this account's own message, or what is not shown. `entries`: where it is shown, if that is known. */
  of(space: Space, event: StoredEvent, entries?: readonly TimelineEntry[]): EventFacts | null;
}

export function createFacts(deps: {
  store: Store;
  account: AccountId;
  blocked(account: AccountId): boolean;
  isDeleted(space: Space, event: StoredEvent): boolean;
  /** When it disappears. */
  expiry(space: Space, header: Header): number | null;
  now(): number;
  /** Of a private channel its workspace; else the space itself. */
  workspaceOf(space: Space): string;
  isDirect(space: Space): boolean;
  /** Read on another device, before it came here. */
  readElsewhere(timeline: ChannelId, position: { time: bigint; id: EventId }): boolean;
}): FactsOf {
  const { store, account } = deps;

  function authorOf(space: Space, event: StoredEvent): AccountId | null {
    const header = decodeHeader(event.header);
    return header.ok ? authorBy(space, header.value) : null;
  }

  function authorBy(space: Space, header: Header): AccountId | null {
    const state = space.replica.state();
    return state?.grants.get(header.auth)?.account ?? state?.devices.get(header.device) ?? null;
  }

  function isOwn(space: Space, id: EventId | undefined): boolean {
    const event = id === undefined ? null : store.event(id);
    return event !== null && authorOf(space, event) === account;
  }

  function obstacleTo(space: Space, event: StoredEvent, header: Header, who: AccountId | null): Obstacle | null {
    if (who === account) return "own";
    if (event.kind === "imported") return "imported";
    if (header.hlc < hlcAt(space.row.joinedAt)) return "history";
    if (deps.isDeleted(space, event)) return "deleted";
    const expires = deps.expiry(space, header);
    if (event.payload === null || (expires !== null && expires <= deps.now())) return "expired";
    return who !== null && deps.blocked(who) ? "blocked" : null;
  }

  function ofMessage(space: Space, event: StoredEvent, header: Header, entries: readonly TimelineEntry[]): EventFacts | null {
    if (entries.length === 0) return null;
    const who = authorBy(space, header);
    const written = writtenOf(event);
    const thread = written?.thread ?? null;
    const obstacle = obstacleTo(space, event, header, who);
    const isRead = (): boolean => entries.some((entry) => !entry.unread || deps.readElsewhere(entry.channel, entry));
    return {
      message: event.id,
      header,
      facts: {
        ...placeOf(space, event, thread),
        subject: "message",
        who,
        calls: written?.text === undefined ? null : calledBy(space.replica.log, space.replica.state()!, account, header, written.text),
        answers: isOwn(space, written?.reply),
        tookPart: thread !== null && tookPart(space, { id: thread, channel: event.channel }),
        text: written?.text ?? "",
        obstacle: obstacle ?? (isRead() ? "read" : null),
      },
    };
  }

  function tookPart(space: Space, root: Target): boolean {
    return isOwn(space, root.id) || store.annotation(root, "reply", account, "") !== null;
  }

  function placeOf(space: Space, event: StoredEvent, thread: EventId | null): Pick<Facts, "space" | "channel" | "thread" | "direct"> {
    return { space: deps.workspaceOf(space), channel: event.channel, thread, direct: deps.isDirect(space) };
  }

  /** Only one that counts, of a message of this account's. */
  function ofReaction(space: Space, event: StoredEvent, header: Header): EventFacts | null {
    const read = event.payload === null ? null : decodeContent("reaction", event.payload);
    if (read === null || !read.ok || !read.value.on || !isOwn(space, read.value.target)) return null;
    const { target, emoji } = read.value;
    const who = authorBy(space, header);
    const message = store.event(target)!;
    const counts = who !== null && store.annotation(message, "reaction", who, emoji)?.event === event.id;
    if (!counts || deps.isDeleted(space, message)) return null;
    return {
      message: target,
      header,
      facts: {
        ...placeOf(space, event, writtenOf(message)?.thread ?? null),
        subject: "reaction", who, calls: null, answers: false, tookPart: false, text: "",
        obstacle: obstacleTo(space, event, header, who),
      },
    };
  }

  return {
    of(space, event, entries) {
      const header = decodeHeader(event.header);
      if (!header.ok || space.replica.state() === null) return null;
      return event.kind === "reaction" ? ofReaction(space, event, header.value) : ofMessage(space, event, header.value, entries ?? store.timelineEntries(event.id));
    },
  };
}

/** The timelines whose being read clears an item, the one by which it is called first. */
export function timelineOf(crypto: Crypto, { channel, thread }: { channel: string; thread: string | null }): ChannelId {
  return thread === null ? (channel as ChannelId) : threadOf(crypto, thread as EventId);
}
