/** One blob on its way here: which of its pieces are under way, and who does not have it or sent something else instead. */
import type { PartialBlob, Piece } from "@multichat/core";
import type { BlobId, DeviceId, SpaceId } from "@multichat/protocol";
import { piecesOfRequest, piecesUnderWay } from "./limits.ts";

/** The lower goes first. */
export const priorities = { looking: 0, thumbnail: 1, unasked: 2 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];

/** What nobody can be helped with but by waiting: `nobody` who has it is there, or the disk does not take it. */
export type FetchProblem = "nobody" | "disk-full" | "disk";

export interface Transfer {
  readonly blob: BlobId;
  readonly size: number;
  readonly spaces: Set<SpaceId>;
  priority: Priority;
  step: "waiting" | "fetching" | "failed";
  why: FetchProblem | null;
  /** Open while it is fetched. */
  partial: PartialBlob | null;
  /** Asked for and not written yet. */
  readonly underWay: Set<string>;
  /** Sent a piece that was not right: they are asked for nothing of it again. */
  readonly liars: Set<DeviceId>;
  /** Did not have it, when they were asked last. */
  readonly without: Set<DeviceId>;
  /** Retries in a row that brought nothing. */
  failures: number;
  cancelRetry: () => void;
  /** What is being done with the disk, one after another. */
  work: Promise<void>;
  /** When progress was told last. */
  toldAt: number;
  have: number;
}

export function newTransfer(blob: BlobId, size: number, priority: Priority): Transfer {
  return {
    blob, size, priority,
    spaces: new Set(),
    step: "waiting",
    why: null,
    partial: null,
    underWay: new Set(),
    liars: new Set(),
    without: new Set(),
    failures: 0,
    cancelRetry() {},
    work: Promise.resolve(),
    toldAt: -Infinity,
    have: 0,
  };
}

export const keyOf = ({ part, index }: Piece): string => `${part}/${index}`;

export interface Run {
  first: Piece;
  count: number;
}

/** The next pieces to ask for, as one request; null: nothing more for now. */
export function nextRun({ partial, underWay }: Transfer): Run | null {
  const room = Math.min(piecesOfRequest, piecesUnderWay - underWay.size);
  if (partial === null || room <= 0) return null;
  let run: Run | null = null;
  for (const piece of partial.wanted()) {
    if (underWay.has(keyOf(piece))) {
      if (run !== null) break;
      continue;
    }
    if (run === null) run = { first: piece, count: 1 };
    else if (piece.part === run.first.part && piece.index === run.first.index + run.count) run.count++;
    else break;
    if (run.count === room) break;
  }
  return run;
}
