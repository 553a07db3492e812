/**
 * One link's conversation (spec/06-sync.md): greeting, and passing each frame to the space it is about. Whoever breaks the
 * protocol is told so and cut off; nothing it sent is lost that was good.
 */
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
} from "@multichat/protocol";
import { type SyncHost, type SyncSpace, lists } from "./host.ts";
import { type Joining, createJoining } from "./joining.ts";
import { greetingTimeoutMs, strangerMs } from "./limits.ts";
import { createParting } from "./parting.ts";
import { type SpaceLink, createSpaceLink } from "./space-link.ts";
import { type Tags, createTags } from "./tags.ts";
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

/** What is known of the peer once it has said hello. */
interface Acquaintance {
  tags: Tags;
  joining: Joining;
}

export function createSession(
  deps: SessionDeps,
  params: { peer: DeviceId; send: (bytes: Uint8Array) => void; cut: (reason: string) => void },
): Session {
  const { host, clock, crypto, random } = deps;
  const { peer } = params;
  const nonce = random.bytes(16);
  let met: Acquaintance | null = null;
  let ended = false;
  let nextAlias = 0;
  const links = new Map<SpaceId, SpaceLink>();
  const byTheirAlias = new Map<number, SpaceLink>();
  const window = createWindow((value) => send({ type: "ping", value }));
  const parting = createParting({ host, clock, peer, links, drop });
  let cancelStranger = (): void => {};

  function send(frame: Frame): void {
    if (ended) return;
    const bytes = encodeFrame(frame);
    params.send(bytes);
    window.sent(bytes.length);
  }
  const cancelTimeout = clock.after(greetingTimeoutMs, () => {
    if (met === null) bye("too-slow", "no greeting");
  });

  send({ type: "hello", versions: [syncVersion], nonce, time: Math.max(0, Math.floor(host.rawNow())), agent });

  function bye(code: ByeCode, text: string): void {
    if (ended) return;
    send({ type: "bye", code, text: text.slice(0, limits.reason) });
    ended = true;
    params.cut(text);
  }

  function onHello(frame: FrameOf<"hello">): void {
    if (met !== null) return bye("out-of-order", "a second greeting");
    if (!frame.versions.includes(syncVersion)) return bye("version", byeWords.version);
    const tags = createTags({ host, crypto, random, peer, nonces: { ours: nonce, theirs: frame.nonce } });
    const joining = createJoining({ host, crypto, peer, tags, parting, send, open: (space) => openSpace(space, tags) });
    met = { tags, joining };
    cancelTimeout();
    watchStranger(tags);
    host.clockSample(peer, frame.time - host.rawNow());
    greet(tags);
    host.greeted(peer);
  }

  /** Who has nothing to do with us does not keep a link. */
  function watchStranger(tags: Tags): void {
    cancelStranger = clock.after(strangerMs, () => {
      if (links.size > 0 || tags.allShown().length > 0 || isJoining() || host.keepsLink(peer)) watchStranger(tags);
      else bye("other", "no space in common");
    });
  }

  function isJoining(): boolean {
    return [...host.joins()].length > 0 || [...host.spaces()].some(({ entering }) => entering);
  }

  /** Says what may be said of what is here, as far as it changed. */
  function greet(tags: Tags): void {
    for (const link of links.values()) if (link.isStale()) link.open();
    answer(tags);
    const ours = tags.ours();
    if (ours !== null) send({ type: "tags", tags: ours });
  }

  /** Opens the spaces the peer has a tag for, and answers its invites: those known now, when it asked or since. */
  function answer(tags: Tags): void {
    for (const space of tags.spaces()) if (!parting.isTold(space)) openSpace(space, tags);
    for (const { tag } of tags.newInvites()) send({ type: "invited", tag });
  }

  function openSpace(space: SyncSpace, tags: Tags): SpaceLink {
    const existing = links.get(space.replica.space);
    if (existing !== undefined) return existing;
    const link = createSpaceLink(deps, { space, peer, alias: nextAlias++, tag: tags.tagOf(space), send, window, finished: () => parting.left(link) });
    links.set(space.replica.space, link);
    link.open();
    parting.opened(link);
    return link;
  }

  function onOpen(frame: FrameOf<"open">, { tags, joining }: Acquaintance): boolean {
    const space = tags.spaceOf(frame.tag);
    // A space we left or never had: not an error, the peer may not have heard.
    if (space === null || parting.isTold(space)) return true;
    const link = openSpace(space, tags);
    byTheirAlias.set(frame.alias, link);
    const fits = link.frame(frame);
    const { space: id } = space.replica;
    if (!space.entering && !space.replica.state()?.devices.has(peer) && host.isSibling(id, peer)) link.sendControlLog();
    // Both may belong without either's control log saying so to the other: each shows it.
    if (space.entering || (!lists(space, peer) && space.offeredBy?.has(peer))) joining.askBack(space);
    parting.check(link);
    return fits;
  }

  function onClose(frame: FrameOf<"close">): void {
    const link = byTheirAlias.get(frame.alias);
    if (link === undefined) return;
    drop(link);
    host.closed(link.space.replica.space, peer, frame.code);
  }

  function drop(link: SpaceLink): void {
    link.dispose();
    links.delete(link.space.replica.space);
    for (const [alias, other] of byTheirAlias) if (other === link) byTheirAlias.delete(alias);
    met?.tags.forget(link.space);
  }

  function sendStep(step: DeviceStep): void {
    const { number, bytes } = encodeDeviceStep(step);
    send({ type: "device", step: number, value: bytes });
  }

  function onBye({ code, text }: FrameOf<"bye">): void {
    host.log("sync.bye", { code, text });
    ended = true;
    params.cut(byeWords[code]);
  }

  /** Whether the frame was in order. */
  function handle(frame: Frame): boolean {
    if (frame.type === "hello") onHello(frame);
    else if (frame.type === "bye") onBye(frame);
    else return met !== null && handleGreeted(frame, met);
    return true;
  }

  function handleGreeted(frame: Exclude<Frame, { type: "hello" | "bye" }>, { tags, joining }: Acquaintance): boolean {
    switch (frame.type) {
      case "tags":
        tags.heard(frame.tags);
        answer(tags);
        return true;
      case "open":
        return onOpen(frame, { tags, joining });
      case "invited":
        joining.invited(frame);
        return true;
      case "join":
        if (!joining.join(frame)) bye("other", "too many proofs of invites");
        return true;
      case "admission":
        joining.admission(frame);
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
      parting.refresh();
      if (met !== null && !ended) greet(met.tags);
    },
    link: (space) => links.get(space) ?? null,
    answer: (invite, code) => met?.joining.answer(invite, code),
    sendStep,
    sendOffer: (offer) => send({ type: "offer", ...offer }),
    greeted: () => met !== null && !ended,
    dispose() {
      ended = true;
      cancelTimeout();
      cancelStranger();
      parting.stop();
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
