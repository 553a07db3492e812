/** What one peer is told of what is held here of a space (spec/06-sync.md): rows of feeds, whole or as they change, and records. */
import { type Event, type Feed, lastSeq, missing, recordsOf, recordsSince, rowOf } from "@multichat/core";
import type { Clock, Store, StoredRecord } from "@multichat/core/ports";
import {
  type ChannelId,
  type DeviceId,
  type Frame,
  type HoldingsRow,
  type Ranges,
  type SignedRecord,
  isControl,
  limits,
} from "@multichat/protocol";
import type { Audience } from "./audience.ts";
import type { SyncSpace } from "./host.ts";
import { announceDelayMs, rowsFrameBytes } from "./limits.ts";

export interface Telling {
  /** What is held that may have come after this arrival here; null: all. */
  held(after: number | null): void;
  /** What came from others: told in short, unless the peer is known to hold it. */
  announce(events: readonly Event[]): void;
  records(records: readonly StoredRecord[]): void;
  stop(): void;
}

export function createTelling(deps: {
  space: SyncSpace;
  audience: Pick<Audience, "readableSeqs">;
  alias: number;
  store: Store;
  clock: Clock;
  send: (frame: Frame) => void;
  /** What the peer is known to hold. */
  theirs(channel: ChannelId, device: DeviceId): Ranges;
  /** Whether it may be told at all. */
  live(): boolean;
}): Telling {
  const { space, audience, alias, store, clock, send } = deps;
  const toldForks = new Map<string, string>();
  const toAnnounce = new Map<string, Feed>();
  let cancelAnnounce: (() => void) | null = null;

  const lastArrival = (): number => store.lastArrival(space.replica.space);

  function rows(feeds: readonly Feed[], complete: boolean): void {
    const through = lastArrival();
    let page: HoldingsRow[] = [];
    let size = 0;
    for (const feed of feeds) {
      if (page.length > 0 && (page.length >= limits.page || size > rowsFrameBytes)) {
        send({ type: "holdings", alias, complete, through, final: false, rows: page });
        page = [];
        size = 0;
      }
      const row = rowFor(feed);
      if (row === null) continue;
      toldForks.set(keyOf(feed), row.forks.join());
      page.push({ ...row, ranges: row.ranges.slice(-limits.ranges) });
      size += 160 + 10 * row.ranges.length;
    }
    send({ type: "holdings", alias, complete, through, final: true, rows: page });
  }

  /** What the peer may have of a feed; null where that is nothing. */
  function rowFor(feed: Feed): HoldingsRow | null {
    const row = rowOf(feed);
    const { channel, device } = feed;
    const ranges = audience.readableSeqs(channel, device, row.ranges);
    if (ranges.length === 0) return null;
    const last = lastSeq({ ranges });
    return last === lastSeq(row) ? { ...row, ranges } : { ...row, ranges, tip: store.eventsAt(channel, device, last)[0]!.id };
  }

  function isNews(feed: Feed): boolean {
    const forks = feed.fork?.ids.join() ?? "";
    if (forks !== "" && toldForks.get(keyOf(feed)) !== forks) return true;
    const { channel, device } = feed;
    return missing(audience.readableSeqs(channel, device, feed.ranges), deps.theirs(channel, device)).length > 0;
  }

  function sendAnnouncements(): void {
    cancelAnnounce = null;
    if (!deps.live() || toAnnounce.size === 0) return;
    const feeds = [...toAnnounce.values()].filter(isNews);
    toAnnounce.clear();
    if (feeds.length > 0) rows(feeds, false);
  }

  return {
    held(after) {
      const feeds = [...space.replica.feeds.all()].filter(
        (feed) => after === null || feed.arrival > after,
      );
      // Before the rows, with which the answer ends: who has it to its end has these.
      sendRecords(recordsFor(after, feeds));
      rows(feeds, after === null);
    },
    announce(events) {
      for (const { header } of events) {
        const feed = space.replica.feeds.get(header.channel, header.device);
        if (feed !== null && isNews(feed)) toAnnounce.set(keyOf(feed), feed);
      }
      if (toAnnounce.size > 0) cancelAnnounce ??= clock.after(announceDelayMs, sendAnnouncements);
    },
    records: sendRecords,
    stop: () => cancelAnnounce?.(),
  };

  /** All of them where control events came since: these may bind devices whose records came long before. */
  function recordsFor(after: number | null, feeds: readonly Feed[]): StoredRecord[] {
    const { space: id } = space.replica;
    const state = space.replica.state();
    const isControlFeed = ({ channel }: Feed): boolean => isControl({ space: id, channel });
    return after === null || feeds.some(isControlFeed)
      ? recordsOf(store, state, id)
      : recordsSince(store, state, id, after);
  }

  function sendRecords(records: readonly StoredRecord[]): void {
    let page: SignedRecord[] = [];
    let size = 0;
    for (const { bytes, signature } of records) {
      if (bytes.length > limits.record) continue;
      if (page.length > 0 && size + bytes.length > rowsFrameBytes) {
        send({ type: "records", alias, records: page });
        page = [];
        size = 0;
      }
      page.push({ record: bytes, signature });
      size += bytes.length + 80;
    }
    if (page.length > 0) send({ type: "records", alias, records: page });
  }
}

function keyOf({ channel, device }: { channel: ChannelId; device: DeviceId }): string {
  return channel + device;
}
