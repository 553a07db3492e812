/**
 * One link's conversation (spec/06-sync.md): greeting, finding shared spaces by tags, and passing each frame to the
 * space it is about. Whoever breaks the protocol is told so and cut off; nothing it sent is lost that was good.
 */
import { inviteTag, spaceTag } from "@multichat/core";
import type { Clock, Crypto, Random, Store } from "@multichat/core/ports";
import {
  type AdmissionCode,
  type ByeCode,
  type DeviceId,
  type DeviceStep,
  type EventId,
  type Frame,
  type FrameOf,
  type SpaceId,
  type SpaceOffer,
  decodeDeviceStep,
  decodeFrame,
  encodeDeviceStep,
  encodeFrame,
  limits,
  syncVersion,
  toHex,
} from "@multichat/protocol";
import { type PendingJoin, type SyncHost, type SyncSpace, lists } from "./host.ts";
import { admit } from "./joining.ts";
import { goodbyeMs, greetingTimeoutMs, proofsOfPeer, strangerMs } from "./limits.ts";
import { type SpaceLink, createSpaceLink } from "./space-link.ts";
import { createWindow } from "./window.ts";

export interface SessionDeps {
  host: SyncHost;
  store: Store;
  clock: Clock;
  crypto: Crypto;
  random: Random;
  released(space: SpaceId, by: DeviceId): void;
}

export interface Session {
  readonly peer: DeviceId;
  receive(bytes: Uint8Array): void;
  /** Spaces, members or joins changed: greet anew where that matters. */
  refresh(): void;
  link(space: SpaceId): SpaceLink | null;
  /** Takes back what was said of an invite the peer proved. */
  answer(invite: EventId, code: AdmissionCode): void;
  sendStep(step: DeviceStep): void;
  sendOffer(offer: SpaceOffer): void;
  /** Whether both sides have greeted each other. */
  greeted(): boolean;
  dispose(): void;
}

/** Says who is calling, for logs on the other side. */
const agent = "multichat/0.1";

export function createSession(
  deps: SessionDeps,
  params: { peer: DeviceId; send: (bytes: Uint8Array) => void; cut: (reason: string) => void },
): Session {
  const { host, clock, crypto, random } = deps;
  const { peer } = params;
  const nonce = random.bytes(16);
  let theirNonce: Uint8Array | null = null;
  let ended = false;
  let sentTags: string | null = null;
  let theirTags = new Set<string>();
  let proofs = 0;
  let nextAlias = 0;
  const links = new Map<SpaceId, SpaceLink>();
  const byTheirAlias = new Map<number, SpaceLink>();
  /** Invites the peer has shown to hold, by its tag; `tag` is ours, which shows that we know the invite too. */
  const shownInvites = new Map<string, { space: SpaceId; invite: EventId; tag: Uint8Array }>();
  const window = createWindow((value) => send({ type: "ping", value }));
  /** Spaces that the peer was removed from and has been told so. */
  const removed = new Set<SpaceId>();
  /** Spaces that it proved an invite of: it may come back. */
  const entering = new Set<SpaceId>();
  const goodbyes = new Map<SpaceLink, () => void>();
  let cancelStranger = (): void => {};

  function send(frame: Frame): void {
    if (ended) return;
    const bytes = encodeFrame(frame);
    params.send(bytes);
    window.sent(bytes.length);
  }
  const cancelTimeout = clock.after(greetingTimeoutMs, () => {
    if (theirNonce === null) bye("too-slow", "no greeting");
  });

  send({ type: "hello", versions: [syncVersion], nonce, time: Math.max(0, Math.floor(host.rawNow())), agent });

  function bye(code: ByeCode, text: string): void {
    if (ended) return;
    send({ type: "bye", code, text: text.slice(0, limits.reason) });
    ended = true;
    params.cut(text);
  }

  function outgoing(theirs: Uint8Array): Parameters<typeof spaceTag>[2] {
    return { from: host.self, to: peer, nonceFrom: nonce, nonceTo: theirs };
  }

  function incoming(theirs: Uint8Array): Parameters<typeof spaceTag>[2] {
    return { from: peer, to: host.self, nonceFrom: theirs, nonceTo: nonce };
  }

  function onHello(frame: FrameOf<"hello">): void {
    if (theirNonce !== null) return bye("out-of-order", "a second greeting");
    if (!frame.versions.includes(syncVersion)) return bye("version", byeWords.version);
    theirNonce = frame.nonce;
    cancelTimeout();
    watchStranger();
    host.clockSample(peer, frame.time - host.rawNow());
    refresh();
    host.greeted(peer);
  }

  /** Who has nothing to do with us does not keep a link. */
  function watchStranger(): void {
    cancelStranger = clock.after(strangerMs, () => {
      if (links.size > 0 || shownInvites.size > 0 || joining() || host.keepsLink(peer)) watchStranger();
      else bye("other", "no space in common");
    });
  }

  function joining(): boolean {
    return [...host.joins()].length > 0 || [...host.spaces()].some(({ entering }) => entering);
  }

  /** Tags of the spaces in which we list this peer, and of the invites we hold; only if they changed. */
  function refresh(): void {
    if (theirNonce === null || ended) return;
    for (const link of links.values()) if (link.isStale()) link.open();
    answerTags(theirNonce);
    const greeting = outgoing(theirNonce);
    const tags: Uint8Array[] = [];
    for (const space of host.spaces()) {
      if (space.removed) continue;
      if (lists(space, peer) || host.isSibling(space.replica.space, peer) || (space.entering && (space.offeredBy?.has(peer) ?? true))) tags.push(spaceTag(crypto, space.tagKey, greeting));
    }
    for (const join of host.joins()) tags.push(inviteTag(crypto, join.key, greeting));
    const fingerprint = tags.map(toHex).sort().join();
    if (fingerprint === sentTags) return;
    sentTags = fingerprint;
    while (tags.length % 8 !== 0 || tags.length === 0) tags.push(random.bytes(16));
    send({ type: "tags", tags: shuffled(tags.slice(0, limits.tags)) });
  }

  function shuffled(tags: Uint8Array[]): Uint8Array[] {
    return tags
      .map((tag) => ({ tag, order: toHex(random.bytes(4)) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ tag }) => tag);
  }

  function onTags(frame: FrameOf<"tags">, theirs: Uint8Array): void {
    theirTags = new Set(frame.tags.map(toHex));
    shownInvites.clear();
    answerTags(theirs);
  }

  /** Opens the spaces the peer has a tag for, and answers its invites: those known now, when it asked or since. */
  function answerTags(theirs: Uint8Array): void {
    if (theirTags.size === 0) return;
    const greeting = incoming(theirs);
    for (const space of host.spaces()) {
      if (theirTags.has(toHex(spaceTag(crypto, space.tagKey, greeting))) && !isTold(space)) openSpace(space);
      for (const invite of space.replica.state()?.invites.values() ?? []) {
        const text = toHex(inviteTag(crypto, invite.key, greeting));
        if (!theirTags.has(text) || shownInvites.has(text)) continue;
        const tag = inviteTag(crypto, invite.key, outgoing(theirs));
        shownInvites.set(text, { space: space.replica.space, invite: invite.id, tag });
        send({ type: "invited", tag });
      }
    }
  }

  function openSpace(space: SyncSpace): SpaceLink {
    const existing = links.get(space.replica.space);
    if (existing !== undefined) return existing;
    const tag = spaceTag(crypto, space.tagKey, outgoing(theirNonce!));
    const link = createSpaceLink(deps, { space, peer, alias: nextAlias++, tag, send, window, finished: () => endLink(link) });
    links.set(space.replica.space, link);
    link.open();
    farewell(link);
    return link;
  }

  function onOpen(frame: FrameOf<"open">, theirs: Uint8Array): boolean {
    const space = taggedSpace(frame.tag, theirs);
    // A space we left or never had: not an error, the peer may not have heard.
    if (space === null || isTold(space)) return true;
    const link = openSpace(space);
    byTheirAlias.set(frame.alias, link);
    const fits = link.frame(frame);
    const { space: id } = space.replica;
    if (!space.entering && !space.replica.state()?.devices.has(peer) && host.isSibling(id, peer)) link.sendControlLog();
    if (space.entering) askBack(space, theirs);
    if (isOut(link)) goodbye(link);
    return fits;
  }

  /** A device not bound yet, of an account that belongs here: it shows its certificate. */
  function askBack(space: SyncSpace, theirs: Uint8Array): void {
    if ([...host.joins()].some(({ link }) => link.space === space.replica.space)) return;
    const { account, certificate, acceptance } = host.credentials();
    const tag = spaceTag(crypto, space.tagKey, outgoing(theirs));
    send({ type: "join", tag, account, certificate, acceptance, proof: acceptance });
  }

  /** The space whose tag this is, sent by the peer. */
  function taggedSpace(tag: Uint8Array, theirs: Uint8Array): SyncSpace | null {
    const wanted = toHex(tag);
    for (const space of host.spaces()) {
      if (toHex(spaceTag(crypto, space.tagKey, incoming(theirs))) === wanted) return space;
    }
    return null;
  }

  function onInvited(frame: FrameOf<"invited">, theirs: Uint8Array): void {
    const join = joinOf(frame.tag, theirs);
    if (join === null) return;
    const { account, certificate, acceptance } = join;
    const tag = inviteTag(crypto, join.key, outgoing(theirs));
    send({ type: "join", tag, account, certificate, acceptance, proof: admit.prove(crypto, join, host.self) });
  }

  /** The join that the peer answers: its tag shows that it knows the invite, and is not ours said back. */
  function joinOf(tag: Uint8Array, theirs: Uint8Array): PendingJoin | null {
    for (const join of host.joins()) {
      if (toHex(inviteTag(crypto, join.key, incoming(theirs))) === toHex(tag)) return join;
    }
    return null;
  }

  function onJoin(frame: FrameOf<"join">, theirs: Uint8Array): void {
    if (++proofs > proofsOfPeer) return bye("other", "too many proofs of invites");
    const known = taggedSpace(frame.tag, theirs);
    if (known !== null) {
      const { account } = frame;
      if (admit.comesBack(deps, known, peer, frame)) openSpace(known).sendControlLog(() => host.mayEnter(known.replica.space, account, peer));
      return;
    }
    const shown = shownInvites.get(toHex(frame.tag));
    // Without the invite's key no answer could be told from a stranger's.
    if (shown === undefined) return;
    const { tag } = shown;
    const space = host.space(shown.space);
    const code = space === null ? "invite-unknown" : admit.check(deps, space, shown.invite, peer, frame);
    if (space === null || code !== "ok") return send({ type: "admission", tag, code, secret: null, events: 0 });
    const events = space.replica.log.events().length;
    send({ type: "admission", tag, code, secret: space.secret, events });
    if (!lists(space, peer)) entering.add(shown.space);
    removed.delete(shown.space);
    openSpace(space).sendControlLog();
    host.admitted(space.replica.space, shown.invite, peer);
  }

  function onAdmission(frame: FrameOf<"admission">, theirs: Uint8Array): void {
    const join = joinOf(frame.tag, theirs);
    if (join !== null) host.admission(join, peer, { code: frame.code, secret: frame.secret, events: frame.events });
  }

  function onClose(frame: FrameOf<"close">): void {
    const link = byTheirAlias.get(frame.alias);
    if (link === undefined) return;
    drop(link);
    host.closed(link.space.replica.space, peer, frame.code);
  }

  /** A device that does not belong any more learns so from its own account's word, whoever passes it on. */
  function farewell(link: SpaceLink): void {
    link.showRecords(host.farewell(link.space.replica.space, peer));
  }

  function isTold(space: SyncSpace): boolean {
    if (lists(space, peer)) removed.delete(space.replica.space);
    return removed.has(space.replica.space);
  }

  function isOut(link: SpaceLink): boolean {
    return !entering.has(link.space.replica.space) && link.isRemoved();
  }

  /** It gets nothing any more; why, it is told when what follows from its removal has had the time to come. */
  function goodbye(link: SpaceLink): void {
    if (goodbyes.has(link)) return;
    goodbyes.set(link, clock.after(goodbyeMs, () => {
      goodbyes.delete(link);
      if (!ended && links.get(link.space.replica.space) === link && isOut(link)) endRemoved(link);
    }));
  }

  /** With a member that others removed. */
  function endRemoved(link: SpaceLink): void {
    removed.add(link.space.replica.space);
    link.showRemoval();
    link.close("removed", "");
    drop(link);
  }

  /** With a member that left. */
  function endLink(link: SpaceLink): void {
    farewell(link);
    link.close("left", "");
    drop(link);
  }

  function drop(link: SpaceLink): void {
    link.dispose();
    links.delete(link.space.replica.space);
    for (const [alias, other] of byTheirAlias) if (other === link) byTheirAlias.delete(alias);
    sentTags = null;
    if (theirNonce !== null) theirTags.delete(toHex(spaceTag(crypto, link.space.tagKey, incoming(theirNonce))));
  }

  function sendStep(step: DeviceStep): void {
    const { number, bytes } = encodeDeviceStep(step);
    send({ type: "device", step: number, value: bytes });
  }

  function handle(frame: Frame): boolean {
    if (frame.type === "hello") {
      onHello(frame);
      return true;
    }
    if (frame.type === "bye") {
      host.log("sync.bye", { code: frame.code, text: frame.text });
      ended = true;
      params.cut(byeWords[frame.code]);
      return true;
    }
    if (theirNonce === null) return false;
    switch (frame.type) {
      case "tags":
        onTags(frame, theirNonce);
        return true;
      case "open":
        return onOpen(frame, theirNonce);
      case "invited":
        onInvited(frame, theirNonce);
        return true;
      case "join":
        onJoin(frame, theirNonce);
        return true;
      case "admission":
        onAdmission(frame, theirNonce);
        return true;
      case "close":
        onClose(frame);
        return true;
      case "device": {
        const step = decodeDeviceStep(frame.step, frame.value);
        if (step.ok) host.deviceStep(peer, step.value);
        else sendStep({ step: "refusal", value: { code: "malformed" } });
        return true;
      }
      case "offer":
        host.offered(peer, frame);
        return true;
      case "ping":
        send({ type: "pong", value: frame.value });
        return true;
      case "pong":
        if (window.pong(frame.value)) for (const link of links.values()) link.resume();
        return true;
      default:
        // A space that was closed meanwhile: the last frames about it are on their way.
        return byTheirAlias.get(frame.alias)?.frame(frame) ?? true;
    }
  }

  return {
    peer,
    receive(bytes) {
      if (ended) return;
      const frame = decodeFrame(bytes);
      if (!frame.ok) bye("malformed", frame.error);
      else if (!handle(frame.value)) bye("out-of-order", `an unexpected ${frame.value.type}`);
    },
    refresh() {
      // Once it is in, what it proved to get there says nothing any more.
      for (const id of entering) if (links.get(id)?.isListed() ?? true) entering.delete(id);
      for (const link of links.values()) {
        if (isOut(link)) goodbye(link);
        else if (link.shouldClose()) endLink(link);
      }
      refresh();
    },
    link: (space) => links.get(space) ?? null,
    answer(invite, code) {
      for (const shown of shownInvites.values()) {
        if (shown.invite === invite) send({ type: "admission", tag: shown.tag, code, secret: null, events: 0 });
      }
    },
    sendStep,
    sendOffer: (offer) => send({ type: "offer", ...offer }),
    greeted: () => theirNonce !== null && !ended,
    dispose() {
      ended = true;
      cancelTimeout();
      cancelStranger();
      for (const cancel of goodbyes.values()) cancel();
      for (const link of links.values()) link.dispose();
      links.clear();
    },
  };
}

/** Why a connection ended, for a person: a stranger's own words are not shown to one. */
const byeWords: Readonly<Record<ByeCode, string>> = {
  version: "no version of the protocol in common: whoever has the older Multichat must update it",
  malformed: "the other side could not read what it was sent",
  "out-of-order": "the other side did not expect what it was sent",
  "too-slow": "the other side was not greeted in time",
  self: "this is the device itself",
  stopped: "the other side was stopped",
  other: "the other side ended the connection",
};
