/** When content expires (spec/12-content.md, Expiry): by its header, and by the retention in force since it was written. */
import { type AccountId, type ChannelId, type EventId, type Header, type Hlc, hlcAt, hlcTime } from "@multichat/protocol";
import { register, type Standing } from "../control/acts.ts";
import { authorOf } from "../control/rules/overrides.ts";
import type { ControlState } from "../control/state.ts";

const seconds = /^\d{1,10}$/;

/** Milliseconds since 1970; null: never, as things are. What it is about is not looked at. */
export function expiryOf(state: ControlState, header: Pick<Header, "channel" | "hlc" | "expires">): number | null {
  const shortest = shortestRetention(state, header);
  const own = header.expires === 0 ? Number.POSITIVE_INFINITY : header.expires;
  const kept = shortest === 0 ? Number.POSITIVE_INFINITY : hlcTime(header.hlc) + shortest * 1000;
  const earliest = Math.min(own, kept);
  return earliest === Number.POSITIVE_INFINITY ? null : earliest;
}

/** What was stamped before this has expired by the retentions of its channel; nothing else has. */
export function dueBefore({ judged }: ControlState, channel: ChannelId, now: number): Hlc {
  const { registers } = judged.acts;
  const written = (of: ChannelId | "policy") => inOrder(registers.of(register(of, "retention"))).map(({ fact }) => ({ hlc: fact.header.hlc, kept: valueOf(fact.control) }));
  const first = { hlc: -1n, kept: secondsIn(judged.genesis.policy.get("retention")) };
  const before = [[first, ...written("policy")], written(channel)].flatMap((changes) =>
    changes.flatMap(({ kept }, index) => {
      const due = hlcAt(now - kept * 1000 + 1);
      const next = changes[index + 1]?.hlc ?? due;
      return kept === 0 ? [] : [next < due ? next : due];
    }),
  );
  return before.reduce((latest, one) => (one > latest ? one : latest), 0n);
}

/** Seconds, of those in force now; 0: messages stay. */
export function retentionOf({ judged }: ControlState, channel: ChannelId): number {
  const newest = (of: ChannelId | "policy", first: number): number => inOrder(judged.acts.registers.of(register(of, "retention"))).map(({ fact }) => valueOf(fact.control)).at(-1) ?? first;
  return shorter(newest("policy", secondsIn(judged.genesis.policy.get("retention"))), newest(channel, 0));
}

/** Somebody said how long messages stay, in a channel or in its whole space. */
export interface RetentionChange {
  id: EventId;
  channel: ChannelId | null;
  /** 0: they stay. */
  seconds: number;
  by: AccountId | null;
  hlc: Hlc;
}

/** All that stand, of a channel or (null) of the space itself, the first first. */
export function retentionChanges({ judged }: ControlState, channel: ChannelId | null): RetentionChange[] {
  const of = channel ?? "policy";
  return changesIn(judged.acts.registers.of(register(of, "retention")), of);
}

function changesIn(writes: readonly Standing[], of: ChannelId | "policy"): RetentionChange[] {
  const channel = of === "policy" ? null : of;
  return inOrder(writes).map(({ fact }) => ({ id: fact.id, channel, seconds: valueOf(fact.control), by: authorOf(fact), hlc: fact.header.hlc }));
}

function inOrder(writes: readonly Standing[]): Standing[] {
  return writes.toSorted(({ fact: a }, { fact: b }) => (a.header.hlc === b.header.hlc ? (a.id < b.id ? -1 : 1) : a.header.hlc < b.header.hlc ? -1 : 1));
}

/** The same text as long as nothing about retention was written that stands. */
export function retentionsIn({ judged, channels }: ControlState): string {
  const { registers } = judged.acts;
  const writes = ["policy", ...channels.keys()].flatMap((of) => registers.of(register(of, "retention")).map(({ fact }) => fact.id));
  return [...writes, String(judged.genesis.policy.get("retention") ?? "")].join();
}

/** In force at the stamp or at any later time: a longer one brings nothing back. */
function shortestRetention({ judged }: ControlState, { channel, hlc }: Pick<Header, "channel" | "hlc">): number {
  const { registers } = judged.acts;
  const policy = registers.of(register("policy", "retention"));
  const own = registers.of(register(channel, "retention"));
  const first = secondsIn(judged.genesis.policy.get("retention"));
  if (policy.length === 0 && own.length === 0) return first;
  return shorter(since(policy, hlc, first), since(own, hlc, 0));
}

/** The shortest of what was written last before the stamp, and of all that was written after it. @param first before the first write */
function since(writes: readonly Standing[], hlc: bigint, first: number): number {
  let at = { hlc: -1n, id: "", value: first };
  let shortest = 0;
  for (const { fact } of writes) {
    const value = valueOf(fact.control);
    if (fact.header.hlc > hlc) shortest = shorter(shortest, value);
    else if (fact.header.hlc > at.hlc || (fact.header.hlc === at.hlc && fact.id > at.id)) at = { hlc: fact.header.hlc, id: fact.id, value };
  }
  return shorter(shortest, at.value);
}

function valueOf(control: Standing["fact"]["control"]): number {
  return control?.kind === "policy.set" || control?.kind === "channel.set" ? secondsIn(control.payload.value) : 0;
}

/** 0 for whatever is not a number of seconds. */
export function secondsIn(value: string | number | undefined): number {
  if (typeof value === "number") return value;
  return value !== undefined && seconds.test(value) ? Number(value) : 0;
}

function shorter(a: number, b: number): number {
  return a === 0 || (b !== 0 && b < a) ? b : a;
}
