/**
 * What took from a content event's author what it had, without its author having seen that (spec/04-control.md, Cuts and
 * fences). Whether the event stands all the same is for a cut or a fence to say.
 */
import { type ChannelId, type Header, decodeHeader } from "@multichat/protocol";
import { register, type Standing } from "../acts.ts";
import type { GrantFact } from "../facts.ts";
import { type Judged, OneMore } from "../judged.ts";
import type { Past } from "../log.ts";
import { writesFor } from "./overrides.ts";
import { inForce } from "./removal.ts";
import { unbindingsOf } from "./unbinding.ts";

export interface Causes {
  /** Removals, bans and unbindings: a cut follows. */
  ending: Standing[];
  /** Mutes, locks, demotions, denials: a fence follows. */
  restricting: Standing[];
}

/** @param fails whether the event would fail in this past */
export function causesAgainst(judged: Judged, header: Header, grant: GrantFact, past: Past, fails: (past: Past) => boolean): Causes {
  const { acts, facts } = judged;
  const beside = (standing: Standing): boolean => !past.has(standing.fact.index) && takes(standing) && fails(new OneMore(past, standing.fact.index));
  const unbindings = unbindingsOf(judged, header.device, grant).map((unbind): Standing => ({ fact: facts.at(unbind.index), rank: Number.POSITIVE_INFINITY }));
  const channel = header.channel as ChannelId;
  const grants = acts.grantsOf.get(grant.account) ?? [];
  const roles = new Set(grants.map(({ role }) => role));
  const restricting = [
    ...acts.mutes.of(grant.account).filter(({ rank }) => judged.rules.mutes({ mute: rank, author: seniority() })),
    ...acts.registers.of(register(channel, "lock")),
    ...acts.registers.of(register(channel, "channel.archive")),
    ...writesFor(judged, channel, grant.account, roles).flat(),
    ...grants.flatMap(({ id }) => acts.revokes.of(id)),
    ...[...roles].flatMap((role) => acts.roleOffs.of(role)),
  ];
  return { ending: first([...acts.removals.of(grant.account), ...unbindings].filter(beside)), restricting: restricting.filter(beside) };

  /** Nobody who has left is silenced by somebody junior for what was written before. */
  function seniority(): number {
    return Math.min(...grants.filter((held) => inForce(judged, past, held)).map(({ rank }) => rank));
  }

  /** A later removal of somebody removed already neither hides nor shows more. */
  function first(causes: Standing[]): Standing[] {
    return causes.filter((one) => !causes.some((other) => other !== one && judged.rules.earlierCauseCounts({ inPast: one.fact.past.has(other.fact.index) })));
  }
}

/** Whether it takes anything away. Of an override also what it no longer allows. */
function takes({ fact: { control } }: Standing): boolean {
  switch (control?.kind) {
    case "mute":
    case "lock":
    case "channel.archive":
      return control.payload.on;
    default:
      return true;
  }
}

/** Proofs that the device forked this feed, at this event's place or before it. */
export function forksBefore({ acts }: Judged, header: Header): Standing[] {
  return acts.proofs.of(header.device).filter(({ fact }) => {
    const decoded = fact.control?.kind === "proof" ? decodeHeader(fact.control.payload.a[0]) : null;
    return decoded !== null && decoded.ok && decoded.value.channel === header.channel && header.seq >= decoded.value.seq;
  });
}
