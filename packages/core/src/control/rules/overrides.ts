/** A channel's overrides in a given past (spec/04-control.md, rule 4): of one subject the newest write, or those made at once. */
import { type ChannelId, type OverrideSubject, hlcTime } from "@multichat/protocol";
import type { Standing } from "../acts.ts";
import type { Judged } from "../judged.ts";
import type { Past } from "../log.ts";
import type { Override } from "../state.ts";
import { newest } from "./roles.ts";

/** @param senior only what was written at ranks senior to this counts */
export function overridesIn(judged: Judged, channel: ChannelId, past: Past, senior: number): Override[] {
  if (judged.acts.overrides.of(channel).length === 0) return [];
  return judged.remembered.in(past, `overrides/${channel}/${senior}`, () => overridesFrom(judged, channel, past, senior));
}

function overridesFrom({ acts }: Judged, channel: ChannelId, past: Past, senior: number): Override[] {
  const all = acts.overrides.of(channel);
  const bySubject = new Map<string, Standing[]>();
  for (const standing of all) {
    const { control, index } = standing.fact;
    if (control?.kind !== "override" || standing.rank >= senior || !past.has(index)) continue;
    const key = subjectKey(control.payload.subject);
    const writes = bySubject.get(key);
    if (writes === undefined) bySubject.set(key, [standing]);
    else writes.push(standing);
  }
  return [...bySubject.values()].flatMap((writes) => {
    const found = newest(writes).flatMap(overrideOf);
    return found.some(({ allow, deny }) => (allow | deny) !== 0) ? found : [];
  });
}

function overrideOf({ fact, rank }: Standing): Override[] {
  if (fact.control?.kind !== "override") return [];
  const { subject, allow, deny } = fact.control.payload;
  return [{ subject, allow: allow & ~deny, deny, rank, event: fact.id, by: authorOf(fact), at: hlcTime(fact.header.hlc) }];
}

export function authorOf({ auth }: Standing["fact"]): Override["by"] {
  return auth === null || auth === "root" ? null : auth.account;
}

function subjectKey(subject: OverrideSubject): string {
  return "everyone" in subject ? "everyone" : "role" in subject ? subject.role : `@${subject.account}`;
}
