/**
 * Answering `fetch` (spec/06-sync.md, Files): piece after piece, no faster than the peer takes them, and each only if the peer may
 * have it at that moment. Reading a disk takes its time, so this is the one part of a link that waits for something.
 */
import { type BlobReader, releaseBytes } from "@multichat/core";
import { DiskError } from "@multichat/core/ports";
import type { BlobId, Frame, FrameOf } from "@multichat/protocol";
import { concurrentFetches } from "./limits.ts";
import type { Window } from "./window.ts";

export interface Giving {
  /** False when the peer asks for more at once than the protocol lets it. */
  fetch(frame: FrameOf<"fetch">): boolean;
  /** The link has room again. */
  resume(): void;
  stop(): void;
}

interface Request extends Omit<FrameOf<"fetch">, "type" | "alias"> {
  /** The piece that comes next, being read. */
  next: Promise<Uint8Array | null> | null;
}

/** Open for all requests of one blob. */
interface Opened {
  reader: Promise<BlobReader | null>;
  users: number;
}

export function createGiving(deps: {
  alias: number;
  /** Whether the peer may be given an event that names this blob. */
  mayHave(blob: BlobId): boolean;
  open(blob: BlobId): Promise<BlobReader | null>;
  /** It cannot be read just now; the peer is told that it is not here. */
  failed(error: DiskError): void;
  /** Has a copy of the bytes when it returns. */
  send: (frame: Frame) => void;
  window: Pick<Window, "hasRoom">;
}): Giving {
  const { alias, mayHave, open, failed, send, window } = deps;
  const requests = new Map<number, Request>();
  const opened = new Map<BlobId, Opened>();
  let busy = false;

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      // In turns: a small file does not wait for a large one.
      for (let one = first(); one !== null && window.hasRoom(); one = first()) await step(one);
    } finally {
      busy = false;
    }
  }

  const first = (): Request | null => requests.values().next().value ?? null;

  async function step(one: Request): Promise<void> {
    const bytes = await (one.next ??= read(one));
    // It was cancelled meanwhile.
    if (requests.get(one.request) !== one) return;
    requests.delete(one.request);
    const given = bytes !== null && mayHave(one.blob) ? bytes : null;
    const { request, part, index } = one;
    one.index++;
    one.count--;
    if (given === null || one.count === 0) release(one.blob);
    else {
      requests.set(request, one);
      one.next = read(one);
    }
    send({ type: "piece", alias, request, part, index, bytes: given ?? new Uint8Array(0) });
    if (bytes !== null) releaseBytes(bytes);
  }

  async function read({ blob, part, index }: Request): Promise<Uint8Array | null> {
    try {
      const reader = await opened.get(blob)!.reader;
      return (await reader?.read(part, index)) ?? null;
    } catch (error) {
      ifDisk(error);
      return null;
    }
  }

  async function opening(blob: BlobId): Promise<BlobReader | null> {
    try {
      return mayHave(blob) ? await open(blob) : null;
    } catch (error) {
      ifDisk(error);
      return null;
    }
  }

  function hold(blob: BlobId): void {
    const held = opened.get(blob) ?? { reader: opening(blob), users: 0 };
    held.users++;
    opened.set(blob, held);
  }

  function release(blob: BlobId): void {
    const held = opened.get(blob)!;
    if (--held.users > 0) return;
    opened.delete(blob);
    void held.reader.then((reader) => reader?.close()).catch(ifDisk);
  }

  function ifDisk(error: unknown): void {
    if (!(error instanceof DiskError)) throw error;
    failed(error);
  }

  function cancel(request: number): void {
    const found = requests.get(request);
    if (found === undefined) return;
    requests.delete(request);
    // What is being read is read to its end.
    void (found.next ?? Promise.resolve()).then(() => release(found.blob));
  }

  return {
    fetch({ request, blob, part, index, count }) {
      if (count === 0) {
        cancel(request);
        return true;
      }
      if (requests.has(request) || requests.size >= concurrentFetches) return false;
      hold(blob);
      requests.set(request, { request, blob, part, index, count, next: null });
      void work();
      return true;
    },
    resume: () => void work(),
    stop() {
      for (const request of requests.keys()) cancel(request);
    },
  };
}
