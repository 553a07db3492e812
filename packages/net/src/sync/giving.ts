/**
 * Answering `fetch` (spec/06-sync.md, Files): piece after piece, no faster than the peer takes them, and each only if the peer may
 * have it at that moment. Reading a disk takes its time, so this is the one part of a link that waits for something.
 */
import type { BlobReader } from "@multichat/core";
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
  reader: BlobReader | null;
}

export function createGiving(deps: {
  alias: number;
  /** Whether the peer may be given an event that names this blob. */
  mayHave(blob: BlobId): boolean;
  open(blob: BlobId): Promise<BlobReader | null>;
  /** It cannot be read just now; the peer is told that it is not here. */
  failed(error: DiskError): void;
  send: (frame: Frame) => void;
  window: Pick<Window, "hasRoom">;
}): Giving {
  const { alias, mayHave, open, failed, send, window } = deps;
  const requests = new Map<number, Request>();
  let reading: Request | null = null;

  async function work(): Promise<void> {
    if (reading !== null) return;
    try {
      // In turns: a small file does not wait for a large one.
      for (let next = first(); next !== null && window.hasRoom(); next = first()) {
        reading = next;
        const bytes = await read(next);
        if (requests.get(next.request) !== next) {
          await end(next);
          continue;
        }
        requests.delete(next.request);
        send({ type: "piece", alias, request: next.request, part: next.part, index: next.index, bytes: bytes ?? new Uint8Array(0) });
        next.index++;
        next.count--;
        if (bytes === null || next.count === 0) await end(next);
        else requests.set(next.request, next);
      }
    } finally {
      reading = null;
    }
  }

  const first = (): Request | null => requests.values().next().value ?? null;

  async function read(request: Request): Promise<Uint8Array | null> {
    if (!mayHave(request.blob)) return null;
    try {
      request.reader ??= await open(request.blob);
      return (await request.reader?.read(request.part, request.index)) ?? null;
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      failed(error);
      return null;
    }
  }

  async function end(request: Request): Promise<void> {
    const { reader } = request;
    request.reader = null;
    await reader?.close();
  }

  function cancel(request: number): void {
    const found = requests.get(request);
    requests.delete(request);
    // One that is being read is closed when that is done.
    if (found !== undefined && found !== reading) void end(found);
  }

  return {
    fetch({ request, blob, part, index, count }) {
      if (count === 0) {
        cancel(request);
        return true;
      }
      if (requests.has(request) || requests.size >= concurrentFetches) return false;
      requests.set(request, { request, blob, part, index, count, reader: null });
      void work();
      return true;
    },
    resume: () => void work(),
    stop() {
      for (const request of requests.keys()) cancel(request);
    },
  };
}
