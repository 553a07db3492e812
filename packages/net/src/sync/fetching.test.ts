import { type ChannelId, type DeviceId, type Frame, type FrameOf, type Ranges, type SpaceId, limits } from "@multichat/protocol";
import { createVirtualClock } from "@multichat/testing/clock";
import { describe, expect, it } from "vitest";
import { createClaims } from "./claims.ts";
import { createFetching } from "./fetching.ts";
import type { SyncSpace } from "./host.ts";
import { fetchTimeoutMs, rangesOfPeer } from "./limits.ts";

const channel = "c".repeat(64) as ChannelId;
const device = "d".repeat(64) as DeviceId;

function twoPeers() {
  const clock = createVirtualClock();
  const space = { replica: { space: "s" as SpaceId, feeds: { get: () => null } }, claims: createClaims() } as unknown as SyncSpace;
  const peer = () => {
    const sent: Frame[] = [];
    const fetching = createFetching({ space, alias: 0, clock, send: (frame) => sent.push(frame), expired: () => fetching.examine() });
    return { fetching, wants: () => sent.filter((frame) => frame.type === "want"), gets: () => sent.filter((frame) => frame.type === "get") };
  };
  return { clock, one: peer(), other: peer() };
}

/** Milliseconds that this thread has computed since, whatever else the machine does. */
function spent(): () => number {
  const before = process.threadCpuUsage();
  return () => {
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
}

describe("fetching", () => {
  it("asks another peer when the first lets a request lie", async () => {
    const { clock, one, other } = twoPeers();
    for (const { fetching } of [one, other]) fetching.learn({ channel, device, ranges: [[1, 9]] });
    one.fetching.examine();
    other.fetching.examine();
    expect([one.wants().length, other.wants().length]).toEqual([1, 0]);
    await clock.advance(fetchTimeoutMs + 1);
    other.fetching.examine();
    expect(other.wants()).toMatchObject([{ ranges: [{ device, from: 1, to: 9 }] }]);
    expect([one.wants().length, one.fetching.missing()]).toEqual([1, 0]);
  });

  it("asks each peer once for an id that is not there", () => {
    const { one, other } = twoPeers();
    const id = "1".repeat(64) as never;
    one.fetching.askFor([id]);
    const [get] = one.gets();
    one.fetching.end({ type: "end", alias: 0, request: get!.type === "get" ? get!.request : 0, missing: [id] });
    one.fetching.askFor([id]);
    other.fetching.askFor([id]);
    expect([one.gets().length, other.gets().length]).toEqual([1, 1]);
  });

  it("keeps in mind so much of what one peer names, and of each further feed the newest only", { timeout: 60_000 }, () => {
    const { fetching, wants } = twoPeers().one;
    const feeds = rangesOfPeer / limits.ranges;
    const named = (i: number): DeviceId => i.toString(16).padStart(64, "0") as DeviceId;
    const holes = Array.from({ length: limits.ranges }, (_, k): Ranges[number] => [2 * k + 1, 2 * k + 1]);
    for (let i = 0; i < feeds; i++) expect(fetching.learn({ channel, device: named(i), ranges: holes })).toBe(true);
    expect(fetching.learn({ channel, device, ranges: holes })).toBe(false);
    expect(fetching.theirs(channel, device)).toEqual(holes.slice(-1));
    fetching.learnOne(channel, named(feeds), 7);
    expect(fetching.theirs(channel, named(feeds))).toEqual([]);
    // Whatever it does not give is asked of it once.
    for (let i = 0; i < (feeds * limits.ranges) / limits.page + 100; i++) {
      fetching.examine();
      const last = wants().at(-1) as FrameOf<"want">;
      fetching.end({ type: "end", alias: 0, request: last.request, missing: [] });
    }
    expect([fetching.idle(), new Set(wants().flatMap(({ ranges }) => ranges.map((one) => one.device + one.from))).size]).toEqual([true, rangesOfPeer + 1]);
    expect(wants().flatMap(({ ranges }) => ranges).length).toBe(rangesOfPeer + 1);
  });

  it("is not held up by a peer that names many holes, or many feeds", { timeout: 60_000 }, () => {
    const { fetching } = twoPeers().one;
    const learning = spent();
    for (let i = 0; i < 200; i++) {
      const ranges = Array.from({ length: 256 }, (_, k): Ranges[number] => [2 * (256 * i + k) + 1, 2 * (256 * i + k) + 1]);
      fetching.learn({ channel, device, ranges });
    }
    expect(fetching.theirs(channel, device).length).toBeLessThanOrEqual(256);
    for (let i = 0; i < 65_536; i++) fetching.learn({ channel, device: String(i).padStart(64, "0") as DeviceId, ranges: [[1, 1]] });
    expect(learning()).toBeLessThan(1_500);
    const looking = spent();
    for (let i = 0; i < 100; i++) {
      fetching.examine();
      fetching.missing();
    }
    expect(looking()).toBeLessThan(1_500);
  });
});
