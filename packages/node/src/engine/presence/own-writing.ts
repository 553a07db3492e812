/** Tells others that this person is writing or recording, no more often than need be (spec/13-presence.md). */
import { type Allowance, presenceLimits, spend } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import { type ChannelId, type EphemeralKind, type EventId, encodeTyping } from "@multichat/protocol";
import type { PresenceAudience } from "./audience.ts";
import type { PresencePlace, Tell } from "./reach.ts";

export interface OwnWriting {
  /** @param kind null: it has ended */
  set(place: PresencePlace, channel: ChannelId, thread: EventId | null, kind: "typing" | "recording" | null): void;
  /** A message of this device stands there: whoever gets it knows that the writing has ended. */
  wrote(channel: ChannelId): void;
}

/** An interface that goes on and off all the time does not make all others do so. */
const pace = { burst: 10, perSecond: 0.5 };

export function createOwnWriting(deps: { clock: Clock; audience: Pick<PresenceAudience, "inPlace">; tell: Tell; may(): boolean }): OwnWriting {
  const { clock } = deps;
  let last: { place: PresencePlace; channel: ChannelId; thread: EventId | null; kind: EphemeralKind; at: number } | null = null;
  let allowance: Allowance | null = null;

  function say(place: PresencePlace, channel: ChannelId, thread: EventId | null, kind: EphemeralKind, ttl: number): void {
    const said = { kind, ttl, value: encodeTyping({ channel, thread }) };
    for (const device of deps.audience.inPlace(place)) deps.tell(device, place.id, said);
  }

  /** What was said lately is taken back. */
  function end(): void {
    if (last === null) return;
    if (clock.now() - last.at < presenceLimits.typingTtlMs) say(last.place, last.channel, last.thread, last.kind, 0);
    last = null;
  }

  return {
    set(place, channel, thread, kind) {
      const now = clock.now();
      const same = last !== null && last.channel === channel && last.thread === thread && last.kind === kind;
      if (same && now >= last!.at && now - last!.at < presenceLimits.typingAgainMs) return;
      if (!same) end();
      if (kind === null || !deps.may()) return;
      const left = spend(allowance, now, pace);
      if (left === null) return;
      allowance = left;
      say(place, channel, thread, kind, presenceLimits.typingTtlMs);
      last = { place, channel, thread, kind, at: now };
    },
    wrote(channel) {
      if (last?.channel === channel) last = null;
    },
  };
}
