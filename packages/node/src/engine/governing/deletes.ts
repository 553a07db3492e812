/**
 * What `delete`s do here (spec/03-events.md, Deleting): whose word counts, what is shown instead, and when the text is destroyed.
 */
import { type Deletion, grantsAt, judgeContent, placesOf, subjectOf, threadOf } from "@multichat/core";
import type { Clock, Crypto, Store, StoredEvent, Target } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type EventId, type Header, decodeHeader, hlcTime } from "@multichat/protocol";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Somebody more senior may find a moderator's delete wrong until then. */
const reconsiderMs = 7 * 24 * 60 * 60_000;
/** Destroying waits for days: looking now and then is enough. */
const lookMs = 60 * 60_000;
/** Texts it was changed to that are destroyed in one go. */
const editsAtOnce = 100;

export interface Deleted {
  /** The `delete`. */
  id: EventId;
  by: AccountId;
  /** Whose the target was. */
  of: AccountId;
  at: number;
  hlc: bigint;
}

export interface Deletes {
  /** What took this event back; null if it stands as it is. An author's own word comes first. */
  of(space: Space, target: Pick<StoredEvent, "id" | "header" | "channel">): Deleted | null;
  /** Those by others than the authors, whether they have effect or not. */
  byOthers(space: Space): (Deleted & { channel: ChannelId; stands: boolean })[];
  /** Deletes arrived, or what they name. */
  arrived(space: Space, events: readonly { id: EventId; header: Header }[]): void;
  /** The control log changed: others may have effect now. */
  check(space: Space): void;
  stop(): void;
}

export function createDeletes(deps: {
  store: Store;
  clock: Clock;
  spaces: Spaces;
  now(): number;
  crypto: Crypto;
  /** This message is to be shown anew. */
  changed(space: Space, channel: ChannelId, target: EventId): void;
  /** No longer shown in this timeline of a channel. */
  gone(space: Space, channel: ChannelId, timeline: ChannelId, ids: readonly EventId[]): void;
}): Deletes {
  const { store, clock, spaces } = deps;
  /** By target: the delete that was in effect when interfaces were told last. */
  const told = new Map<EventId, EventId | null>();
  let cancel = clock.after(lookMs, look);

  function headerOf(id: EventId): Header | null {
    const event = store.event(id);
    const read = event === null ? null : decodeHeader(event.header);
    return read?.ok ? read.value : null;
  }

  function authorOf(space: Space, { auth }: Header): AccountId | null {
    return space.replica.state()?.grants.get(auth)?.account ?? null;
  }

  /** By whom and of whom, and whether it has effect. */
  function judge(space: Space, deletion: Deletion, target: Header): (Deleted & { own: boolean; stands: boolean }) | null {
    const header = headerOf(deletion.id);
    if (header === null || header.channel !== target.channel) return null;
    const [by, of] = [authorOf(space, header), authorOf(space, target)];
    if (by === null || of === null) return null;
    const own = by === of;
    return { id: deletion.id, by, of, at: hlcTime(header.hlc), hlc: header.hlc, own, stands: space.replica.refusal(deletion.id) === null && (own || outranks(space, header, by, of)) };
  }

  /** With the permission, and above its author, where and when it was written. */
  function outranks(space: Space, header: Header, by: AccountId, of: AccountId): boolean {
    const { log } = space.replica;
    const state = space.replica.state()!;
    if (!judgeContent(log, state, header, [["manage-messages"]]).stands) return false;
    const rank = (account: AccountId): number => grantsAt(log, state, header.ctl, account)[0]?.role.rank ?? Number.POSITIVE_INFINITY;
    return rank(by) < rank(of);
  }

  function standing(space: Space, target: EventId, header: Header): (Deleted & { own: boolean }) | null {
    const found = space.replica.deletions.of(target).flatMap((deletion) => judge(space, deletion, header) ?? []).filter(({ stands }) => stands);
    return found.sort((a, b) => Number(b.own) - Number(a.own) || (a.hlc < b.hlc ? -1 : 1))[0] ?? null;
  }

  /** Destroys what is due, and tells of what changed. */
  function settle(space: Space, target: EventId): void {
    const event = store.event(target);
    const header = headerOf(target);
    if (event === null || header === null) return;
    const found = standing(space, target, header);
    const due = found !== null && (found.own || deps.now() - found.at >= reconsiderMs);
    // With it go the texts it was changed to.
    if (due && event.payload !== null) drop(space, target, header, [target]);
    // With it go the texts it was changed to, of which there may be any number.
    for (let texts = due ? editsOf(event) : []; texts.length > 0; texts = editsOf(event)) drop(space, target, header, texts);
    if ((told.get(target) ?? null) === (found?.id ?? null)) return;
    told.set(target, found?.id ?? null);
    deps.changed(space, header.channel as ChannelId, target);
  }

  function editsOf(target: Target): EventId[] {
    return store.annotationsOf(target, "edit", editsAtOnce).map(({ event }) => event);
  }

  /** What is left stands where its header says: a reply no longer in the channel as well. */
  function drop(space: Space, target: EventId, header: Header, texts: readonly EventId[]): void {
    const channel = header.channel as ChannelId;
    const entries = store.timelineEntries(target);
    const isIn = (head: EventId): boolean => entries.some((entry) => entry.channel === threadOf(deps.crypto, head));
    const places = placesOf(deps.crypto, { ...header, channel }, null, (head) => !isIn(head));
    const left = entries.filter((entry) => !places.includes(entry.channel));
    store.transaction(() => {
      store.dropPayloads(texts);
      for (const entry of left) store.removeTimeline(entry.channel, [target]);
    });
    for (const entry of left) deps.gone(space, channel, entry.channel, [target]);
  }

  function check(space: Space): void {
    for (const target of new Set([...space.replica.deletions.all()].map((deletion) => deletion.target))) settle(space, target);
  }

  function look(): void {
    for (const space of spaces.all()) check(space);
    cancel = clock.after(lookMs, look);
  }

  return {
    of(space, target) {
      if (space.replica.deletions.of(target.id).length === 0) return null;
      const header = decodeHeader(target.header);
      return header.ok ? standing(space, target.id, header.value) : null;
    },
    byOthers(space) {
      return [...space.replica.deletions.all()].flatMap((deletion) => {
        const header = headerOf(deletion.target);
        const found = header === null ? null : judge(space, deletion, header);
        return found === null || found.own ? [] : [{ ...found, channel: deletion.channel }];
      });
    },
    arrived(space, events) {
      for (const { id, header } of events) {
        const target = header.kind === "delete" ? space.replica.deletions.get(id)?.target : header.kind === "edit" ? subjectOf(header) ?? undefined : id;
        if (target !== undefined && space.replica.deletions.of(target).length > 0) settle(space, target);
      }
    },
    check,
    stop: () => cancel(),
  };
}
