/** The frames of sync (spec/06-sync.md), as the program sees them. */
import type { WireEvent } from "../event.ts";
import type { SharedSpace } from "../device-step.ts";
import type { AccountId, BlobId, ChannelId, DeviceId, EventId } from "../ids.ts";
import type { SignedRecord } from "../record.ts";

export const syncVersion = 1;

/** Only the first two are sent. */
export const closeCodes = ["removed", "left", "wrong-rules", "stopped"] as const;
export type CloseCode = (typeof closeCodes)[number];
export const byeCodes = ["version", "malformed", "out-of-order", "too-slow", "self", "stopped", "other"] as const;
export type ByeCode = (typeof byeCodes)[number];
export const admissionCodes = ["ok", "invite-expired", "invite-used-up", "invite-revoked", "invite-unknown", "denied"] as const;
export type AdmissionCode = (typeof admissionCodes)[number];

/** What a blob is made of: the hashes of its pages, the chunk hashes of one page, and one chunk (spec/12-content.md). */
export const blobParts = ["list", "page", "chunk"] as const;
export type BlobPart = (typeof blobParts)[number];

/** A place in one store's order of arrival. */
export interface ArrivalPoint {
  incarnation: Uint8Array;
  arrival: number;
}

export type Ranges = [from: number, to: number][];

export interface HoldingsRow {
  channel: ChannelId;
  device: DeviceId;
  ranges: Ranges;
  tip: EventId;
  /** When the feed has forked: the two events that prove it. */
  forks: EventId[];
}

export type Frame =
  | { type: "hello"; versions: number[]; nonce: Uint8Array; time: number; agent: string }
  | { type: "tags"; tags: Uint8Array[] }
  | {
      type: "open";
      tag: Uint8Array;
      alias: number;
      here: ArrivalPoint;
      since: ArrivalPoint | null;
      heads: EventId[];
      digest: Uint8Array;
      yours: { channel: ChannelId; seq: number; id: EventId }[];
    }
  | { type: "close"; alias: number; code: CloseCode; text: string }
  | { type: "holdings"; alias: number; complete: boolean; through: number; final: boolean; rows: HoldingsRow[] }
  | {
      type: "want";
      alias: number;
      request: number;
      channel: ChannelId;
      ranges: { device: DeviceId; from: number; to: number }[];
      credit: number;
    }
  | { type: "credit"; alias: number; request: number; credit: number }
  | { type: "get"; alias: number; request: number; ids: EventId[] }
  | { type: "events"; alias: number; request: number; events: WireEvent[] }
  | { type: "end"; alias: number; request: number; missing: EventId[] }
  | { type: "records"; alias: number; records: SignedRecord[] }
  | { type: "digests"; alias: number; channels: { channel: ChannelId; buckets: Uint8Array }[] }
  | { type: "invited"; tag: Uint8Array }
  | {
      type: "join";
      tag: Uint8Array;
      account: AccountId;
      certificate: Uint8Array;
      acceptance: Uint8Array;
      proof: Uint8Array;
    }
  | { type: "admission"; tag: Uint8Array; code: AdmissionCode; secret: Uint8Array | null; events: number }
  | { type: "ping"; value: number }
  | { type: "pong"; value: number }
  | { type: "ephemeral"; alias: number; kind: string; ttl: number; value: Uint8Array }
  | { type: "bye"; code: ByeCode; text: string }
  /** Linking, recovery and own devices (spec/09-devices.md): the number of the step, and its value encoded. */
  | { type: "device"; step: number; value: Uint8Array }
  | ({ type: "offer" } & SpaceOffer)
  /** `count` pieces from `index` on; 0: no more of this request. */
  | { type: "fetch"; alias: number; request: number; blob: BlobId; part: BlobPart; index: number; count: number }
  /** No bytes: it is not here, or not for the reader. */
  | { type: "piece"; alias: number; request: number; part: BlobPart; index: number; bytes: Uint8Array };

/** A space that the reader's account is to be let into (spec/11-private-spaces.md, Offers). */
export interface SpaceOffer extends SharedSpace {
  heads: EventId[];
  /** Of a direct conversation: whose it is. */
  people: AccountId[];
  /** What it is called; of a direct conversation the offerer's name. */
  name: string;
  /** The offerer's, with its account log: encoded SignedEntries. */
  account: AccountId;
  log: Uint8Array[];
}

export type FrameType = Frame["type"];
export type FrameOf<T extends FrameType> = Extract<Frame, { type: T }>;

/** The number each frame starts with. */
export const frameNumbers = {
  hello: 0,
  tags: 1,
  open: 2,
  close: 3,
  holdings: 4,
  want: 5,
  credit: 6,
  get: 7,
  events: 8,
  end: 9,
  records: 10,
  digests: 11,
  invited: 12,
  join: 13,
  admission: 14,
  ping: 15,
  pong: 16,
  ephemeral: 17,
  bye: 18,
  device: 19,
  offer: 20,
  fetch: 21,
  piece: 22,
} as const satisfies Record<FrameType, number>;
