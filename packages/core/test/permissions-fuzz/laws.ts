/** Rules that can be said of any outcome, written down a second time and apart from the code that must keep them. */
import { type ControlState, judgeContent } from "@multichat/core";
import type { ControlPayload, DeviceId } from "@multichat/protocol";
import { hlcTime } from "@multichat/protocol";
import type { Resolved } from "./properties.ts";
import type { Message } from "./world.ts";

export function laws(resolved: Resolved, messages: readonly Message[]): string | null {
  return banned(resolved) ?? denied(resolved) ?? boundOnce(resolved) ?? spoiled(resolved, messages);
}

/** Events of a kind that stand. */
function standing(state: ControlState, kind: string) {
  return state.judged.facts.all().filter((fact) => fact.control?.kind === kind && !state.void.has(fact.id));
}

/** Nobody is a member by a grant that saw a ban of theirs, neither lifted nor over. */
function banned({ state, log }: Resolved): string | null {
  for (const ban of standing(state, "ban")) {
    const { account, until } = ban.control!.payload as ControlPayload<"ban">;
    for (const grant of state.members.get(account)?.grants ?? []) {
      if (!log.inPast([grant.event], ban.id) || ban.rank >= grant.role.rank) continue;
      const lifted = standing(state, "unban").some(({ id, control }) => (control!.payload as ControlPayload<"unban">).account === account && log.inPast([grant.event], id) && log.inPast([id], ban.id));
      const over = until !== 0 && hlcTime(log.get(grant.event)!.header.hlc) >= until;
      if (!lifted && !over) return "somebody banned is a member";
    }
  }
  return null;
}

/** A bit that was turned off, and not touched since by anybody who knew, is off. */
function denied({ state, log }: Resolved): string | null {
  const sets = standing(state, "role.set").map(({ id, control }) => ({ id, ...(control!.payload as ControlPayload<"role.set">) }));
  for (const { id, role, off } of sets) {
    const since = sets.filter((other) => other.role === role && other.id !== id && log.inPast([other.id], id)).reduce((bits, other) => bits | other.on | other.off, 0);
    if (((state.roles.get(role)?.permissions ?? 0) & off & ~since) !== 0) return "a bit that was turned off is on";
  }
  return null;
}

/** No device has two bindings of which one saw the other and is of another account, or comes after its end. */
function boundOnce({ state, log }: Resolved): string | null {
  const { devices } = state.judged.facts;
  for (const device of devices.devices()) {
    const binds = devices.bindsOf(device);
    for (const one of binds) {
      if (binds.some((other) => other.account !== one.account && log.inPast([one.id], other.id))) return "a device of two accounts";
      if (endedBefore(state, device, log.past(one.index))) return "a device bound after its end";
    }
  }
  return null;
}

/** What the identity key has taken back ends nothing. */
function endedBefore(state: ControlState, device: DeviceId, past: { has(index: number): boolean }): boolean {
  const { devices } = state.judged.facts;
  return devices.unbindsOf(device).some(({ index, account }) => past.has(index) && !devices.tookBack(account));
}

/** Who was given something while being removed by somebody senior to it writes nothing with it. */
function spoiled({ state, log }: Resolved, messages: readonly Message[]): string | null {
  const adopts = standing(state, "adopt").map(({ control }) => control!.payload as ControlPayload<"adopt">);
  for (const { header } of messages) {
    const grant = state.judged.facts.grants.get(header.auth);
    if (grant === undefined) continue;
    const made = log.events()[grant.index]!.id;
    const beside = ["remove", "ban"].flatMap((kind) => standing(state, kind)).some(
      ({ id, rank, control }) =>
        (control!.payload as ControlPayload<"remove">).account === grant.account && rank < grant.rank &&
        !log.inPast([made], id) && !log.inPast([id], made) && !adopts.some(({ cause, ids }) => cause === id && ids.includes(made)),
    );
    if (beside && judgeContent(log, state, header, [["send"]]).stands) return "a grant given beside a removal is of use";
  }
  return null;
}
