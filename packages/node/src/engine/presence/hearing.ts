/** What others' devices say: taken in measure, believed for its time, and summed up for each person. */
import { type Allowance, type PersonState, createHeard, presenceLimits, spend, sumUp } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import { type AccountId, type ChannelId, type DeviceId, type EventId, type FrameOf, type PresenceState, type SpaceId, decodePresence, decodeTyping } from "@multichat/protocol";

/** Where somebody writes. */
export interface Writing {
  account: AccountId;
  space: SpaceId;
  channel: ChannelId;
  thread: EventId | null;
  recording: boolean;
}

export interface PresenceHearing {
  /** A frame of a device of this account, in a space to which both belong. */
  frame(space: SpaceId, device: DeviceId, account: AccountId, frame: FrameOf<"ephemeral">): void;
  state(account: AccountId): PersonState;
  /** What their devices say, this one not included. */
  states(account: AccountId): PresenceState[];
  /** Who writes in a channel, or in a thread of it. */
  writing(channel: ChannelId, thread: EventId | null): Writing[];
  /** The link is gone: what was said on it does not hold much longer. */
  lost(device: DeviceId): void;
  /** It has written what it was writing. */
  wrote(device: DeviceId): void;
  /** Nothing more is taken or told. */
  stop(): void;
}

export function createPresenceHearing(deps: {
  clock: Clock;
  interested: ReturnType<typeof createHeard<true>>;
  /** Whether frames of this account are taken at all. */
  takes(account: AccountId): boolean;
  /** Whether somebody may be shown to write there. */
  mayWrite(space: SpaceId, account: AccountId, channel: ChannelId, thread: EventId | null): boolean;
  /** @param at when they were seen just now, or null: they ask that it not be kept */
  seen(account: AccountId, at: number | null): void;
  changed(account: AccountId): void;
  writingChanged(channel: ChannelId, thread: EventId | null): void;
  /** This device wants to be told, and may not have been. */
  asked(): void;
}): PresenceHearing {
  const { clock, interested } = deps;
  const said = createHeard<{ account: AccountId; state: PresenceState }>((a, b) => a.account === b.account && a.state === b.state);
  const writings = createHeard<Writing>(sameWriting);
  const allowances = new Map<DeviceId, Allowance>();
  let cancel: (() => void) | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  let stopped = false;

  /** Wakes when the next of what holds is over. */
  function wake(): void {
    const next = Math.min(said.next() ?? Number.POSITIVE_INFINITY, writings.next() ?? Number.POSITIVE_INFINITY);
    if (stopped || next === wakesAt) return;
    cancel?.();
    cancel = null;
    wakesAt = next;
    if (next === Number.POSITIVE_INFINITY) return;
    cancel = clock.after(Math.max(1, next - clock.now()), () => {
      wakesAt = Number.POSITIVE_INFINITY;
      expire();
    });
  }

  function expire(): void {
    const now = clock.now();
    for (const [, { account }] of said.expire(now)) deps.changed(account);
    for (const [, writing] of writings.expire(now)) tellWriting(writing);
    interested.expire(now);
    wake();
  }

  function tellWriting({ channel, thread }: Writing): void {
    deps.writingChanged(channel, thread);
  }

  function takesOneMore(device: DeviceId): boolean {
    const left = spend(allowances.get(device) ?? null, clock.now());
    if (left !== null) allowances.set(device, left);
    return left !== null;
  }

  function presence(device: DeviceId, account: AccountId, { ttl, value }: FrameOf<"ephemeral">): void {
    const read = decodePresence(value);
    if (!read.ok) return;
    const { state, lastSeen } = read.value;
    if (ttl > 0) deps.seen(account, lastSeen ? clock.now() : null);
    if (said.put(device, { account, state }, ttl, clock.now())) deps.changed(account);
  }

  function write(space: SpaceId, device: DeviceId, account: AccountId, { kind, ttl, value }: FrameOf<"ephemeral">): void {
    const read = decodeTyping(value);
    if (!read.ok) return;
    const { channel, thread } = read.value;
    if (!deps.mayWrite(space, account, channel, thread)) return;
    const before = writings.get(device, clock.now());
    const writing = { account, space, channel, thread, recording: kind === "recording" };
    if (!writings.put(device, writing, Math.min(ttl, presenceLimits.typingShownMs), clock.now())) return;
    if (before !== null && (before.channel !== channel || before.thread !== thread)) tellWriting(before);
    tellWriting(writing);
  }

  return {
    frame(space, device, account, frame) {
      if (!deps.takes(account) || !takesOneMore(device)) return;
      if (frame.kind === "presence") presence(device, account, frame);
      else if (frame.kind === "typing" || frame.kind === "recording") write(space, device, account, frame);
      else if (frame.kind === "interest" && frame.value.length === 0) {
        if (interested.put(device, true, frame.ttl, clock.now())) deps.asked();
      }
      wake();
    },
    state: (account) => sumUp(statesOf(account)),
    states: statesOf,
    writing: (channel, thread) => writings.entries(clock.now()).flatMap(([, one]) => (one.channel === channel && one.thread === thread ? [one] : [])),
    lost(device) {
      said.shorten(device, clock.now() + presenceLimits.lostMs);
      interested.drop(device);
      this.wrote(device);
      wake();
    },
    wrote(device) {
      const writing = writings.get(device, clock.now());
      if (writing === null) return;
      writings.drop(device);
      tellWriting(writing);
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };

  function statesOf(account: AccountId): PresenceState[] {
    return said.entries(clock.now()).flatMap(([, one]) => (one.account === account ? [one.state] : []));
  }
}

function sameWriting(a: Writing, b: Writing): boolean {
  return a.account === b.account && a.channel === b.channel && a.thread === b.thread && a.recording === b.recording;
}
