/** The place of a message in its channel's timeline (spec/03-events.md, Display order), and whether it is news to this account. */
import { type AccountId, type ChannelId, type DeviceId, type SpaceId, hlcAt } from "@multichat/protocol";
import { contentKind } from "../content/kinds.ts";
import type { ControlState } from "../control/state.ts";
import type { Event } from "../events/event.ts";
import type { Store, TimelineEntry } from "../ports/index.ts";

/** A control event further ahead of the clock than this waits; content is shown at its arrival instead. */
export const maxAhead = 5 * 60_000;

export interface TimelineDeps {
  store: Store;
  space: SpaceId;
  self: { device: DeviceId; account: AccountId };
  state(): ControlState | null;
  /** Everything before this time is history, not news. */
  joinedAt(): number;
  /** Whose messages are no news to this account. */
  isSilent?(account: AccountId): boolean;
}

/**
 * Null for a kind that has no place of its own.
 * @param now by the corrected clock, ms
 * @param index among those that come at once
 */
export function timelineEntry({ store, space, self, state, joinedAt, isSilent }: TimelineDeps, { header, id }: Pick<Event, "header" | "id">, now: number, index: number): TimelineEntry | null {
  if (!contentKind(header.kind).shown) return null;
  const channel = header.channel as ChannelId;
  const early = header.hlc > hlcAt(now + maxAhead);
  const time = early ? hlcAt(now) + BigInt(index) : header.hlc;
  if (early) store.putSetting(`early/${id}`, JSON.stringify({ space, channel, due: Number(header.hlc >> 16n) }));
  const author = state()?.devices.get(header.device);
  const own = header.device === self.device || author === self.account;
  const silent = author !== undefined && (isSilent?.(author) ?? false);
  const news = !own && !silent && header.hlc >= hlcAt(joinedAt());
  const readTo = store.setting(`read/${channel}`);
  const late = news && readTo !== null && header.hlc < BigInt(readTo.split("/")[0]!);
  return { channel, id, time, unread: news, late };
}
