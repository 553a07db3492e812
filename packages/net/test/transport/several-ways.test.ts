import { afterEach, describe, expect, it } from "vitest";
import { portOf, seedsInOrder, startDevice } from "./running-device.ts";
import type { RunningDevice } from "./running-device.ts";
import { startSlowProxy } from "./slow-proxy.ts";
import type { SlowProxy } from "./slow-proxy.ts";

const slowMs = 40;

describe("several ways to one device", { timeout: 30_000 }, () => {
  let dialler: RunningDevice;
  let target: RunningDevice;
  let proxy: SlowProxy;
  /** Another name for this machine: as far as the dial can tell, another place. */
  let slow: string;
  let fast: string;

  const start = async (diallerDecides: boolean): Promise<void> => {
    const [lower, higher] = await seedsInOrder();
    dialler = await startDevice(diallerDecides ? lower : higher);
    target = await startDevice(diallerDecides ? higher : lower);
    [fast = ""] = target.addresses;
    proxy = await startSlowProxy(portOf(fast), slowMs);
    slow = `/dns4/localhost/tcp/${proxy.port}`;
  };

  const linkVia = async (address: string): Promise<void> => {
    dialler.links.dial(target.device, [address]);
    await Promise.all([dialler.told.first("rtt"), target.told.first("rtt")]);
  };

  afterEach(async () => {
    await Promise.all([dialler.links.stop(), target.links.stop()]);
    await proxy.close();
    const breaches = [...dialler.told.breaches, ...target.told.breaches];
    if (breaches.length > 0) throw new Error(breaches.join(", "));
  });

  describe.each([
    ["the dialling side decides", true],
    ["the dialled side decides", false],
  ])("%s", (_name, diallerDecides) => {
    it("moves to the faster one, announces that on both sides, and closes the slower", async () => {
      await start(diallerDecides);
      await linkVia(slow);
      expect((await dialler.told.first("rtt")).ms).toBeGreaterThan(2 * slowMs - 5);
      dialler.links.dial(target.device, [fast]);
      for (const { told } of [dialler, target])
        await told.when(() => told.all("linked").length === 2);
      expect(dialler.told.open.get(target.device)?.address).toBe(fast);
      const ends = [...dialler.told.all("unlinked"), ...target.told.all("unlinked")];
      expect(ends.map(({ reason }) => reason)).toEqual(
        Array.from({ length: 2 }, () => "moved to a faster connection"),
      );
      await proxy.whenConnections(0);
      dialler.links.send(target.device, Uint8Array.of(1));
      target.links.send(dialler.device, Uint8Array.of(2));
      await Promise.all([dialler.told.first("frame"), target.told.first("frame")]);
      await dialler.told.when(() => dialler.told.all("rtt").at(-1)!.ms < slowMs);
    });

    it("stays where it is when the other way is slower, and closes that", async () => {
      await start(diallerDecides);
      await linkVia(`/dns4/localhost/tcp/${portOf(fast)}`);
      dialler.links.dial(target.device, [`/ip4/127.0.0.1/tcp/${proxy.port}`]);
      await proxy.whenConnections(1);
      await proxy.whenConnections(0);
      dialler.links.send(target.device, Uint8Array.of(1));
      await target.told.first("frame");
      expect([...dialler.told.all("unlinked"), ...target.told.all("unlinked")]).toEqual([]);
    });

    it("loses nothing and repeats nothing of what is announced as linked while it moves", async () => {
      await start(diallerDecides);
      await linkVia(slow);
      let sent = 0;
      const timer = setInterval(() => {
        const frame = new Uint8Array(4);
        new DataView(frame.buffer).setUint32(0, sent++);
        dialler.links.send(target.device, frame);
      }, 1);
      dialler.links.dial(target.device, [fast]);
      await target.told.when(() => target.told.all("linked").length === 2);
      const after = sent;
      const numbers = (): number[] =>
        target.told
          .frames()
          .map((frame) => new DataView(frame.buffer, frame.byteOffset).getUint32(0));
      await target.told.when(() => (numbers().at(-1) ?? 0) > after + 50);
      clearInterval(timer);
      const heard = numbers();
      expect(heard).toEqual(heard.toSorted((a, b) => a - b));
      expect(new Set(heard).size).toBe(heard.length);
      const gaps = heard.slice(1).filter((number, i) => number !== heard[i]! + 1);
      // One gap, where both sides were told that the link had ended.
      expect(gaps.length).toBeLessThanOrEqual(1);
    });
  });
});
