import type { FileDraft, FileState, Message, Space } from "@multichat/client/contract";
import { type BlobId, type SpaceId, chunkSize } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { team } from "./people.ts";
import { rawMember } from "./raw-device.ts";
import type { Person } from "./world.ts";

const large = 9 * 1024 * 1024;
const dayMs = 24 * 3_600_000;
const sample = (length: number): Uint8Array => createSeededRandom(length).bytes(length);

/** Hands a file over, as the local API does. */
async function handOver(who: Person, size: number): Promise<BlobId> {
  const writer = await who.blobs.create();
  await writer.write(sample(size));
  return (await writer.finish())!.blob;
}

async function attach(who: Person, space: Space, files: Partial<FileDraft>[], text = ""): Promise<Message> {
  const { channels } = await who.call("channel.list", { space: space.id });
  const drafts = files.map((file) => ({ name: "holiday.jpg", type: "image/jpeg", ...file }) as FileDraft);
  return (await who.call("message.send", { channel: channels[0]!.id, text, files: drafts })).message;
}

async function stateOf(who: Person, message: Message, blob: string): Promise<FileState> {
  return (await who.call("file.get", { message: message.id, blob })).file.state;
}

const has = (who: Person, blob: BlobId): boolean => who.blobs.size(blob) !== null;

describe("a file", { timeout: 60_000 }, () => {
  it("that is small comes to everybody by itself, also from others when its author has left", async () => {
    const { world, people: [alice, bob, carol], space } = await team(901, "Alice", "Bob", "Carol");
    await carol!.stop();
    const blob = await handOver(alice!, 300_000);
    const thumb = await handOver(alice!, 5_000);
    const message = await attach(alice!, space, [{ blob, shape: { width: 4, height: 3, thumb: { blob: thumb, size: 1 } } }]);
    expect(message).toMatchObject({ text: "", files: [{ blob, name: "holiday.jpg", type: "image/jpeg", size: 300_000, state: { step: "here" }, thumbHere: true }] });
    await world.until("Bob has it", () => has(bob!, blob) && has(bob!, thumb));
    expect(bob!.pushes.some(({ push, data }) => push === "file" && "blob" in data && data.blob === blob)).toBe(true);
    await alice!.stop();
    await carol!.start();
    await world.until("Carol has it from Bob", () => has(carol!, blob) && has(carol!, thumb));
    const [shown] = await carol!.messages(space);
    expect(shown!.files).toMatchObject([{ blob, size: 300_000, shape: { width: 4, thumb: { blob: thumb, size: 5_000 } }, state: { step: "here" }, thumbHere: true }]);
  });

  it("that is large comes when somebody asks, goes on after a restart, and from another when one leaves", async () => {
    const { world, people: [alice, bob, carol], space } = await team(902, "Alice", "Bob", "Carol");
    const blob = await handOver(alice!, large);
    const message = await attach(alice!, space, [{ blob }], "see");
    await world.agree(space, [alice!, bob!, carol!]);
    await world.clock.advance(20_000);
    expect(await stateOf(bob!, message, blob)).toEqual({ step: "missing" });
    await bob!.call("file.fetch", { message: message.id, blob });
    await world.until("Bob has it", () => has(bob!, blob));
    await carol!.call("file.fetch", { message: message.id, blob });
    const got = async (): Promise<number> => {
      const state = await stateOf(carol!, message, blob);
      return state.step === "fetching" ? state.have : 0;
    };
    await world.until("some of it is here", async () => (await got()) > chunkSize);
    await carol!.kill();
    await alice!.stop();
    const kept = carol!.disk.size(`partial/${blob}`)!;
    expect(kept).toBeGreaterThan(chunkSize);
    await carol!.start();
    await world.until("Carol has it", () => has(carol!, blob));
    expect(await stateOf(carol!, message, blob)).toEqual({ step: "here" });
  });

  it("nobody can give is said to be so, and can be cancelled", async () => {
    const { world, people: [alice, bob], space } = await team(903, "Alice", "Bob");
    const blob = await handOver(alice!, large);
    const message = await attach(alice!, space, [{ blob }]);
    await world.agree(space, [alice!, bob!]);
    await alice!.stop();
    await bob!.call("file.fetch", { message: message.id, blob });
    await world.until("Bob is told", async () => (await stateOf(bob!, message, blob)).step === "failed");
    expect(await stateOf(bob!, message, blob)).toEqual({ step: "failed", why: "nobody" });
    await bob!.call("file.cancel", { message: message.id, blob });
    await world.clock.advance(100);
    expect(await stateOf(bob!, message, blob)).toEqual({ step: "missing" });
  });

  it("is given to members who may read its message and to nobody else, a few pieces at a time", async () => {
    const { world, people: [alice, bob, eve, carol], space } = await team(904, "Alice", "Bob", "Eve", "Carol");
    const blob = await handOver(alice!, 600_000);
    const { space: board } = await alice!.call("space.create", { name: "Board" });
    const secret = await handOver(alice!, 400_000);
    await attach(alice!, board, [{ blob: secret }]);
    const unsent = await handOver(alice!, 1_000);
    await attach(alice!, space, [{ blob }]);
    await world.until("Bob has it", () => has(bob!, blob));
    await carol!.stop();
    const mallory = await rawMember(world, alice!, eve!, space.id);
    await mallory.enter();
    mallory.received.length = 0;
    const asked = [blob, secret, unsent, "f".repeat(64) as BlobId];
    for (const [i, one] of asked.entries()) mallory.send({ type: "fetch", alias: 0, request: i + 1, blob: one, part: "chunk", index: 0, count: 1 });
    await world.clock.advance(500);
    const pieces = mallory.of("piece").toSorted((a, b) => a.request - b.request);
    expect(pieces.map(({ request, bytes }) => [request, bytes.length])).toEqual([[1, chunkSize], [2, 0], [3, 0], [4, 0]]);
    for (let i = 10; i < 15; i++) mallory.send({ type: "fetch", alias: 0, request: i, blob, part: "chunk", index: 0, count: 16 });
    await world.clock.advance(500);
    expect(mallory.of("bye")).toMatchObject([{ code: "out-of-order" }]);
  });

  it("goes from the disk of all when its message is deleted", async () => {
    const { world, people: [alice, bob], space } = await team(905, "Alice", "Bob");
    const blob = await handOver(alice!, 200_000);
    const message = await attach(alice!, space, [{ blob }]);
    await world.until("Bob has it", () => has(bob!, blob));
    await alice!.call("message.delete", { message: message.id });
    await world.until("it is gone", async () => (await alice!.disk.list()).length === 0 && (await bob!.disk.list()).length === 0);
    await expect(bob!.call("file.get", { message: message.id, blob })).rejects.toMatchObject({ code: "not-found" });
  });

  it("of others is let go after so many days where that is wanted, and comes again", async () => {
    const { world, people: [alice, bob], space } = await team(906, "Alice", "Bob");
    const blob = await handOver(alice!, 200_000);
    const message = await attach(alice!, space, [{ blob }]);
    await world.until("Bob has it", () => has(bob!, blob));
    for (const who of [alice!, bob!]) await who.call("space.keep-files", { space: space.id, days: 2 });
    expect(await bob!.call("space.storage", { space: space.id })).toEqual({ bytes: 200_000, files: 1, keepDays: 2 });
    await world.clock.advance(dayMs);
    expect(has(bob!, blob)).toBe(true);
    await world.clock.advance(dayMs + 2 * 3_600_000);
    expect([has(alice!, blob), has(bob!, blob)]).toEqual([true, false]);
    expect(await bob!.call("space.storage", { space: space.id })).toEqual({ bytes: 0, files: 0, keepDays: 2 });
    await bob!.call("file.fetch", { message: message.id, blob });
    await world.until("it is here again", () => has(bob!, blob));
  });

  it("cannot be sent without its bytes, under the name of a path, or by whom the rules forbid it", async () => {
    const { people: [alice, bob], space } = await team(907, "Alice", "Bob");
    const blob = await handOver(alice!, 1_000);
    await expect(attach(bob!, space, [{ blob }])).rejects.toMatchObject({ code: "not-found" });
    for (const name of ["../etc/passwd", "a/b", "..", "a\\b", "line\nbreak"]) {
      await expect(attach(alice!, space, [{ blob, name }])).rejects.toMatchObject({ code: "bad-request" });
    }
    expect(alice!.store.blobNames(space.id as SpaceId)).toEqual([]);
  });
});
