/** Which devices are linked, in which spaces, and whose they are: what telling and hearing need of the world around them. */
import type { PresenceValue } from "@multichat/protocol";
import { type AccountId, type DeviceId, type EphemeralKind, type SpaceId, encodePresence } from "@multichat/protocol";

/** A space, as far as presence goes. */
export interface PresencePlace {
  id: SpaceId;
  /** Two or a few people who talk, and no workspace. */
  conversation: boolean;
  /** How many people belong to it. */
  people: number;
  /** The linked devices with which it is open, and that belong to it. */
  linked(): Iterable<DeviceId>;
  ownerOf(device: DeviceId): AccountId | null;
}

export interface Saying {
  kind: EphemeralKind;
  ttl: number;
  value: Uint8Array;
}

/** @param device who is told, in which space */
export type Tell = (device: DeviceId, space: SpaceId, said: Saying) => boolean;

/** Says nothing: what counts is that it is said. */
export const nothing = new Uint8Array(0);

/** Takes back what was said; who reads it looks at the ttl alone. */
export const goodbye: Saying = { kind: "presence", ttl: 0, value: encodePresence({ state: "away", lastSeen: false } satisfies PresenceValue) };
