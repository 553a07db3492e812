import type { DialAttempt } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { createVirtualClock } from "@multichat/testing/clock";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { createConnector } from "./connector.ts";

const bob = "b".repeat(64) as DeviceId;

function office() {
  const clock = createVirtualClock();
  const dials: { at: number; addresses: string[] }[] = [];
  const welcomes: (readonly DeviceId[])[] = [];
  const connector = createConnector({
    links: {
      dial: (_device, addresses) => void dials.push({ at: clock.elapsed, addresses }),
      welcome: (devices) => void welcomes.push(devices),
    },
    clock,
    random: createSeededRandom(1),
    changed() {},
  });
  connector.start();
  const link = { device: bob, kind: "direct" as const, address: "/a", outbound: true };
  return { clock, dials, welcomes, connector, link };
}

const refused: DialAttempt[] = [{ address: "/a", outcome: "connection refused" }];

describe("keeping connected", () => {
  it("dials at once whom it should reach, and whom it should not, never", async () => {
    const { clock, dials, connector } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    await clock.advance(10);
    expect(dials).toEqual([{ at: 0, addresses: ["/a"] }]);
    connector.setTargets(new Map());
    connector.dialFailed(bob, refused);
    await clock.advance(600_000);
    expect(dials).toHaveLength(1);
  });

  it("backs off from who does not answer, to once a minute", async () => {
    const { clock, dials, connector } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    for (let i = 0; i < 30; i++) {
      await clock.advance(90_000);
      connector.dialFailed(bob, refused);
    }
    const gaps = dials.slice(1).map(({ at }, i) => at - dials[i]!.at);
    expect(dials.length).toBeGreaterThan(20);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(90_000 + 60_000 * 1.3);
    expect(connector.peer(bob)?.attempts).toEqual(refused);
  });

  it("is back within seconds of a cut of a link that held", async () => {
    const { clock, dials, connector, link } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    await clock.advance(10);
    connector.linked(link);
    await clock.advance(60_000);
    connector.unlinked(bob, "the connection broke");
    expect(connector.peer(bob)?.attempts).toEqual([{ address: "/a", outcome: "the connection broke" }]);
    await clock.advance(1_000);
    expect(dials).toHaveLength(2);
    for (let i = 0; i < 20; i++) {
      connector.dialFailed(bob, refused);
      await clock.advance(6_000);
    }
    expect(dials.length).toBeGreaterThanOrEqual(21);
  });

  it("does not hammer on who takes the link and drops it", async () => {
    const { clock, dials, connector, link } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    for (let i = 0; i < 600; i++) {
      await clock.advance(1_000);
      if (dials.length > 0 && connector.peer(bob)?.retryAt === null) {
        connector.linked(link);
        connector.unlinked(bob, "no version in common");
      }
    }
    expect(dials.length).toBeLessThan(25);
  });

  it("has room kept for exactly those it should reach, and says so when they change", () => {
    const carol = "c".repeat(64) as DeviceId;
    const { connector, welcomes } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    connector.setTargets(new Map([[bob, ["/b"]]]));
    connector.setTargets(new Map([[bob, []], [carol, []]]));
    connector.setTargets(new Map([[carol, []]]));
    expect(welcomes).toEqual([[], [bob], [bob, carol], [carol]]);
  });

  it("dials nobody while it rests, and keeps room all the same", async () => {
    const { clock, dials, welcomes, connector, link } = office();
    connector.setTargets(new Map([[bob, ["/a"]]]));
    connector.rest();
    await clock.advance(600_000);
    connector.linked(link);
    connector.unlinked(bob, "the connection broke");
    connector.hurry(bob, ["/near"]);
    await clock.advance(600_000);
    expect(dials).toEqual([]);
    expect(welcomes.at(-1)).toEqual([bob]);
  });

  it("tries addresses seen nearby first, and keeps them when others are announced", async () => {
    const { clock, dials, connector } = office();
    connector.setTargets(new Map([[bob, ["/old"]]]));
    await clock.advance(10);
    connector.dialFailed(bob, refused);
    connector.hurry(bob, ["/near"]);
    connector.setTargets(new Map([[bob, ["/new"]]]));
    await clock.advance(10);
    expect(dials.at(-1)?.addresses).toEqual(["/near", "/new"]);
  });
});
