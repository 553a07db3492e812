/** What the in-memory Multichat holds: realistic people, places and messages for looking at screens. */
import type { Channel, Device, Id, Introduction, Invite, Join, Linking, Member, Message, Peer, Recovery, Scheduled, Space, Status, Transfer, Vouch } from "@multichat/client/contract";
import { anIdentity } from "../an-identity.ts";
import { type Governed, nothingGoverned } from "./governed.ts";
import { rightsBut } from "./rights.ts";

export interface World {
  status: Status;
  spaces: Space[];
  channels: Channel[];
  members: Record<Id, Member[]>;
  messages: Record<Id, Message[]>;
  peers: Peer[];
  joins: Join[];
  invites: Record<Id, Invite[]>;
  governed: Governed;
  devices: Device[];
  linking: Linking | null;
  recovery: Recovery | null;
  transfer: Transfer | null;
  vouches: (Vouch & { account: Id })[];
  introductions: Introduction[];
  scheduled: Scheduled[];
  /** Base64 of images, by the text that stands for them. */
  avatars: Record<string, string>;
}

/** The time at which the pictures are taken. */
export const now = new Date(2026, 10, 24, 15, 4).getTime();
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function idOf(name: string): Id {
  let state = 2166136261;
  let id = "";
  for (let round = 0; id.length < 64; round++) {
    for (const character of `${name}${round}`) state = Math.imul(state ^ character.codePointAt(0)!, 16777619) >>> 0;
    id += state.toString(16).padStart(8, "0");
  }
  return id;
}

export function person(name: string): { id: Id; name: string } {
  return { id: idOf(name), name };
}

export const me = person("Ines Marquez");

export function positionOf(time: number, index: number): string {
  return `${String(time).padStart(15, "0")}-${String(index).padStart(7, "0")}`;
}

export function emptyWorld(): World {
  return {
    status: {
      ready: true,
      version: "0.1.0",
      api: "1",
      account: me,
      peer: "12D3KooWQ1fake",
      peers: 3,
      phraseUnsaved: false,
      locked: false,
      protected: false,
      signedOut: null,
      addresses: ["/ip4/192.168.1.23/tcp/40123", "/ip6/2001:db8:85a3::8a2e:370:7334/tcp/40123"],
      problems: [],
    },
    spaces: [],
    channels: [],
    members: {},
    messages: {},
    peers: [],
    joins: [],
    invites: {},
    governed: nothingGoverned(),
    devices: [],
    linking: null,
    recovery: null,
    transfer: null,
    vouches: [],
    introductions: [],
    scheduled: [],
    avatars: {},
  };
}

interface SpaceOf extends Partial<Space> {
  name: string;
}

export function addSpace(world: World, of: SpaceOf, others: readonly string[]): Space {
  const space: Space = {
    id: idOf(`space ${of.name}`),
    members: others.length + 1,
    unread: 0,
    connection: {
      connected: Math.min(3, others.length),
      of: others.length,
      syncedAt: others.length > 0 ? now - 2_000 : null,
      missing: 0,
    },
    may: [],
    permissions: rightsBut(["administer"]),
    approve: false,
    retention: null,
    history: "all",
    fileLimit: 0,
    removed: null,
    readOnly: null,
    kind: "team",
    parent: null,
    people: [],
    group: false,
    replacedBy: null,
    ...of,
  };
  space.may = space.permissions.filter(({ allowed }) => allowed).map(({ permission }) => permission);
  world.spaces.push(space);
  world.members[space.id] = [
    { ...anIdentity({ ...me, you: true }), roles: ["Owner"], roleIds: [idOf("role Owner")], junior: false, muted: null, connected: true, devices: 2, joinedAt: now - 40 * day, lastSeen: now },
    ...others.map((name, index) => ({
      ...anIdentity(person(name)),
      ...roleOf(index === 0 ? "Admin" : index === 4 ? "Guest" : "Member"),
      junior: true,
      muted: null,
      you: false,
      connected: index < space.connection.connected,
      devices: (index % 3) + 1,
      joinedAt: now - (30 - (index % 30)) * day,
      lastSeen: index % 7 === 6 ? null : now - (index + 1) * 5 * hour,
    })),
  ];
  world.invites[space.id] = [];
  return space;
}

function roleOf(name: string): Pick<Member, "roles" | "roleIds"> {
  return { roles: [name], roleIds: [idOf(`role ${name}`)] };
}

interface ChannelOf extends Partial<Channel> {
  name: string;
}

export function addChannel(world: World, space: Space, of: ChannelOf, messages: readonly Message[] = []): Channel {
  const channel: Channel = {
    id: idOf(`channel ${space.name} ${of.name}`),
    space: space.id,
    topic: "",
    archived: false,
    locked: false,
    slow: 0,
    writableAt: null,
    permissions: space.permissions,
    unread: 0,
    mentions: 0,
    threadsUnread: 0,
    type: "text",
    retention: 0,
    retentionChanges: [],
    lastActivity: messages.at(-1)?.time ?? null,
    readUpTo: messages.at(-1)?.id ?? null,
    ...of,
  };
  world.channels.push(channel);
  world.messages[channel.id] = messages.map((message) => ({ ...message, space: space.id, channel: channel.id }));
  return channel;
}
