import type { StoredEvent } from "@multichat/core/ports";
import type { EventId, Frame, SpaceId, WireEvent } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import type { SyncSpace } from "./host.ts";
import { createServing } from "./serving.ts";

const space = "s".repeat(64) as SpaceId;
const idOf = (n: number): EventId => String(n).repeat(64) as EventId;
const event = (n: number): StoredEvent =>
  ({ id: idOf(n), space, header: new Uint8Array(30_000).fill(n), signature: new Uint8Array(64), salt: new Uint8Array(16), payload: null }) as unknown as StoredEvent;

function served() {
  const sent: Frame[] = [];
  const peer = { listed: true, room: false, hidden: new Set<number>() };
  const serving = createServing({
    store: { event: (id: EventId) => event(Number(id[0])) } as never,
    space: { replica: { space } } as unknown as SyncSpace,
    audience: {
      isListed: () => peer.listed,
      readable: (events: WireEvent[]) => events.filter(({ header }) => !peer.hidden.has(header[0]!)),
      readableSeqs: (_channel, _device, held) => held,
    },
    alias: 0,
    send: (frame) => sent.push(frame),
    window: { hasRoom: () => peer.room },
  });
  const numbers = (): number[] => sent.flatMap((frame) => (frame.type === "events" ? frame.events.map(({ header }) => header[0]!) : []));
  return { serving, peer, sent, numbers };
}

describe("serving", () => {
  it("ends with a peer's membership, in the middle of what it asked for", () => {
    const { serving, peer, numbers, sent } = served();
    serving.get({ type: "get", alias: 0, request: 1, ids: [idOf(1), idOf(2), idOf(3)] });
    peer.room = true;
    let steps = 0;
    Object.defineProperty(peer, "listed", { get: () => steps++ === 0 });
    serving.resume();
    expect(numbers()).toEqual([1]);
    serving.resume();
    expect(sent.length).toBe(1);
  });

  it("shows a log to be judged to whoever is no member, whole", () => {
    const { serving, peer, numbers } = served();
    peer.listed = false;
    peer.hidden.add(2);
    peer.room = true;
    serving.pushAll([event(1), event(2)]);
    expect(numbers()).toEqual([1, 2]);
  });

  it("sends of what was asked for what the peer may have, and says when that is all", () => {
    const { serving, peer, numbers, sent } = served();
    peer.hidden.add(2).add(3);
    peer.room = true;
    serving.get({ type: "get", alias: 0, request: 7, ids: [idOf(1), idOf(2), idOf(3)] });
    expect(numbers()).toEqual([1]);
    expect(sent.filter((frame) => frame.type === "events" && frame.events.length === 0)).toEqual([]);
    expect(sent.at(-1)).toEqual({ type: "end", alias: 0, request: 7, missing: [] });
  });
});
