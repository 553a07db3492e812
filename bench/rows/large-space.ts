/** Control logs as large ones are: many who joined, and what they changed since, mostly one after the other. */
import { type Event, certifyDevice, createAccount, eventId, founderGrantId, inviteSeed, proveInvite } from "@multichat/core";
import { createNodeCrypto } from "@multichat/crypto";
import {
  type AccountId, type ChannelId, type ControlKind, type ControlPayload, type DeviceId, type EventId, type Header, type SpaceId, encodeControlPayload,
  encodeHeader, hlcAt, idFromBytes, labels, zeroId,
} from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";

export interface LargeSpace {
  events: Event[];
  /** One more, after which everything must be judged anew. */
  adoption: Event;
  /** Headers of messages that stand. */
  messages: Header[];
  members: AccountId[];
  channel: ChannelId;
  /** The part in which everybody joins. */
  joins: Event[];
  spaceOfJoins: SpaceId;
}

const nothing = zeroId as unknown as EventId;
const start = Date.UTC(2026, 0, 1);

export function buildLargeSpace(size: number, people: number): LargeSpace {
  const crypto = createNodeCrypto();
  const random = createSeededRandom("bench/control");
  const events: Event[] = [];
  const tips = new Map<DeviceId, Event>();
  let heads: EventId[] = [];
  let space = zeroId as SpaceId;

  const person = () => {
    const account = createAccount(crypto, random);
    const seed = random.bytes(32);
    const certified = certifyDevice(crypto, { account: account.id, genesis: account.genesis, device: { signingSeed: seed, agreementKey: random.bytes(32) }, bySeed: account.identitySeed, hlc: hlcAt(start) });
    return { account: account.id, device: idFromBytes<DeviceId>(crypto.publicKey(seed)), identity: crypto.publicKey(account.identitySeed), certified };
  };
  type Person = ReturnType<typeof person>;

  /** The rules do not look at an event's own signature: whoever received it has. */
  function write<K extends ControlKind>(by: Person, kind: K, payload: ControlPayload<K>, auth: EventId): EventId {
    const bytes = encodeControlPayload(kind, payload);
    const before = tips.get(by.device);
    const header: Header = {
      space, channel: space, device: by.device, seq: (before?.header.seq ?? 0) + 1, prev: before?.id ?? nothing, deps: [], ctl: heads, auth,
      hlc: hlcAt(start + events.length * 1_000), kind, expires: 0, payloadLength: bytes.length, payloadHash: crypto.sha256(labels.payload, new Uint8Array(16), bytes), ext: new Map(),
    };
    const encoded = encodeHeader(header);
    const event: Event = { id: eventId(crypto, encoded), header, wire: { header: encoded, signature: new Uint8Array(64), salt: new Uint8Array(16), payload: bytes } };
    events.push(event);
    tips.set(by.device, event);
    heads = [event.id];
    return event.id;
  }

  const ada = person();
  const genesis = write(ada, "genesis", {
    kind: "team", rules: 0, account: ada.account, device: ada.device, ...ada.certified, root: [[ada.identity], 1, crypto.sha256(labels.nextKey, ada.identity)],
    parents: [], everyone: 0, policy: new Map(), secret: new Uint8Array(32),
  }, nothing);
  space = genesis as string as SpaceId;
  const owner = founderGrantId(crypto, genesis);
  const role = write(ada, "role.create", { rank: 4_000, name: "Member", colour: "", permissions: 71 }, owner);
  const channel = write(ada, "channel.create", { name: "general", type: "text" }, owner) as string as ChannelId;
  const seed = inviteSeed(crypto, random.bytes(32));
  const invite = write(ada, "invite.create", { role, key: crypto.publicKey(seed), expires: 0, max: 0 }, owner);
  const members: { person: Person; grant: EventId }[] = [];
  for (let i = 0; i < people; i++) {
    const joiner = person();
    const proof = proveInvite(crypto, seed, { space: genesis, invite, account: joiner.account, device: joiner.device });
    const join = write(joiner, "join", { invite, account: joiner.account, device: joiner.device, ...joiner.certified, proof }, nothing);
    members.push({ person: joiner, grant: write(ada, "admit", { join, invite }, nothing) });
  }
  const joins = [...events];
  const frontiers: EventId[][] = [];
  const lasting = members.slice(0, -50);
  while (events.length < size) {
    const step = events.length;
    const some = random.pick(lasting).person.account;
    if (step % 100 === 0) write(ada, "remove", { account: members[members.length - 1 - ((step / 100) % 50)]!.person.account }, owner);
    else if (step % 7 === 0) write(ada, "mute", { account: some, on: true, until: 1 }, owner);
    else if (step % 5 === 0) write(ada, "override", { channel, subject: { account: some }, allow: 1, deny: 0 }, owner);
    else if (step % 11 === 0) write(ada, "role.set", { role, on: 8, off: 0, name: null, colour: null }, owner);
    else write(ada, "channel.set", { channel, key: "topic", value: `${step}` }, owner);
    if (step % 9 === 0) frontiers.push(heads);
  }
  const cause = events.findLast(({ header }) => header.kind === "remove")!.id;
  write(ada, "adopt", { cause, ids: [cause] }, owner);
  const adoption = events.pop()!;
  const messages = Array.from({ length: size }, (_, i): Header => {
    const { person: author, grant } = random.pick(lasting);
    const ctl = frontiers[i % Math.min(1_000, frontiers.length)]!;
    return { space, channel, device: author.device, seq: i + 1, prev: nothing, deps: [], ctl, auth: grant, hlc: hlcAt(start + 86_400_000 + i), kind: "message", expires: 0, payloadLength: 0, payloadHash: new Uint8Array(32), ext: new Map() };
  });
  return { events, adoption, messages, members: lasting.map(({ person: { account } }) => account), channel, joins, spaceOfJoins: space };
}
