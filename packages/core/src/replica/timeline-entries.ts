/** The place of a message in its channel's timeline and in its thread's (spec/03-events.md, Display order; spec/12-content.md), and whether it is news to this account. */
import { type AccountId, type ChannelId, type DeviceId, type SpaceId, hlcAt } from "@multichat/protocol";
import { placesOf } from "../content/kinds.ts";
import type { ControlLog } from "../control/log.ts";
import type { ControlState } from "../control/state.ts";
import type { Event } from "../events/event.ts";
import type { Crypto, Store, TimelineEntry } from "../ports/index.ts";
import { isMentioned, writtenText } from "./mentioned.ts";
import type { ThreadHeads } from "./thread-heads.ts";

/** A control event further ahead of the clock than this waits; content is shown at its arrival instead. */
export const maxAhead = 5 * 60_000;

export interface TimelineDeps {
  store: Store;
  crypto: Crypto;
  space: SpaceId;
  log: ControlLog;
  self: { device: DeviceId; account: AccountId };
  state(): ControlState | null;
  heads: Pick<ThreadHeads, "isElsewhere">;
  /** Everything before this time is history, not news. */
  joinedAt(): number;
  /** Whose messages are no news to this account. */
  isSilent?(account: AccountId): boolean;
}

/**
 * None for a kind that has no place of its own.
 * @param now by the corrected clock, ms
 * @param index among those that come at once
 */
export function timelineEntries(deps: TimelineDeps, { header, id }: Pick<Event, "header" | "id">, payload: Uint8Array | null, now: number, index: number): TimelineEntry[] {
  const { store, space, self, state, joinedAt, isSilent } = deps;
  const own = header.channel as ChannelId;
  const places = placesOf(deps.crypto, { ...header, channel: own }, payload, (head) => deps.heads.isElsewhere(own, head));
  if (places.length === 0) return [];
  const at = displayTime(header);
  const early = at > hlcAt(now + maxAhead);
  const time = early ? hlcAt(now) + BigInt(index) : at;
  if (early) store.putSetting(`early/${id}`, JSON.stringify({ space, channel: header.channel, due: Number(header.hlc >> 16n) }));
  const known = state();
  const author = known?.devices.get(header.device);
  const isOwn = header.device === self.device || author === self.account;
  const silent = author !== undefined && (isSilent?.(author) ?? false);
  const news = !isOwn && !silent && header.kind !== "imported" && header.hlc >= hlcAt(joinedAt());
  const mention = news && known !== null && isMentioned(deps.log, known, self.account, header, writtenText(header.kind, payload));
  return places.map((channel) => {
    const readTo = news ? store.setting(`read/${channel}`) : null;
    const late = readTo !== null && header.hlc < BigInt(readTo.split("/")[0]!);
    return { channel, id, time, unread: news, mention, late };
  });
}

/** What was imported stands where it was written, not where it was brought here. */
function displayTime({ kind, ext, hlc }: Event["header"]): bigint {
  const at = kind === "imported" ? ext.get("at") : undefined;
  return typeof at === "number" && hlcAt(at) < hlc ? hlcAt(at) : hlc;
}
