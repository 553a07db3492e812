/** What has been asked of which device and has not come yet. */
import type { Piece } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import type { BlobId, BlobPart, DeviceId, FrameOf, SpaceId } from "@multichat/protocol";
import { pieceTimeoutMs } from "./limits.ts";

export interface Asked {
  device: DeviceId;
  space: SpaceId;
  blob: BlobId;
  request: number;
  part: BlobPart;
  /** The piece that comes next, and how many from there on. */
  index: number;
  count: number;
}

export interface Requests {
  /** Null: the device cannot be reached for this space. */
  ask(device: DeviceId, space: SpaceId, blob: BlobId, first: Piece, count: number): Asked | null;
  /** What a piece answers, moved on by one. Null: nothing that is under way. */
  answered(device: DeviceId, piece: FrameOf<"piece">): Asked | null;
  /** Gives it up, and says so to the device. */
  giveUp(asked: Asked): void;
  ofBlob(blob: BlobId): Asked[];
  /** Those that are lost with a link. */
  ofDevice(device: DeviceId): Asked[];
  stop(): void;
}

export function createRequests(deps: {
  clock: Clock;
  send(device: DeviceId, space: SpaceId, wanted: Omit<FrameOf<"fetch">, "type" | "alias">): boolean;
  /** Nothing comes of it. */
  late(asked: Asked): void;
}): Requests {
  const { clock, send, late } = deps;
  const underWay = new Map<number, { asked: Asked; cancelTimer: () => void }>();
  let next = 1;

  function watch(asked: Asked): void {
    underWay.get(asked.request)?.cancelTimer();
    underWay.set(asked.request, { asked, cancelTimer: clock.after(pieceTimeoutMs, () => late(asked)) });
  }

  function forget(request: number): void {
    underWay.get(request)?.cancelTimer();
    underWay.delete(request);
  }

  const filtered = (fits: (asked: Asked) => boolean): Asked[] => [...underWay.values()].map(({ asked }) => asked).filter(fits);

  return {
    ask(device, space, blob, { part, index }, count) {
      const asked: Asked = { device, space, blob, request: next++, part, index, count };
      if (!send(device, space, { request: asked.request, blob, part, index, count })) return null;
      watch(asked);
      return asked;
    },
    answered(device, { request, part, index }) {
      const asked = underWay.get(request)?.asked;
      if (asked?.device !== device || asked.part !== part || asked.index !== index) return null;
      asked.index++;
      asked.count--;
      if (asked.count === 0) forget(request);
      else watch(asked);
      return asked;
    },
    giveUp({ device, space, blob, request, part, index }) {
      if (!underWay.has(request)) return;
      forget(request);
      send(device, space, { request, blob, part, index, count: 0 });
    },
    ofBlob: (blob) => filtered((asked) => asked.blob === blob),
    ofDevice: (device) => filtered((asked) => asked.device === device),
    stop() {
      for (const request of underWay.keys()) forget(request);
    },
  };
}
