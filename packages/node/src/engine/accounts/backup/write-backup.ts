/** Everything of an account, into a backup (spec/09-devices.md, Backup). */
import { recordsOf } from "@multichat/core";
import type { Store, StoredEvent, StoredRecord } from "@multichat/core/ports";
import { type BackupItem, type SharedSpace, type WireEvent, encodeBackupItem } from "@multichat/protocol";
import type { Space } from "../../joining/spaces.ts";
import type { AccountKeys, DeviceKeys } from "../../vault.ts";
import type { BackupSink } from "./backup-files.ts";

/** Events of one item: a few megabytes at most. */
const batchBytes = 1024 * 1024;
const pageEvents = 256;

/** Answers how many events and records there were. */
export async function writeBackup(
  deps: { store: Store; spaces: readonly Space[]; shared(space: Space): SharedSpace; account: AccountKeys; device: DeviceKeys; now: number },
  sink: BackupSink,
  progress: (items: number, of: number) => void,
): Promise<number> {
  const { store, spaces, account, device } = deps;
  const of = spaces.reduce((sum, space) => sum + countOf(space), 0);
  let written = 0;
  let count = 0;

  async function put(item: BackupItem, events = 0): Promise<void> {
    await sink.write(encodeBackupItem(item));
    written++;
    count += events;
    progress(count, Math.max(of, count));
  }

  await put({
    type: "account", time: Math.floor(deps.now), name: account.name, genesis: account.genesis, log: account.log,
    nextSeed: account.nextSeed, identitySeed: account.identitySeed, device: device.id, deviceSeed: device.signingSeed,
  });
  const seen = new Set<StoredRecord["bytes"]>();
  for (const space of spaces) {
    await put({ type: "space", space: deps.shared(space), events: countOf(space) });
    for (const events of batches(space.replica.log.events().map(({ wire }) => wire))) await put({ type: "events", events }, events.length);
    for (const feed of space.replica.feeds.all()) {
      if (feed.channel === space.id) continue;
      for (const [from, to] of feed.ranges) {
        for (let next = from; next <= to; ) {
          const page = store.feedEvents(feed.channel, feed.device, next, to, pageEvents);
          if (page.length === 0) break;
          for (const events of batches(page.map(wireOf))) await put({ type: "events", events }, events.length);
          next = page[page.length - 1]!.seq + 1;
        }
      }
    }
    const records = recordsOf(store, space.replica.state(), space.id).filter(({ bytes }) => !seen.has(bytes));
    for (const { bytes } of records) seen.add(bytes);
    if (records.length > 0) await put({ type: "records", records: records.map(({ bytes, signature }) => ({ record: bytes, signature })) });
  }
  await put({ type: "end", items: written });
  return count;
}

function countOf({ replica }: Space): number {
  let sum = 0;
  for (const feed of replica.feeds.all()) for (const [from, to] of feed.ranges) sum += to - from + 1;
  return sum;
}

function wireOf({ header, signature, salt, payload }: StoredEvent): WireEvent {
  return { header, signature, salt, payload };
}

function* batches(events: readonly WireEvent[]): Generator<WireEvent[]> {
  let batch: WireEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    batch.push(event);
    bytes += event.header.length + (event.payload?.length ?? 0) + 100;
    if (bytes < batchBytes && batch.length < pageEvents) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
