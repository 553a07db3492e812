/** Plain values to start from in tests. */
import type { ChannelId, DeviceId, EventId, Header, InviteLink, SpaceId } from "../src/index.ts";

const id = <Id extends string>(digits: string) => digits.repeat(32) as Id;

export const sampleHeader: Header = {
  space: id<SpaceId>("a1"),
  channel: id<ChannelId>("a2"),
  device: id<DeviceId>("a3"),
  seq: 2,
  prev: id<EventId>("a4"),
  deps: [],
  ctl: [id<EventId>("a5")],
  auth: id<EventId>("a6"),
  hlc: 1n << 40n,
  kind: "message",
  expires: 0,
  payloadLength: 3,
  payloadHash: new Uint8Array(32),
  ext: new Map(),
};

export const sampleLink: InviteLink = {
  space: id<SpaceId>("b1"),
  heads: [id<EventId>("b2")],
  invite: id<EventId>("b3"),
  secret: new Uint8Array(32).fill(4),
  peers: [{ device: id<DeviceId>("b5"), addresses: ["/ip4/192.0.2.7/tcp/4001"] }],
  spaceName: "Analytical Engine",
  inviterName: "Ada",
};
