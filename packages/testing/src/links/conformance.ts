/** What every links adapter must do, whatever carries its frames. */
import { waitingWeight } from "@multichat/core/ports";
import type { Links } from "@multichat/core/ports";
import { limits } from "@multichat/protocol";
import type { DeviceId } from "@multichat/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LinksRecorder } from "./recorder.ts";

export interface LinksPair {
  /** Two devices that can reach each other and were not started yet. */
  a: { device: DeviceId; links: Links };
  b: { device: DeviceId; links: Links };
  /** A device that is nowhere. */
  stranger: DeviceId;
  /** An address at which nobody listens, but whose machine answers. */
  closedAddress: string;
  /** Lets time pass until the promise settles. */
  wait: <T>(promise: Promise<T>) => Promise<T>;
  dispose: () => Promise<void>;
}

export interface LinksSuiteOptions {
  timeoutMs?: number;
}

const frameOf = (length: number, first: number): Uint8Array =>
  new Uint8Array(length).fill(first & 0xff);

export function describeLinks(
  name: string,
  makePair: () => Promise<LinksPair>,
  { timeoutMs = 30_000 }: LinksSuiteOptions = {},
): void {
  describe(`links: ${name}`, { timeout: timeoutMs }, () => {
    let pair: LinksPair;
    let atA: LinksRecorder;
    let atB: LinksRecorder;

    const addressesOf = async (recorder: LinksRecorder): Promise<string[]> =>
      (await pair.wait(recorder.first("listening"))).addresses;
    const linkUp = async (): Promise<void> => {
      pair.a.links.dial(pair.b.device, await addressesOf(atB));
      await pair.wait(Promise.all([atA.first("linked"), atB.first("linked")]));
    };
    const received = (recorder: LinksRecorder, count: number): Promise<void> =>
      pair.wait(recorder.when(() => recorder.frames().length >= count));

    beforeEach(async () => {
      pair = await makePair();
      atA = new LinksRecorder(pair.a.links);
      atB = new LinksRecorder(pair.b.links);
      await pair.a.links.start(atA);
      await pair.b.links.start(atB);
    });

    afterEach(async () => {
      await pair.wait(Promise.all([pair.a.links.stop(), pair.b.links.stop()]));
      await pair.dispose();
      expect({ a: atA.breaches, b: atB.breaches }).toEqual({ a: [], b: [] });
      expect([atA.open.size, atB.open.size]).toEqual([0, 0]);
    });

    it("says where it can be dialled", async () => {
      const addresses = await addressesOf(atA);
      expect(addresses.length).toBeGreaterThan(0);
      for (const address of addresses)
        expect(address).toMatch(/^\/(?!.*\/p2p\/)(?!ip4\/0\.0\.0\.0)/);
    });

    it("links two devices, and each knows the other and who dialled", async () => {
      await linkUp();
      expect(atA.open.get(pair.b.device)).toMatchObject({ device: pair.b.device, outbound: true });
      expect(atB.open.get(pair.a.device)).toMatchObject({ device: pair.a.device, outbound: false });
      expect(await addressesOf(atB)).toContain(atA.open.get(pair.b.device)?.address);
    });

    it("carries whole frames in order, both ways, from one byte to the largest", async () => {
      await linkUp();
      const lengths = [1, 2, 127, 128, 300, 16_384, 65_536, limits.frame, 5];
      for (const [i, length] of lengths.entries()) {
        pair.a.links.send(pair.b.device, frameOf(length, i));
        pair.b.links.send(pair.a.device, frameOf(length, i + 100));
      }
      await received(atA, lengths.length);
      await received(atB, lengths.length);
      expect(atB.frames()).toEqual(lengths.map((length, i) => frameOf(length, i)));
      expect(atA.frames()).toEqual(lengths.map((length, i) => frameOf(length, i + 100)));
    });

    it("carries frames that are sent from inside `linked` and from inside `frame`", async () => {
      const answer = atB.frame.bind(atB);
      atB.frame = (device, frame) => {
        pair.b.links.send(device, frameOf(frame.length + 1, 9));
        answer(device, frame);
      };
      const greet = atA.linked.bind(atA);
      atA.linked = (link) => {
        greet(link);
        pair.a.links.send(link.device, frameOf(3, 1));
      };
      await linkUp();
      await received(atA, 1);
      expect(atA.frames()[0]).toEqual(frameOf(4, 9));
    });

    it("lets the sender reuse its buffer", async () => {
      await linkUp();
      const buffer = frameOf(64, 1);
      pair.a.links.send(pair.b.device, buffer);
      buffer.fill(2);
      pair.a.links.send(pair.b.device, buffer);
      await received(atB, 2);
      expect(atB.frames()).toEqual([frameOf(64, 1), frameOf(64, 2)]);
    });

    it("hands over frames that are alone in their buffers", async () => {
      await linkUp();
      for (const length of [1, 100, 100_000])
        pair.a.links.send(pair.b.device, new Uint8Array(200_000).subarray(7, 7 + length));
      await received(atB, 3);
      const buffers = new Set(atB.frames().map(({ buffer }) => buffer));
      expect([...buffers].map(({ byteLength }) => byteLength)).toEqual([1, 100, 100_000]);
    });

    it("refuses to send a frame over the limit", async () => {
      await linkUp();
      expect(() => pair.a.links.send(pair.b.device, new Uint8Array(limits.frame + 1))).toThrow(
        RangeError,
      );
      pair.a.links.send(pair.b.device, frameOf(1, 1));
      await received(atB, 1);
    });

    it("says when a long queue has drained", async () => {
      await linkUp();
      const count = 100;
      for (let i = 0; i < count; i++) pair.a.links.send(pair.b.device, frameOf(32 * 1024, i));
      const { queued } = await pair.wait(atA.first("drained"));
      expect(queued).toBeLessThan(64 * 1024);
      await received(atB, count);
      expect(atB.frames().map((frame) => frame[0])).toEqual(
        Array.from({ length: count }, (_, i) => i),
      );
    });

    /** Long enough for anything else that was on its way to have arrived: frames go back one after another. */
    const passTime = async (): Promise<void> => {
      for (let i = 0; i < 200; i++) {
        const before = atA.frames().length;
        pair.b.links.send(pair.a.device, frameOf(1, i));
        await received(atA, before + 1);
      }
    };
    const flood = 384;
    const fill = async (): Promise<void> => {
      atB.keepFrames();
      for (let i = 0; i < flood; i++) pair.a.links.send(pair.b.device, frameOf(64 * 1024, i));
      await pair.wait(atB.when(() => atB.keptOf(pair.a.device) >= waitingWeight));
    };

    it("reads no more from a device while too much is not worked off, then goes on where it was", async () => {
      await linkUp();
      await fill();
      await passTime();
      // What had been on its way is here.
      expect(atB.keptOf(pair.a.device)).toBeLessThan(2 * waitingWeight);
      expect(atA.all("drained")).toEqual([]);
      atB.takeFrames();
      await received(atB, flood);
      expect(atB.frames().map((frame) => frame[0])).toEqual(
        Array.from({ length: flood }, (_, i) => i & 0xff),
      );
      await pair.wait(atA.first("drained"));
    });

    it("makes no more room for a device that links anew", async () => {
      await linkUp();
      await fill();
      pair.a.links.close(pair.b.device, "to try it with another");
      await pair.wait(Promise.all([atA.first("unlinked"), atB.first("unlinked")]));
      const kept = atB.keptOf(pair.a.device);
      pair.a.links.dial(pair.b.device, await addressesOf(atB));
      await pair.wait(
        Promise.all([atA.when(() => atA.open.size === 1), atB.when(() => atB.open.size === 1)]),
      );
      pair.a.links.send(pair.b.device, frameOf(9, 9));
      await passTime();
      expect(atB.keptOf(pair.a.device)).toBe(kept);
      atB.takeFrames();
      await pair.wait(atB.when(() => atB.frames().at(-1)?.length === 9));
    });

    it("measures the round trip", async () => {
      await linkUp();
      const { device, ms } = await pair.wait(atA.first("rtt"));
      expect(device).toBe(pair.b.device);
      expect(ms).toBeGreaterThanOrEqual(0);
      await pair.wait(atB.first("rtt"));
    });

    it("settles on one link when both dial at once", async () => {
      pair.a.links.dial(pair.b.device, await addressesOf(atB));
      pair.b.links.dial(pair.a.device, await addressesOf(atA));
      await pair.wait(Promise.all([atA.first("rtt"), atB.first("rtt")]));
      // Whatever moves on the way is announced; in the end a frame gets through on what both call the link.
      let tries = 0;
      const hears = (recorder: LinksRecorder): boolean =>
        recorder.frames().some((frame) => frame[0] === tries % 256);
      while (tries < 50) {
        tries++;
        pair.a.links.send(pair.b.device, frameOf(10, tries));
        pair.b.links.send(pair.a.device, frameOf(10, tries));
        const before = atA.all("unlinked").length + atB.all("unlinked").length;
        const moved = (): boolean =>
          atA.all("unlinked").length + atB.all("unlinked").length > before;
        await pair.wait(
          Promise.race([
            Promise.all([atA.when(() => hears(atA)), atB.when(() => hears(atB))]),
            atA.when(moved),
            atB.when(moved),
          ]),
        );
        if (hears(atA) && hears(atB)) break;
        await pair.wait(
          Promise.all([atA.when(() => atA.open.size === 1), atB.when(() => atB.open.size === 1)]),
        );
      }
      expect([hears(atA), hears(atB)]).toEqual([true, true]);
      expect([atA.open.size, atB.open.size]).toEqual([1, 1]);
      expect(atA.all("dialFailed").length + atB.all("dialFailed").length).toBe(0);
    });

    it("says of every address why it did not do", async () => {
      const [ownAddress] = await addressesOf(atB);
      pair.a.links.dial(pair.stranger, [pair.closedAddress, ownAddress!, "nonsense"]);
      const { device, attempts } = await pair.wait(atA.first("dialFailed"));
      expect(device).toBe(pair.stranger);
      expect(new Map(attempts.map(({ address, outcome }) => [address, outcome]))).toEqual(
        new Map([
          [pair.closedAddress, "connection refused"],
          [ownAddress, "answered, but it is another device"],
          ["nonsense", "address not understood"],
        ]),
      );
      expect(atB.all("linked")).toEqual([]);
    });

    it("fails a dial with nothing to try", async () => {
      pair.a.links.dial(pair.stranger, []);
      expect((await pair.wait(atA.first("dialFailed"))).attempts).toEqual([]);
    });

    it("never links a device to itself", async () => {
      pair.a.links.dial(pair.a.device, await addressesOf(atA));
      const { attempts } = await pair.wait(atA.first("dialFailed"));
      for (const { outcome } of attempts) expect(outcome).toBe("this is the device itself");
      expect(atA.all("linked")).toEqual([]);
    });

    it("adds the addresses of a second dial to the first", async () => {
      pair.a.links.dial(pair.b.device, [pair.closedAddress]);
      pair.a.links.dial(pair.b.device, await addressesOf(atB));
      await pair.wait(Promise.all([atA.first("linked"), atB.first("linked")]));
      expect(atA.all("dialFailed")).toEqual([]);
    });

    it("closes only after what was queued has been sent", async () => {
      await linkUp();
      const count = 50;
      for (let i = 0; i < count; i++) pair.a.links.send(pair.b.device, frameOf(8_192, i));
      pair.a.links.close(pair.b.device, "because the story says so");
      const [near, far] = await pair.wait(
        Promise.all([atA.first("unlinked"), atB.first("unlinked")]),
      );
      expect(near.reason).toBe("because the story says so");
      expect(far.reason).toBe("closed by the other device");
      expect(atB.frames()).toHaveLength(count);
      expect([atA.open.size, atB.open.size]).toEqual([0, 0]);
    });

    it("links again after a close", async () => {
      await linkUp();
      pair.b.links.close(pair.a.device, "for now");
      await pair.wait(Promise.all([atA.first("unlinked"), atB.first("unlinked")]));
      pair.a.links.dial(pair.b.device, await addressesOf(atB));
      await pair.wait(
        Promise.all([atA.when(() => atA.open.size === 1), atB.when(() => atB.open.size === 1)]),
      );
      pair.b.links.send(pair.a.device, frameOf(7, 7));
      await received(atA, 1);
      expect(atA.frames()).toEqual([frameOf(7, 7)]);
    });

    it("ignores frames and closes for devices without a link", async () => {
      pair.a.links.send(pair.stranger, frameOf(1, 1));
      pair.a.links.close(pair.stranger, "not there");
      await linkUp();
      expect(atA.events.some((event) => "device" in event && event.device === pair.stranger)).toBe(
        false,
      );
    });

    it("may be told what to do from inside the first thing it tells", async () => {
      await pair.wait(pair.a.links.stop());
      const eager = new LinksRecorder(pair.a.links);
      const addresses = await addressesOf(atB);
      const listening = eager.listening.bind(eager);
      eager.listening = (own) => {
        listening(own);
        pair.a.links.dial(pair.b.device, addresses);
      };
      await pair.a.links.start(eager);
      await pair.wait(eager.first("linked"));
      await pair.wait(pair.a.links.stop());
      expect([eager.breaches, eager.open.size]).toEqual([[], 0]);
    });

    it("tells the other side when it stops, and nothing to its own afterwards; then it can start again", async () => {
      await linkUp();
      await pair.wait(pair.b.links.stop());
      expect(atB.open.size).toBe(0);
      const told = atB.events.length;
      await pair.wait(atA.first("unlinked"));
      expect(atB.events.length).toBe(told);

      const again = new LinksRecorder(pair.b.links);
      await pair.b.links.start(again);
      pair.a.links.dial(pair.b.device, await addressesOf(again));
      await pair.wait(Promise.all([atA.when(() => atA.open.size === 1), again.first("linked")]));
      pair.a.links.send(pair.b.device, frameOf(20, 20));
      await received(again, 1);
      await pair.wait(pair.b.links.stop());
      expect([again.breaches, again.open.size]).toEqual([[], 0]);
    });
  });
}
