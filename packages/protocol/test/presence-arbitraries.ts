/** fast-check arbitraries of what spec/13-presence.md describes. */
import fc from "fast-check";
import { type ChannelId, type EventId, presenceStates, toHex } from "../src/index.ts";
import { bytes } from "./arbitraries.ts";

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const line = fc.stringMatching(/^[a-zé🦄 ]{0,20}[!-~]$/u);
const event = bytes(32).map((id) => toHex(id) as EventId);

export const presence = fc.record({ state: fc.constantFrom(...presenceStates), lastSeen: fc.boolean() });

export const typing = fc.record({ channel: bytes(32).map((id) => toHex(id) as ChannelId), thread: orNull(event) });

export const status = orNull(
  fc.record({
    emoji: orNull(fc.constantFrom("🌴", "🗓️", "👩‍👩‍👧‍👦", "✈")),
    text: orNull(line),
    away: orNull(line),
    until: fc.maxSafeNat().map((ms) => ms % 2 ** 47),
  }),
);

export const readMark = orNull(event);
