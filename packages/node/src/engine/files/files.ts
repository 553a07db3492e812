/**
 * Files as this node has them (spec/12-content.md, Blobs): who may have pieces of which blob, what is fetched unasked, and what is let
 * go. Which events name a blob stands in the store; what is here of it is on the disk.
 */
import { type BlobReader, type BlobStore, type Event, namedBlobs } from "@multichat/core";
import { type BlobName, type Clock, DiskError, type Store } from "@multichat/core/ports";
import type { FileState, FileView, Person, SpaceStorage } from "@multichat/client/contract";
import { type FetchState, type Fetching, createFetching, priorities } from "@multichat/net/files";
import { type BlobId, type DeviceId, type EventId, type FileEntry, type FrameOf, type SpaceId, decodeHeader, hlcTime } from "@multichat/protocol";
import { writtenOf } from "../conversation/contents.ts";
import type { Guarded } from "../guard.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import { resumedNames, sweepMs, unaskedBytes, unaskedMs, unsentMs } from "./limits.ts";

const dayMs = 24 * 60 * 60_000;

export interface Files {
  mayHave(space: SpaceId, device: DeviceId, blob: BlobId): boolean;
  open(blob: BlobId): Promise<BlobReader | null>;
  piece(space: SpaceId, device: DeviceId, frame: FrameOf<"piece">): void;
  linked(device: DeviceId): void;
  unlinked(device: DeviceId): void;
  /** Events came: what they name is fetched, if it is small. */
  arrived(space: Space, events: readonly Event[]): void;
  view(files: readonly FileEntry[]): FileView[];
  /** In bytes; null if it is not here. */
  size(blob: BlobId): number | null;
  fetch(space: SpaceId, blob: BlobId, size: number): void;
  cancel(blob: BlobId): void;
  storage(space: Space): SpaceStorage;
  keepFor(space: Space, days: number | null): void;
  /** Of a message whose files are looked at once. */
  looked(message: EventId): boolean;
  /** It was: what nothing else names is let go. */
  letGoLooked(message: EventId): void;
  /** Something may have lost its last name. */
  sweepSoon(): void;
  start(): void;
  stop(): Promise<void>;
}

export interface FilesDeps {
  store: Store;
  blobs: BlobStore;
  clock: Clock;
  spaces: Spaces;
  self: DeviceId;
  /** By the corrected clock. */
  now(): number;
  /** Linked devices with which this space is open. */
  members(space: SpaceId): readonly DeviceId[];
  /** How long a frame takes there and back, ms. */
  distance(device: DeviceId): number;
  send(device: DeviceId, space: SpaceId, wanted: Omit<FrameOf<"fetch">, "type" | "alias">): boolean;
  /** Whose device it is in this space. */
  personOf(space: SpaceId, device: DeviceId): Person | null;
  /** This account has looked once at the files of this message. */
  hasLooked(message: EventId): boolean;
  /** Blobs of messages that wait to be sent. */
  waiting(): ReadonlySet<BlobId>;
  push(blob: BlobId, state: FileState): void;
  guarded: Guarded;
  log(event: string, detail?: Record<string, string | number>): void;
}

export function createFiles(deps: FilesDeps): Files {
  const { store, blobs, clock, spaces } = deps;
  const fetching: Fetching = createFetching({
    blobs, clock,
    members: nearestFirst,
    send: deps.send,
    changed: (blob) => tell(blob),
    log: deps.log,
  });
  let cancelSweep = (): void => {};
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = false;

  function nearestFirst(space: SpaceId): DeviceId[] {
    const far = deps.distance;
    return [...deps.members(space)].sort((a, b) => (far(a) < far(b) ? -1 : far(a) > far(b) ? 1 : 0));
  }

  function tell(blob: BlobId): void {
    if (!stopped) deps.push(blob, stateOf(blob));
  }

  /** Whether this event names its blobs for this device now. */
  function gives(space: Space, device: DeviceId, id: EventId): boolean {
    const event = store.event(id);
    if (event === null || event.payload === null || space.replica.refusal(id) !== null || store.timelineEntry(id) === null) return false;
    const header = decodeHeader(event.header);
    return header.ok && (header.value.expires === 0 || header.value.expires > deps.now()) && space.replica.mayRead(device, header.value);
  }

  function stateOf(blob: BlobId): FileState {
    const under: FetchState | null = fetching.state(blob);
    if (under === null) return { step: blobs.size(blob) === null ? "missing" : "here" };
    if (under.why !== null) return { step: "failed", why: under.why };
    return { step: "fetching", have: under.have, of: under.of, from: senders(under) };
  }

  function senders({ from }: FetchState): Person[] {
    const people = from.map(({ space, device }) => deps.personOf(space, device)).filter((person) => person !== null);
    return [...new Map(people.map((person) => [person.id, person])).values()];
  }

  function want(space: SpaceId, { blob, size, thumb, event }: BlobName, at: number): void {
    if (deps.hasLooked(event)) return;
    const small = thumb || (size <= unaskedBytes && at > deps.now() - unaskedMs);
    if (small && blobs.size(blob) === null) fetching.want(blob, size, space, thumb ? priorities.thumbnail : priorities.unasked);
  }

  /** What was under way when the node was stopped, and the newest of what would be fetched unasked. */
  async function resume(): Promise<void> {
    const partial = new Set((await blobs.list()).filter(({ whole }) => !whole).map(({ blob }) => blob));
    for (const { id } of spaces.all()) {
      const names = store.blobNames(id);
      for (const name of names) if (partial.has(name.blob) && !deps.hasLooked(name.event)) fetching.want(name.blob, name.size, id, name.thumb ? priorities.thumbnail : priorities.unasked);
      for (const name of names.slice(-resumedNames)) {
        const event = store.event(name.event);
        if (event !== null) want(id, name, hlcTime(event.hlc));
      }
    }
  }

  async function sweep(): Promise<void> {
    const unnamed = store.unnamedBlobs();
    for (const blob of unnamed) await letGo(blob);
    if (unnamed.length > 0) store.forgetUnnamed(unnamed);
  }

  async function letGo(blob: BlobId): Promise<void> {
    await fetching.cancel(blob);
    await blobs.remove(blob);
    tell(blob);
  }

  async function sweepAll(): Promise<void> {
    await sweep();
    const now = clock.now();
    const waiting = deps.waiting();
    await blobs.removeUploads(now - unsentMs);
    for (const { blob, at } of await blobs.list()) {
      if (stopped) return;
      const names = store.eventsNaming(blob);
      if (names.length === 0 ? at < now - unsentMs && !waiting.has(blob) : names.every(({ space, event }) => mayGo(space, event, now - at))) await letGo(blob);
    }
  }

  /** What this account sent is kept: others come here for it. */
  function mayGo(id: SpaceId, event: EventId, age: number): boolean {
    const days = keepDays(id);
    const space = spaces.get(id);
    if (days === null || space === null || age < days * dayMs) return false;
    const state = space.replica.state();
    const device = store.event(event)?.device;
    return device !== undefined && state?.devices.get(device) !== state?.devices.get(deps.self);
  }

  function keepDays(space: SpaceId): number | null {
    const kept = store.setting(`files/keep/${space}`);
    return kept === null ? null : Number(kept);
  }

  /** One at a time, and a disk or a database that fails is tried again at the next. */
  function run(work: () => Promise<void>): void {
    sweeping = sweeping.then(async () => {
      if (!stopped) await work();
    }).catch((error: unknown) => {
      if (error instanceof DiskError) return deps.log("blob.failed", { code: error.code });
      deps.guarded(() => {
        throw error;
      });
    });
  }

  function every(): void {
    run(sweepAll);
    cancelSweep = clock.after(sweepMs, every);
  }

  return {
    mayHave(id, device, blob) {
      const space = spaces.get(id);
      return space !== null && store.eventsNaming(blob).some((name) => name.space === id && gives(space, device, name.event));
    },
    open: (blob) => blobs.open(blob),
    piece: (space, device, frame) => fetching.piece(space, device, frame),
    linked: (device) => fetching.linked(device),
    unlinked: (device) => fetching.unlinked(device),
    arrived(space, events) {
      for (const event of events) {
        if (event.header.device === deps.self) continue;
        for (const name of namedBlobs(event)) want(space.id, name, hlcTime(event.header.hlc));
      }
    },
    view: (files) =>
      files.map(([name, type, size, blob, { thumb, ...shape }]) => ({
        blob, name, type, size,
        shape: { ...shape, ...(thumb !== undefined && { thumb: { blob: thumb[0], size: thumb[1] } }) },
        state: stateOf(blob),
        thumbHere: thumb !== undefined && blobs.size(thumb[0]) !== null,
      })),
    size: (blob) => blobs.size(blob),
    fetch(space, blob, size) {
      if (blobs.size(blob) === null) fetching.want(blob, size, space, priorities.looking);
    },
    cancel: (blob) => run(() => fetching.cancel(blob)),
    storage(space) {
      const held = new Set(store.blobNames(space.id).map(({ blob }) => blob));
      const sizes = [...held].map((blob) => blobs.size(blob)).filter((size) => size !== null);
      return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length, keepDays: keepDays(space.id) };
    },
    keepFor(space, days) {
      store.transaction(() => store.putSetting(`files/keep/${space.id}`, days === null ? null : String(days)));
      run(sweepAll);
    },
    looked: deps.hasLooked,
    letGoLooked(message) {
      const event = store.event(message);
      const payload = event === null ? null : writtenOf(event);
      const named = (payload?.files ?? []).flatMap(([, , , blob, { thumb }]) => [blob, ...(thumb === undefined ? [] : [thumb[0]])]);
      run(async () => {
        for (const blob of named) if (store.eventsNaming(blob).every((name) => deps.hasLooked(name.event))) await letGo(blob);
      });
    },
    sweepSoon: () => run(sweep),
    start() {
      run(sweep);
      run(resume);
      // Not at once: after a database was lost, what names the files is only on its way.
      cancelSweep = clock.after(sweepMs, every);
    },
    async stop() {
      stopped = true;
      cancelSweep();
      await fetching.stop();
      await sweeping;
    },
  };
}
