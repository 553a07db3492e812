import type { ChannelId, DeviceId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { createClaims, createRangeMap } from "./claims.ts";

const channel = "c".repeat(64) as ChannelId;
const device = "d".repeat(64) as DeviceId;

describe("claims", () => {
  it("give each seq to one peer only, until it is released", () => {
    const claims = createClaims();
    expect(claims.take({ channel, device, ranges: [[1, 10]] })).toEqual([[1, 10]]);
    expect(claims.take({ channel, device, ranges: [[5, 15]] })).toEqual([[11, 15]]);
    expect(claims.take({ channel, device, ranges: [[1, 15]] })).toEqual([]);
    claims.release({ channel, device, ranges: [[1, 10]] });
    expect(claims.take({ channel, device, ranges: [[8, 12]] })).toEqual([[8, 10]]);
  });

  it("of one feed do not concern another", () => {
    const claims = createClaims();
    claims.take({ channel, device, ranges: [[1, 10]] });
    expect(claims.take({ channel, device: "e".repeat(64) as DeviceId, ranges: [[1, 10]] })).toEqual([[1, 10]]);
  });
});

describe("what a peer holds", () => {
  it("grows by ranges and by single events, in any order", () => {
    const held = createRangeMap();
    held.add(channel, device, [[1, 3]]);
    held.addOne(channel, device, 4);
    held.addOne(channel, device, 8);
    held.addOne(channel, device, 6);
    held.addOne(channel, device, 7);
    expect(held.get(channel, device)).toEqual([[1, 4], [6, 8]]);
    expect(held.get(device as unknown as ChannelId, device)).toEqual([]);
    expect(held.size()).toBe(1);
  });
});
