/** Mutes, locks and archives as an author had seen them (spec/04-control.md, Content). */
import { type AccountId, type ChannelId, type Hlc, hlcTime } from "@multichat/protocol";
import { register, type Standing } from "../acts.ts";
import type { Judged } from "../judged.ts";
import type { Past } from "../log.ts";
import { type PermissionSet, includes } from "../permissions.ts";
import { winner } from "./policies.ts";
import { newest } from "./roles.ts";

/** What kept its author from speaking at this stamp, or null. @param own its author's permissions in the channel */
export function restrictionIn({ acts }: Judged, past: Past, account: AccountId, channel: ChannelId, at: Hlc, own: PermissionSet): string | null {
  const seen = (writes: readonly Standing[]): Standing[] => (writes.length === 0 ? [] : writes.filter(({ fact }) => past.has(fact.index)));
  const archive = winner(seen(acts.registers.of(register(channel, "channel.archive"))))?.fact.control;
  if (archive?.kind === "channel.archive" && archive.payload.on) return "its channel was archived";
  if (newest(seen(acts.mutes.of(account))).some(({ fact }) => isMuted(fact.control, at))) return "its author was muted";
  const locked = newest(seen(acts.registers.of(register(channel, "lock")))).some(({ fact }) => fact.control?.kind === "lock" && fact.control.payload.on);
  return locked && !includes(own, "manage-channels") ? "its channel was locked" : null;
}

function isMuted(control: Standing["fact"]["control"], at: Hlc): boolean {
  return control?.kind === "mute" && control.payload.on && (control.payload.until === 0 || hlcTime(at) < control.payload.until);
}
