/** A channel's overrides in a given past (spec/04-control.md, rule 4): of one subject the newest write, or those made at once. */
import { type AccountId, type ChannelId, type EventId, hlcTime } from "@multichat/protocol";
import type { Standing } from "../acts.ts";
import { type Judged, everything } from "../judged.ts";
import type { Past } from "../log.ts";
import type { Override } from "../state.ts";
import { newest } from "./roles.ts";

/** Those of a channel that could concern an account with these roles. */
export function overridesFor(judged: Judged, channel: ChannelId, past: Past, senior: number, account: AccountId, roles: Iterable<EventId>): Override[] {
  return writesFor(judged, channel, account, roles).flatMap((writes) => standingOf(writes, past, senior));
}

/** The writes of each subject that could concern the account. */
export function writesFor({ acts }: Judged, channel: ChannelId, account: AccountId, roles: Iterable<EventId>): (readonly Standing[])[] {
  const written = acts.overridesOf.get(channel);
  if (written === undefined) return [];
  return ["everyone", `@${account}`, ...new Set(roles)].map((subject) => written.of(subject)).filter((writes) => writes.length > 0);
}

/** All of a channel. */
export function overridesIn(judged: Judged, channel: ChannelId): Override[] {
  return [...(judged.acts.overridesOf.get(channel)?.keys() ?? [])].flatMap((subject) => overridesOf(judged, channel, subject));
}

/** Of one subject. */
export function overridesOf({ acts }: Judged, channel: ChannelId, subject: string): Override[] {
  return standingOf(acts.overridesOf.get(channel)?.of(subject) ?? [], everything, Number.POSITIVE_INFINITY);
}

/** @param senior only what was written at ranks senior to this counts */
function standingOf(writes: readonly Standing[], past: Past, senior: number): Override[] {
  const found = newest(writes.filter(({ fact, rank }) => rank < senior && past.has(fact.index))).flatMap(overrideOf);
  return found.some(({ allow, deny }) => (allow | deny) !== 0) ? found : [];
}

function overrideOf({ fact, rank }: Standing): Override[] {
  if (fact.control?.kind !== "override") return [];
  const { subject, allow, deny } = fact.control.payload;
  return [{ subject, allow: allow & ~deny, deny, rank, event: fact.id, by: authorOf(fact), at: hlcTime(fact.header.hlc) }];
}

export function authorOf({ auth }: Standing["fact"]): Override["by"] {
  return auth === null || auth === "root" ? null : auth.account;
}
