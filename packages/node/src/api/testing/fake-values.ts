/** Plausible values of the contract for tests. */
import { plainContent } from "@multichat/client/contract";
import { createHash } from "node:crypto";
import type {
  Channel,
  Invite,
  Message,
  Peer,
  Person,
  Space,
  Status,
} from "@multichat/client/contract";

/** 1 January 2026, noon. */
export const noon = Date.UTC(2026, 0, 1, 12);

export const fakeId = (what: string): string => createHash("sha256").update(what).digest("hex");

let made = 0;

export const spaceOf = (name: string): Space => ({
  id: fakeId(`space ${name} ${made++}`),
  name,
  members: 1,
  kind: "team",
  parent: null,
  people: [],
  group: false,
  replacedBy: null,
  unread: 0,
  connection: { connected: 0, of: 0, syncedAt: null, missing: 0 },
  may: [],
  permissions: [],
  approve: false,
  retention: null,
  history: "all",
  fileLimit: 0,
  removed: null,
  readOnly: null,
});

export const channelOf = (space: string, name: string): Channel => ({
  id: fakeId(`channel ${space} ${name} ${made++}`),
  space,
  name,
  topic: "",
  archived: false,
  locked: false,
  slow: 0,
  writableAt: null,
  permissions: [],
  unread: 0,
  mentions: 0,
  threadsUnread: 0,
  type: "text",
  retention: 0,
  retentionChanges: [],
  lastActivity: null,
  readUpTo: null,
});

export const messageOf = (
  channel: Channel,
  author: Person,
  text: string,
  index: number,
): Message => ({
  id: fakeId(`message ${index} ${made++}`),
  space: channel.space,
  channel: channel.id,
  author,
  own: true,
  text,
  kind: "message",
  known: true,
  time: noon + index * 60_000,
  position: `p${String(index).padStart(8, "0")}`,
  late: false,
  ...plainContent,
  wrongClock: false,
  blocked: false,
  wanted: false,
  deleted: null,
  refused: null,
  delivery: { stored: true, devices: 0, of: 0 },
});

export const inviteOf = (
  createdBy: Person | null,
  role: string,
  expiresIn: number,
  maxUses: number,
  index: number,
): Invite => ({
  id: fakeId(`invite ${index}`),
  role,
  createdBy: createdBy ?? { id: fakeId("nobody"), name: "Nobody" },
  createdAt: noon,
  expires: expiresIn === 0 ? 0 : noon + expiresIn,
  maxUses,
  uses: 0,
  state: "open",
  link: null,
});

export const statusOf = (account: Person | null, peers: Peer[]): Status => ({
  ready: true,
  version: "0.1.0",
  api: "http://127.0.0.1:1",
  account,
  peer: "12D3KooWFake",
  peers: peers.filter(({ connected }) => connected).length,
  phraseUnsaved: account !== null,
  addresses: [],
  locked: false,
  protected: false,
  signedOut: null,
  problems: [],
});
