/**
 * Finding what two devices share without telling anybody else (spec/06-sync.md, Finding shared spaces; Joining): the tags one
 * side sends, and what those of the other stand for.
 */
import { inviteTag, spaceTag } from "@multichat/core";
import type { Crypto, Random } from "@multichat/core/ports";
import { type DeviceId, type EventId, type SpaceId, limits, toHex } from "@multichat/protocol";
import { type PendingJoin, type SyncHost, type SyncSpace, lists } from "./host.ts";

/** An invite the peer has shown to hold; `tag` is ours, which shows that we know the invite too. */
export interface ShownInvite {
  space: SpaceId;
  invite: EventId;
  tag: Uint8Array;
}

export interface Tags {
  /** To be sent now: of the spaces in which we list this peer, and of the invites we hold; null if nothing changed. */
  ours(): Uint8Array[] | null;
  /** The peer sent these. */
  heard(tags: readonly Uint8Array[]): void;
  /** Spaces the peer has sent a tag for. */
  spaces(): SyncSpace[];
  /** Invites the peer has sent a tag for, that it was not answered for yet. */
  newInvites(): ShownInvite[];
  /** By the tag the peer sent. */
  shown(tag: Uint8Array): ShownInvite | null;
  allShown(): ShownInvite[];
  /** The space whose tag this is, sent by the peer. */
  spaceOf(tag: Uint8Array): SyncSpace | null;
  /** The join that the peer answers: its tag shows that it knows the invite, and is not ours said back. */
  joinOf(tag: Uint8Array): PendingJoin | null;
  tagOf(space: SyncSpace): Uint8Array;
  tagOfJoin(join: PendingJoin): Uint8Array;
  /** A space was closed: it is opened anew when either side greets with its tag again. */
  forget(space: SyncSpace): void;
}

export function createTags(deps: {
  host: SyncHost;
  crypto: Crypto;
  random: Random;
  peer: DeviceId;
  /** Each side's, from its greeting. */
  nonces: { ours: Uint8Array; theirs: Uint8Array };
}): Tags {
  const { host, crypto, random, peer, nonces } = deps;
  const outgoing = { from: host.self, to: peer, nonceFrom: nonces.ours, nonceTo: nonces.theirs };
  const incoming = { from: peer, to: host.self, nonceFrom: nonces.theirs, nonceTo: nonces.ours };
  let sent: string | null = null;
  let theirs = new Set<string>();
  const shown = new Map<string, ShownInvite>();

  const tagOf = (space: SyncSpace): Uint8Array => spaceTag(crypto, space.tagKey, outgoing);
  const tagOfJoin = (join: PendingJoin): Uint8Array => inviteTag(crypto, join.key, outgoing);
  const theirTag = (space: SyncSpace): string => toHex(spaceTag(crypto, space.tagKey, incoming));

  function greets(space: SyncSpace): boolean {
    if (space.removed) return false;
    if (lists(space, peer) || host.isSibling(space.replica.space, peer)) return true;
    return space.offeredBy?.has(peer) ?? space.entering;
  }

  function shuffled(tags: Uint8Array[]): Uint8Array[] {
    return tags
      .map((tag) => ({ tag, order: toHex(random.bytes(4)) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ tag }) => tag);
  }

  return {
    ours() {
      const tags = [...[...host.spaces()].filter(greets).map(tagOf), ...[...host.joins()].map(tagOfJoin)];
      const fingerprint = tags.map(toHex).sort().join();
      if (fingerprint === sent) return null;
      sent = fingerprint;
      while (tags.length % 8 !== 0 || tags.length === 0) tags.push(random.bytes(16));
      return shuffled(tags.slice(0, limits.tags));
    },
    heard(tags) {
      theirs = new Set(tags.map(toHex));
      shown.clear();
    },
    spaces: () => (theirs.size === 0 ? [] : [...host.spaces()].filter((space) => theirs.has(theirTag(space)))),
    newInvites() {
      const found: ShownInvite[] = [];
      if (theirs.size === 0) return found;
      for (const space of host.spaces()) {
        for (const invite of space.replica.state()?.invites.values() ?? []) {
          const text = toHex(inviteTag(crypto, invite.key, incoming));
          if (!theirs.has(text) || shown.has(text)) continue;
          const one = { space: space.replica.space, invite: invite.id, tag: inviteTag(crypto, invite.key, outgoing) };
          shown.set(text, one);
          found.push(one);
        }
      }
      return found;
    },
    shown: (tag) => shown.get(toHex(tag)) ?? null,
    allShown: () => [...shown.values()],
    spaceOf(tag) {
      const wanted = toHex(tag);
      return [...host.spaces()].find((space) => theirTag(space) === wanted) ?? null;
    },
    joinOf(tag) {
      const wanted = toHex(tag);
      return [...host.joins()].find((join) => toHex(inviteTag(crypto, join.key, incoming)) === wanted) ?? null;
    },
    tagOf,
    tagOfJoin,
    forget(space) {
      sent = null;
      theirs.delete(theirTag(space));
    },
  };
}
