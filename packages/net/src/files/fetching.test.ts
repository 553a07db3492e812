import { hash } from "node:crypto";
import { type BlobStore, createBlobStore } from "@multichat/core";
import { type BlobId, type DeviceId, type Frame, type FrameOf, type SpaceId, chunkSize } from "@multichat/protocol";
import { type VirtualClock, createVirtualClock } from "@multichat/testing/clock";
import { type MemoryDisk, createMemoryDisk } from "@multichat/testing/disk";
import { createSeededRandom } from "@multichat/testing/random";
import { beforeEach, describe, expect, it } from "vitest";
import { type Giving, createGiving } from "../sync/giving.ts";
import { type Fetching, createFetching } from "./fetching.ts";
import { piecesUnderWay } from "./limits.ts";
import { priorities } from "./transfer.ts";

const space = "5".repeat(64) as SpaceId;
const latencyMs = 10;

interface Member {
  device: DeviceId;
  blobs: BlobStore;
  disk: MemoryDisk;
  /** What it is asked for. */
  asked: FrameOf<"fetch">[];
  online: boolean;
  mayGive: boolean;
  /** Changes what it sends. */
  spoil: (piece: FrameOf<"piece">) => FrameOf<"piece"> | null;
}

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  new Uint8Array(hash("sha256", Buffer.concat(parts), "buffer"));

let clock: VirtualClock;
let members: Member[];
let here: { disk: MemoryDisk; blobs: BlobStore };
let fetching: Fetching;
let changes: { blob: BlobId; came: boolean }[];
let ahead: number;
/** What was read to be sent, and what came of it. */
let carried: Uint8Array[];

beforeEach(() => {
  clock = createVirtualClock();
  members = [];
  const disk = createMemoryDisk(clock);
  here = { disk, blobs: createBlobStore({ disk, sha256, random: createSeededRandom(1) }) };
  start();
});

function start(): void {
  changes = [];
  ahead = 0;
  carried = [];
  const giving = new Map<Member, Giving>();
  const running = createFetching({
    blobs: here.blobs,
    clock,
    members: () => members.filter(({ online }) => online).map(({ device }) => device),
    send(device, _space, wanted) {
      const member = members.find((one) => one.device === device && one.online);
      if (member === undefined) return false;
      if (!giving.has(member)) giving.set(member, serve(member, (piece) => running.piece(space, device, piece)));
      clock.after(latencyMs, () => {
        if (!member.online) return;
        member.asked.push({ type: "fetch", alias: 0, ...wanted });
        expect(giving.get(member)!.fetch({ type: "fetch", alias: 0, ...wanted })).toBe(true);
      });
      return true;
    },
    changed: (blob, came) => void changes.push({ blob, came }),
    log() {},
  });
  fetching = running;
}

function serve(member: Member, came: (piece: FrameOf<"piece">) => void): Giving {
  const send = (frame: Frame): void => {
    if (frame.type !== "piece") return;
    const sent = { ...frame, bytes: frame.bytes.slice() };
    carried.push(frame.bytes, sent.bytes);
    const piece = member.spoil(sent);
    ahead++;
    clock.after(latencyMs, () => {
      ahead--;
      if (piece !== null && member.online) came(piece);
    });
  };
  return createGiving({ alias: 0, mayHave: () => member.mayGive, open: (blob) => member.blobs.open(blob), failed() {}, send, window: { hasRoom: () => true } });
}

function member(name: string): Member {
  const disk = createMemoryDisk(clock);
  const made: Member = {
    device: name.repeat(64) as DeviceId,
    disk,
    blobs: createBlobStore({ disk, sha256, random: createSeededRandom(2) }),
    asked: [],
    online: true,
    mayGive: true,
    spoil: (piece) => piece,
  };
  members.push(made);
  return made;
}

async function put(bytes: Uint8Array, ...into: Member[]): Promise<BlobId> {
  let blob: BlobId | null = null;
  for (const { blobs } of into) {
    const writer = await blobs.create();
    await writer.write(bytes);
    ({ blob } = (await writer.finish())!);
  }
  return blob!;
}

const sample = (length: number): Uint8Array => createSeededRandom(length).bytes(length);
const chunksAsked = ({ asked }: Member): number => asked.filter(({ part }) => part === "chunk").reduce((sum, { count }) => sum + count, 0);
const want = (blob: BlobId, size: number, priority: 0 | 1 | 2 = priorities.looking): void => fetching.want(blob, size, space, priority);

async function cameWhole(blob: BlobId, size: number): Promise<void> {
  expect(await clock.until(() => here.blobs.size(blob) === size, 600_000)).toBe(true);
}

describe("a file", () => {
  it.each([1, chunkSize, 20 * chunkSize + 7])("of %i bytes comes from the one who has it, with progress", async (size) => {
    const bytes = sample(size);
    const alice = member("a");
    const blob = await put(bytes, alice);
    want(blob, size);
    await cameWhole(blob, size);
    const reader = (await here.blobs.open(blob))!;
    expect(Buffer.from((await reader.read("chunk", 0))!).equals(bytes.subarray(0, chunkSize))).toBe(true);
    expect(changes.at(-1)).toEqual({ blob, came: true });
    expect(fetching.state(blob)).toBeNull();
    expect(alice.asked.some(({ part }) => part === "list")).toBe(false);
  });

  it("leaves no memory behind that is still to be collected", async () => {
    const size = 5 * chunkSize;
    const blob = await put(sample(size), member("a"));
    want(blob, size);
    await cameWhole(blob, size);
    expect(carried.map(({ length }) => length)).toEqual(Array.from({ length: 12 }, () => 0));
  });

  it("comes from several at once, no more than so much ahead", async () => {
    const size = 64 * chunkSize;
    const people = ["a", "b", "c"].map(member);
    const blob = await put(sample(size), ...people);
    want(blob, size);
    let most = 0;
    expect(
      await clock.until(() => {
        most = Math.max(most, ahead);
        return here.blobs.size(blob) === size;
      }, 60_000),
    ).toBe(true);
    expect(people.map((one) => chunksAsked(one) > 10)).toEqual([true, true, true]);
    expect(people.reduce((sum, one) => sum + chunksAsked(one), 0)).toBe(64);
    expect(most).toBeLessThanOrEqual(piecesUnderWay);
  });

  it("of two pages is asked for its list first", async () => {
    const size = 2049 * chunkSize;
    const alice = member("a");
    want("b".repeat(64) as BlobId, size);
    await clock.advance(1_000);
    expect(alice.asked.map(({ part, index }) => `${part} ${index}`)).toEqual(["list 0"]);
  });

  it("goes on from others when one leaves in the middle", async () => {
    const size = 64 * chunkSize;
    const [alice, bob] = [member("a"), member("b")];
    const blob = await put(sample(size), alice, bob);
    want(blob, size);
    await clock.until(() => (fetching.state(blob)?.have ?? 0) > 10 * chunkSize, 10_000);
    alice.online = false;
    fetching.unlinked(alice.device);
    await cameWhole(blob, size);
    expect(chunksAsked(alice) + chunksAsked(bob)).toBeLessThanOrEqual(64 + piecesUnderWay);
  });

  it("is taken from others when one sends something else, and that one is asked no more", async () => {
    const size = 40 * chunkSize;
    const [alice, mallory] = [member("a"), member("e")];
    const blob = await put(sample(size), alice, mallory);
    mallory.spoil = (piece) => ({ ...piece, bytes: piece.bytes.map((byte) => byte ^ 1) });
    want(blob, size);
    await cameWhole(blob, size);
    expect(chunksAsked(mallory)).toBeLessThanOrEqual(piecesUnderWay);
  });

  it("is asked of others when one lets a request lie", async () => {
    const size = 9 * chunkSize;
    const [alice, mallory] = [member("a"), member("e")];
    const blob = await put(sample(size), mallory, alice);
    mallory.spoil = () => null;
    want(blob, size);
    await cameWhole(blob, size);
    expect(clock.elapsed).toBeLessThan(30_000);
  });

  it("goes on after a restart with what is there", async () => {
    const size = 40 * chunkSize;
    const alice = member("a");
    const blob = await put(sample(size), alice);
    want(blob, size);
    await clock.until(() => (fetching.state(blob)?.have ?? 0) > 15 * chunkSize, 10_000);
    await clock.wait(fetching.stop());
    await clock.advance(1_000);
    alice.asked.length = 0;
    start();
    want(blob, size);
    await cameWhole(blob, size);
    expect(chunksAsked(alice)).toBeLessThanOrEqual(25);
  });

  it("that nobody has is asked for again, rarely, and at once when somebody comes", async () => {
    const size = 3 * chunkSize;
    const [alice, bob] = [member("a"), member("b")];
    alice.mayGive = false;
    bob.online = false;
    const blob = await put(sample(size), alice, bob);
    want(blob, size);
    await clock.advance(1_000);
    expect(fetching.state(blob)).toEqual({ step: "failed", why: "nobody", have: 0, of: size, from: [] });
    await clock.advance(3_600_000);
    expect(alice.asked.length).toBeGreaterThan(5);
    expect(alice.asked.length).toBeLessThan(20);
    bob.online = true;
    fetching.linked(bob.device);
    await clock.advance(1_000);
    expect(here.blobs.size(blob)).toBe(size);
  });

  it("that was cancelled leaves nothing, and can be fetched later", async () => {
    const size = 40 * chunkSize;
    const alice = member("a");
    const blob = await put(sample(size), alice);
    want(blob, size);
    await clock.until(() => (fetching.state(blob)?.have ?? 0) > chunkSize, 10_000);
    await clock.wait(fetching.cancel(blob));
    await clock.advance(1_000);
    expect(await here.disk.list()).toEqual([]);
    expect(fetching.state(blob)).toBeNull();
    const before = chunksAsked(alice);
    expect(before).toBeLessThan(40);
    want(blob, size);
    await cameWhole(blob, size);
  });

  it("for which the disk has no room waits until there is some", async () => {
    const size = 40 * chunkSize;
    const blob = await put(sample(size), member("a"));
    here.disk.room = 10 * chunkSize;
    want(blob, size);
    await clock.advance(2_000);
    expect(fetching.state(blob)).toMatchObject({ step: "failed", why: "disk-full" });
    here.disk.room = Infinity;
    await cameWhole(blob, size);
  });

  it("whose size was told wrongly never comes", async () => {
    const blob = await put(sample(3 * chunkSize), member("a"));
    want(blob, 3 * chunkSize + 1);
    await clock.advance(2_000);
    expect(fetching.state(blob)).toMatchObject({ step: "failed", why: "nobody", have: 0 });
  });
});

describe("several files", () => {
  it("come in the order of their urgency", async () => {
    const size = 12 * chunkSize;
    const alice = member("a");
    const ids: BlobId[] = [];
    for (let i = 0; i < 6; i++) ids.push(await put(sample(size + i), alice));
    ids.forEach((blob, i) => want(blob, size + i, priorities.unasked));
    const urgent = await put(sample(size + 6), alice);
    want(urgent, size + 6, priorities.looking);
    want(ids[5]!, size + 5, priorities.looking);
    await cameWhole(ids[4]!, size + 4);
    const order = changes.filter(({ came }) => came).map(({ blob }) => (blob === urgent ? "urgent" : ids.indexOf(blob)));
    expect(new Set(order.slice(0, 4))).toEqual(new Set(["urgent", 5, 0, 1]));
    expect(new Set(order.slice(4))).toEqual(new Set([2, 3, 4]));
  });
});
