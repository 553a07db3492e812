import type { Connector } from "@multichat/net/connections";
import { afterEach, describe, expect, it } from "vitest";
import { transportLimits } from "../../src/transport/limits.ts";
import { keepConnected, seedsInOrder, startDevice } from "./running-device.ts";
import type { RunningDevice } from "./running-device.ts";

describe("two processes of one device", { timeout: 60_000 }, () => {
  const running: RunningDevice[] = [];
  const connectors: Connector[] = [];

  const start = async (seed: Uint8Array): Promise<RunningDevice> => {
    const device = await startDevice(seed);
    running.push(device);
    return device;
  };

  afterEach(async () => {
    for (const connector of connectors.splice(0)) connector.stop();
    const stopping = running.splice(0);
    await Promise.all(stopping.map(({ links }) => links.stop()));
    const breaches = stopping.flatMap(({ told }) => told.breaches);
    if (breaches.length > 0) throw new Error(breaches.join(", "));
  });

  it.each([
    ["the third decides", true],
    ["the two decide", false],
  ])("get the link of a third in turn: %s", async (_name, thirdDecides) => {
    const [lower, higher] = await seedsInOrder();
    const third = await start(thirdDecides ? lower : higher);
    const seed = thirdDecides ? higher : lower;
    const first = await start(seed);
    connectors.push(keepConnected(first, third));
    await Promise.all([third.told.first("linked"), first.told.first("linked")]);
    const linkedAt = performance.now();

    const second = await start(seed);
    connectors.push(keepConnected(second, third));
    const heard = (number: number): Promise<void> =>
      third.told.when(() => third.told.frames().some((frame) => frame[0] === number));
    for (const [number, process] of [first, second].entries()) {
      const linked = process.told.linked.bind(process.told);
      process.told.linked = (link) => {
        linked(link);
        process.links.send(link.device, Uint8Array.of(number));
      };
    }
    await heard(1);
    expect(performance.now() - linkedAt).toBeGreaterThan(transportLimits.turnMs - 100);
    await heard(0);
    const reasons = new Set(third.told.all("unlinked").map(({ reason }) => reason));
    expect([...reasons]).toEqual(["another process of this device took over"]);
  });
});
