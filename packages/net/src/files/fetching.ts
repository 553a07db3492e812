/**
 * Fetching files (spec/06-sync.md, Files): from all members at once who are there and have them, what somebody waits for first. What
 * came stays on the disk, so a cut or a restart costs nothing but the pieces that were under way.
 */
import { type BlobStore, releaseBytes } from "@multichat/core";
import { type Clock, DiskError } from "@multichat/core/ports";
import type { BlobId, DeviceId, FrameOf, SpaceId } from "@multichat/protocol";
import { fetchedAtOnce, fetchedUnasked, progressMs, requestsOfDevice, retryFirstMs, retryMostMs } from "./limits.ts";
import { type Asked, createRequests } from "./requests.ts";
import { type FetchProblem, type Priority, type Transfer, keyOf, newTransfer, nextRun, priorities } from "./transfer.ts";

export interface FetchState {
  step: "waiting" | "fetching" | "failed";
  why: FetchProblem | null;
  /** Bytes. */
  have: number;
  of: number;
  /** Who is asked for pieces of it just now. */
  from: { space: SpaceId; device: DeviceId }[];
}

export interface Fetching {
  /** Wants it from the members of this space. Asked again, it goes on at once, and as early as the most urgent says. */
  want(blob: BlobId, size: number, space: SpaceId, priority: Priority): void;
  /** What came of it is removed. */
  cancel(blob: BlobId): Promise<void>;
  /** Null: it is not being fetched. */
  state(blob: BlobId): FetchState | null;
  /** The buffer that its bytes are in may hold nothing else that is still read. */
  piece(space: SpaceId, device: DeviceId, frame: FrameOf<"piece">): void;
  /** The device may be asked from now on. */
  linked(device: DeviceId): void;
  unlinked(device: DeviceId): void;
  /** Resolves when nothing is open any more. */
  stop(): Promise<void>;
}

export interface FetchingDeps {
  blobs: Pick<BlobStore, "resume" | "remove">;
  clock: Clock;
  /** Who may be asked for files of this space, the best first. */
  members(space: SpaceId): readonly DeviceId[];
  send(device: DeviceId, space: SpaceId, wanted: Omit<FrameOf<"fetch">, "type" | "alias">): boolean;
  /** What `state` says is another; null from now on, if it `came`. */
  changed(blob: BlobId, came: boolean): void;
  log(event: string, detail?: Record<string, string | number>): void;
}

export function createFetching(deps: FetchingDeps): Fetching {
  const { blobs, clock, members, send, changed, log } = deps;
  const transfers = new Map<BlobId, Transfer>();
  const requests = createRequests({ clock, send, late: (asked) => letGo(asked, "without") });
  const running = new Set<Transfer>();
  /** Asked again only when they come back. */
  const known = new Set<DeviceId>();
  let stopped = false;

  const isCurrent = (transfer: Transfer): boolean => !stopped && transfers.get(transfer.blob) === transfer;

  /** One thing after another for each blob; what fails for the disk's sake ends the attempt. */
  function inTurn(transfer: Transfer, work: () => Promise<void>): void {
    transfer.work = transfer.work.then(work).catch((error: unknown) => failed(transfer, error));
  }

  /** The same without waiting for what was begun before; what is begun in turn waits for this. */
  function alongside(transfer: Transfer, work: () => Promise<void>): void {
    const before = transfer.work;
    const running = work().catch((error: unknown) => failed(transfer, error));
    transfer.work = running.then(() => before);
  }

  function failed(transfer: Transfer, error: unknown): void {
    if (!(error instanceof DiskError)) throw error;
    log("blob.failed", { code: error.code });
    if (isCurrent(transfer) && transfer.step === "fetching") fail(transfer, error.code === "full" ? "disk-full" : "disk");
  }

  function begin(transfer: Transfer): void {
    if (candidates(transfer).length === 0) return fail(transfer, "nobody");
    transfer.step = "fetching";
    transfer.why = null;
    running.add(transfer);
    inTurn(transfer, async () => {
      if (!isCurrent(transfer) || transfer.step !== "fetching") return;
      transfer.partial = await blobs.resume(transfer.blob, transfer.size);
      transfer.have = transfer.partial.have();
      tell(transfer);
      if (transfer.partial.isComplete()) await finish(transfer);
      pump();
    });
  }

  async function closePartial(transfer: Transfer): Promise<void> {
    const { partial } = transfer;
    transfer.partial = null;
    await partial?.close();
  }

  async function finish(transfer: Transfer): Promise<void> {
    const { partial } = transfer;
    transfer.partial = null;
    await partial?.finish();
    if (transfers.get(transfer.blob) !== transfer) return;
    transfers.delete(transfer.blob);
    running.delete(transfer);
    changed(transfer.blob, true);
    pump();
  }

  function fail(transfer: Transfer, why: FetchProblem): void {
    transfer.step = "failed";
    transfer.why = why;
    if (running.delete(transfer)) {
      dropRequests(transfer);
      inTurn(transfer, () => closePartial(transfer));
    }
    const wait = Math.min(retryMostMs, retryFirstMs * 2 ** transfer.failures++);
    transfer.cancelRetry();
    transfer.cancelRetry = clock.after(wait, () => {
      transfer.without.clear();
      wakeUp(transfer);
    });
    changed(transfer.blob, false);
    if (!stopped) inTurn(transfer, async () => pump());
  }

  function wakeUp(transfer: Transfer): void {
    if (!isCurrent(transfer) || transfer.step !== "failed") return;
    transfer.cancelRetry();
    transfer.step = "waiting";
    transfer.why = null;
    pump();
  }

  function dropRequests(transfer: Transfer): void {
    for (const asked of requests.ofBlob(transfer.blob)) requests.giveUp(asked);
    transfer.underWay.clear();
  }

  /** Begins what there is room for, the most urgent first, and asks for what may be asked for. */
  function pump(): void {
    if (stopped) return;
    if (running.size < fetchedAtOnce) for (const transfer of waiting()) beginIfRoom(transfer);
    for (const transfer of running) if (transfer.partial !== null) askFor(transfer);
  }

  function waiting(): Transfer[] {
    return [...transfers.values()].filter(({ step }) => step === "waiting").sort((a, b) => a.priority - b.priority);
  }

  function beginIfRoom(transfer: Transfer): void {
    if (running.size >= fetchedAtOnce) return;
    const unasked = [...running].filter(({ priority }) => priority === priorities.unasked).length;
    if (transfer.priority < priorities.unasked || unasked < fetchedUnasked) begin(transfer);
  }

  function askFor(transfer: Transfer): void {
    for (let run = nextRun(transfer); run !== null; run = nextRun(transfer)) {
      const found = candidates(transfer);
      if (found.length === 0) {
        if (transfer.underWay.size === 0) fail(transfer, "nobody");
        return;
      }
      const [best] = found.filter(({ busy }) => busy < requestsOfDevice).sort((a, b) => a.busy - b.busy);
      if (best === undefined) return;
      const asked = requests.ask(best.device, best.space, transfer.blob, run.first, run.count);
      if (asked === null) transfer.without.add(best.device);
      else for (let i = 0; i < run.count; i++) transfer.underWay.add(keyOf({ part: run.first.part, index: run.first.index + i }));
    }
  }

  function candidates({ spaces, liars, without }: Transfer): { device: DeviceId; space: SpaceId; busy: number }[] {
    const found = new Map<DeviceId, { device: DeviceId; space: SpaceId; busy: number }>();
    for (const space of spaces) {
      for (const device of members(space)) {
        if (found.has(device) || liars.has(device) || without.has(device)) continue;
        found.set(device, { device, space, busy: requests.ofDevice(device).length });
      }
    }
    return [...found.values()];
  }

  /** Others are asked for what was asked here. */
  function letGo(asked: Asked, as: "liars" | "without"): void {
    const transfer = transfers.get(asked.blob);
    requests.giveUp(asked);
    if (transfer === undefined) return;
    transfer[as].add(asked.device);
    for (let i = 0; i < asked.count; i++) transfer.underWay.delete(keyOf({ part: asked.part, index: asked.index + i }));
    pump();
  }

  function take(transfer: Transfer, asked: Asked, { part, index, bytes }: FrameOf<"piece">): void {
    alongside(transfer, async () => {
      const { partial } = transfer;
      if (partial === null || !isCurrent(transfer)) return;
      const isRight = await partial.put(part, index, bytes);
      releaseBytes(bytes);
      transfer.underWay.delete(keyOf({ part, index }));
      if (!isCurrent(transfer) || transfer.partial !== partial) return;
      if (!isRight) {
        log("blob.wrong-piece");
        for (const other of requests.ofBlob(transfer.blob)) if (other.device === asked.device) letGo(other, "liars");
        transfer.liars.add(asked.device);
        return pump();
      }
      transfer.failures = 0;
      transfer.have = partial.have();
      if (partial.isComplete()) return finish(transfer);
      tell(transfer);
      pump();
    });
  }

  /** Not of every piece. */
  function tell(transfer: Transfer): void {
    if (clock.now() - transfer.toldAt < progressMs) return;
    transfer.toldAt = clock.now();
    changed(transfer.blob, false);
  }

  return {
    want(blob, size, space, priority) {
      const transfer = transfers.get(blob) ?? newTransfer(blob, size, priority);
      transfers.set(blob, transfer);
      transfer.spaces.add(space);
      transfer.priority = Math.min(transfer.priority, priority) as Priority;
      if (transfer.step === "failed" && priority === priorities.looking) {
        transfer.without.clear();
        transfer.failures = 0;
        wakeUp(transfer);
      }
      pump();
    },
    async cancel(blob) {
      const transfer = transfers.get(blob);
      if (transfer === undefined) return;
      transfers.delete(blob);
      running.delete(transfer);
      transfer.cancelRetry();
      dropRequests(transfer);
      inTurn(transfer, async () => {
        await closePartial(transfer);
        if (!transfers.has(blob)) await blobs.remove(blob);
      });
      changed(blob, false);
      pump();
      await transfer.work;
    },
    state(blob) {
      const transfer = transfers.get(blob);
      return transfer === undefined ? null : { step: transfer.step, why: transfer.why, have: transfer.have, of: transfer.size, from: requests.ofBlob(blob).map(({ space, device }) => ({ space, device })) };
    },
    piece(_space, device, frame) {
      const asked = requests.answered(device, frame);
      if (asked === null) return;
      const transfer = transfers.get(asked.blob)!;
      if (frame.bytes.length > 0) return take(transfer, asked, frame);
      // The one that was refused, and those behind it.
      transfer.underWay.delete(keyOf(frame));
      letGo(asked, "without");
    },
    linked(device) {
      if (known.has(device)) return;
      known.add(device);
      for (const transfer of transfers.values()) {
        transfer.without.delete(device);
        if (transfer.why === "nobody") wakeUp(transfer);
      }
      pump();
    },
    unlinked(device) {
      known.delete(device);
      for (const asked of requests.ofDevice(device)) letGo(asked, "without");
    },
    async stop() {
      stopped = true;
      requests.stop();
      for (const transfer of transfers.values()) {
        transfer.cancelRetry();
        inTurn(transfer, () => closePartial(transfer));
      }
      await Promise.all([...transfers.values()].map(({ work }) => work));
    },
  };
}
