/** A device that speaks the protocol by hand: what it sends is whatever a story wants, in or out of order. */
import { type Event, contentKind, createReplica, extOf, founderGrantId, grantsAt, lastSeq, signEvent, spaceTag, spaceTagKey } from "@multichat/core";
import { frameWeight } from "@multichat/core/ports";
import { createNodeCrypto } from "@multichat/crypto";
import {
  type ChannelId,
  type DeviceId,
  type EventId,
  type Frame,
  type FrameOf,
  type FrameType,
  type Header,
  type SpaceId,
  decodeFrame,
  encodeContent,
  encodeFrame,
  hlcAt,
  idFromBytes,
  nextHlc,
  syncVersion,
  zeroId,
} from "@multichat/protocol";
import type { MemoryLinks } from "@multichat/testing/links";
import type { Person, World } from "./world.ts";

const crypto = createNodeCrypto();
export const space = (text: string): SpaceId => text as SpaceId;

export interface RawDevice {
  readonly device: DeviceId;
  readonly received: Frame[];
  readonly bytes: Uint8Array[];
  /** Why the link to it ended, or null while it is open. */
  cut: string | null;
  send(frame: Frame | Uint8Array): void;
  of<T extends FrameType>(type: T): FrameOf<T>[];
  /** Links and exchanges hello; sends these tags. */
  greet(options?: { versions?: number[]; tags?: Uint8Array[]; time?: number }): Promise<void>;
}

export async function rawDevice(world: World, to: Person, signingSeed: Uint8Array): Promise<RawDevice> {
  const device = idFromBytes<DeviceId>(crypto.publicKey(signingSeed));
  const links: MemoryLinks = world.network.join(device, { addresses: [`/memory/raw-${device.slice(0, 8)}`] });
  const raw: RawDevice = {
    device,
    received: [],
    bytes: [],
    cut: "never linked",
    send: (frame) => links.send(to.device, frame instanceof Uint8Array ? frame : encodeFrame(frame)),
    of: (type) => raw.received.filter((frame): frame is FrameOf<typeof type> => frame.type === type),
    async greet({ versions = [syncVersion], tags = [], time = world.clock.now() } = {}) {
      raw.received.length = 0;
      raw.bytes.length = 0;
      links.dial(to.device, [`/memory/${to.device.slice(0, 16)}`]);
      await world.until("linked", () => raw.cut === null);
      raw.send({ type: "hello", versions, nonce: new Uint8Array(16), time, agent: "by hand" });
      await world.clock.advance(100);
      const filled = [...tags];
      while (filled.length % 8 !== 0 || filled.length === 0) filled.push(world.random.bytes(16));
      if (raw.cut === null) raw.send({ type: "tags", tags: filled });
      await world.clock.advance(200);
    },
  };
  await links.start({
    linked: () => (raw.cut = null),
    frame(from, bytes) {
      links.taken(from, frameWeight(bytes));
      raw.bytes.push(bytes);
      const frame = decodeFrame(bytes);
      if (frame.ok) raw.received.push(frame.value);
    },
    unlinked: (_device, reason) => (raw.cut = reason),
    dialFailed() {},
    discovered() {},
    listening() {},
    rtt() {},
    drained() {},
  });
  return raw;
}

export interface RawMember extends RawDevice {
  /** Greets as the member it is, and opens the space under alias 0. */
  enter(): Promise<void>;
  /** The same, signing with another device's key. */
  as(signingSeed: Uint8Array): Pick<RawMember, "event">;
  /** An event signed by this device, true to the rules but for what is changed. */
  event(payload: Uint8Array, change?: Partial<Header>): Event;
  /** One that nobody takes: the next has its place in the feed. */
  refused(payload: Uint8Array, kind: string): Event;
  message(text: string, change?: Partial<Header>): Event;
  sendEvents(...events: Event[]): Promise<void>;
  readonly channel: ChannelId;
}

/** A person whose node was stopped, and who goes on by hand with its keys. */
export async function rawMember(world: World, to: Person, who: Person, spaceId: string): Promise<RawMember> {
  await who.stop();
  await world.clock.advance(1_000);
  const { device, account } = who.vault.load()!;
  const raw = await rawDevice(world, to, device.signingSeed);
  const replica = createReplica({ store: who.store, crypto, self: { device: device.id, account: account!.id } }, space(spaceId), 0);
  const state = replica.state()!;
  const tagKey = spaceTagKey(crypto, who.store.spaces()[0]!.secret);
  const channel = [...state.channels.keys()][0]!;
  const feed = replica.feeds.get(channel, device.id);
  let seq = feed === null ? 0 : lastSeq(feed);
  let prev = feed?.tip ?? (zeroId as unknown as EventId);

  let signing = device.signingSeed;
  return Object.assign(raw, {
    channel,
    as(other: Uint8Array) {
      return {
        event(payload: Uint8Array, change: Partial<Header> = {}): Event {
          signing = other;
          const made = (raw as RawMember).event(payload, { ...change, hlc: hlcAt(world.clock.now()) });
          signing = device.signingSeed;
          return made;
        },
      };
    },
    async enter() {
      await raw.greet();
      const [hello] = raw.of("hello");
      const tag = spaceTag(crypto, tagKey, { from: device.id, to: to.device, nonceFrom: new Uint8Array(16), nonceTo: hello!.nonce });
      raw.send({ type: "tags", tags: [tag, ...Array.from({ length: 7 }, () => world.random.bytes(16))] });
      await world.clock.advance(200);
      raw.send({
        type: "open", tag, alias: 0, here: { incarnation: new Uint8Array(16), arrival: 1 }, since: null,
        heads: replica.log.heads(), digest: replica.digest(), yours: [],
      });
      await world.clock.advance(200);
    },
    event(payload: Uint8Array, change: Partial<Header> = {}): Event {
      const ctl = replica.log.heads();
      const [grant] = grantsAt(replica.log, state, ctl, account!.id);
      const seen = [...ctl.map((id) => replica.log.get(id)!.header.hlc), feed === null ? 0n : (who.store.event(feed.tip)?.hlc ?? 0n)];
      const event = signEvent(
        crypto,
        world.random,
        signing,
        {
          space: space(spaceId), channel, device: device.id, seq: seq + 1, prev, deps: [], ctl,
          auth: grant?.id ?? founderGrantId(crypto, spaceId as EventId), hlc: nextHlc(world.clock.now(), seen) + BigInt(seq), kind: "message", expires: 0, ext: extFor(change.kind ?? "message", payload), ...change,
        },
        payload,
      );
      if (signing === device.signingSeed && (Object.keys(change).length === 0 || change.kind !== undefined)) {
        seq++;
        prev = event.id;
      }
      return event;
    },
    refused(payload: Uint8Array, kind: string): Event {
      const before = { seq, prev };
      const event = this.event(payload, { kind });
      ({ seq, prev } = before);
      return event;
    },
    message(text: string, change: Partial<Header> = {}): Event {
      return this.event(encodeContent("message", { text }), change);
    },
    async sendEvents(...events: Event[]) {
      raw.send({ type: "events", alias: 0, request: 0, events: events.map(({ wire }) => wire) });
      await world.clock.advance(500);
    },
  }) as RawMember;
}

export { crypto as rawCrypto, hlcAt };

/** What an honest header says of this payload. */
function extFor(kind: string, payload: Uint8Array) {
  const read = contentKind(kind).validate(payload);
  return extOf(kind, payload, read.ok ? read.value : null);
}
