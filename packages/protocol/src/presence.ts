/** What the `ephemeral` frames of spec/13-presence.md hold: that somebody is there, and that they are writing. */
import { encode } from "./cbor/encode.ts";
import { flag, id, nullOr, readAs, textOf, tuple } from "./cbor/read.ts";
import { FormatError } from "./cbor/value.ts";
import { type ChannelId, type EventId, idToBytes } from "./ids.ts";
import type { Result } from "./result.ts";

export const ephemeralKinds = ["presence", "typing", "recording", "interest"] as const;
export type EphemeralKind = (typeof ephemeralKinds)[number];

/** What a device says of its person. Whoever is invisible says nothing. */
export const presenceStates = ["online", "away", "dnd"] as const;
export type PresenceState = (typeof presenceStates)[number];

export interface PresenceValue {
  state: PresenceState;
  /** Whether others may remember when they saw this person last. */
  lastSeen: boolean;
}

/** Where somebody is writing or recording. */
export interface TypingValue {
  channel: ChannelId;
  /** The message whose thread it is; null: in the channel itself. */
  thread: EventId | null;
}

export function encodePresence({ state, lastSeen }: PresenceValue): Uint8Array {
  return encode([state, lastSeen]);
}

export function decodePresence(bytes: Uint8Array): Result<PresenceValue> {
  return readAs("presence", bytes, (value) => {
    const [said, lastSeen] = tuple(value, 2);
    const name = textOf(said, 1, 16);
    const state = presenceStates.find((known) => known === name);
    if (state === undefined) throw new FormatError("no state");
    return { state, lastSeen: flag(lastSeen) };
  });
}

export function encodeTyping({ channel, thread }: TypingValue): Uint8Array {
  return encode([idToBytes(channel), thread === null ? null : idToBytes(thread)]);
}

export function decodeTyping(bytes: Uint8Array): Result<TypingValue> {
  return readAs("typing", bytes, (value) => {
    const [channel, thread] = tuple(value, 2);
    return { channel: id<ChannelId>(channel), thread: nullOr(thread, (root) => id<EventId>(root)) };
  });
}
