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
    const from = new Set<string>();
    const got = async (): Promise<number> => {
      const state = await stateOf(carol!, message, blob);
      if (state.step === "fetching") for (const { name } of state.from) from.add(name);
      return state.step === "fetching" ? state.have : 0;
    };
    await world.until("some of it is here", async () => (await got()) > chunkSize);
    expect(from).toEqual(new Set(["Alice", "Bob"]));
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

  it("goes along when its message is forwarded, also to another workspace, and when it is sent later", async () => {
    const { world, people: [alice, bob], space } = await team(908, "Alice", "Bob");
    const blob = await handOver(alice!, large);
    const thumb = await handOver(alice!, 5_000);
    const message = await attach(alice!, space, [{ blob, shape: { width: 4, height: 3, thumb: { blob: thumb, size: 1 } } }]);
    await world.agree(space, [alice!, bob!]);
    const { space: board } = await bob!.call("space.create", { name: "Board" });
    const [there] = (await bob!.call("channel.list", { space: board.id })).channels;
    const forward = () => bob!.call("message.forward", { message: message.id, channel: there!.id });
    await expect(forward()).rejects.toMatchObject({ code: "not-found", message: expect.stringContaining("Fetch it") });
    await bob!.call("file.fetch", { message: message.id, blob });
    await world.until("Bob has it", () => has(bob!, blob));
    const { message: forwarded } = await forward();
    expect(forwarded).toMatchObject({ text: "", forwarded: { by: { name: "Alice" } }, files: [{ blob, shape: { thumb: { blob: thumb } }, state: { step: "here" } }] });

    const later = await handOver(bob!, 1_000);
    const [general] = (await bob!.call("channel.list", { space: space.id })).channels;
    const draft: FileDraft = { blob: later, name: "plan.txt", type: "text/plain" };
    await expect(bob!.call("schedule.create", { channel: general!.id, text: "", at: world.clock.now() + dayMs, files: [{ ...draft, blob: "e".repeat(64) }] })).rejects.toMatchObject({ code: "not-found" });
    const { scheduled } = await bob!.call("schedule.create", { channel: general!.id, text: "", at: world.clock.now() + 10 * dayMs, files: [draft] });
    expect(scheduled).toMatchObject({ text: "", files: ["plan.txt"] });
    // Longer than what was handed over for nothing is kept.
    await world.clock.advance(9 * dayMs);
    expect(has(bob!, later)).toBe(true);
    await world.clock.advance(dayMs + 60_000);
    await world.until("Alice has it", () => has(alice!, later));
  });

  it("that is looked at once goes from whoever has looked, cannot be forwarded, and stays with its author", async () => {
    const { world, people: [alice, bob], space } = await team(909, "Alice", "Bob");
    const blob = await handOver(alice!, 50_000);
    const [general] = (await alice!.call("channel.list", { space: space.id })).channels;
    const files: FileDraft[] = [{ blob, name: "key.jpg", type: "image/jpeg" }];
    const { message } = await alice!.call("message.send", { channel: general!.id, text: "", files, once: true });
    await world.until("Bob has it", () => has(bob!, blob));
    expect(message.once).toEqual({ looked: false });
    await expect(bob!.call("message.forward", { message: message.id, channel: general!.id })).rejects.toMatchObject({ code: "bad-request" });
    await bob!.call("watch", { channels: [general!.id] });
    expect((await bob!.call("file.looked", { message: message.id })).message.once).toEqual({ looked: true });
    await world.until("it is gone from Bob", async () => (await bob!.disk.list()).length === 0);
    await expect(bob!.call("file.fetch", { message: message.id, blob })).rejects.toMatchObject({ code: "not-found" });
    await bob!.kill();
    await bob!.start();
    await world.clock.advance(60_000);
    expect(await bob!.disk.list()).toEqual([]);
    expect((await alice!.call("file.looked", { message: message.id })).message.once).toEqual({ looked: false });
    expect(has(alice!, blob)).toBe(true);
    const stays = await attach(alice!, space, [{ blob: await handOver(alice!, 100) }]);
    await expect(alice!.call("file.looked", { message: stays.id })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("larger than the workspace wants is not sent, and those who manage it say how large", async () => {
    const { world, people: [alice, bob], space } = await team(910, "Alice", "Bob");
    await expect(bob!.call("space.file-limit", { space: space.id, bytes: 1_000 })).rejects.toMatchObject({ code: "not-allowed" });
    expect((await alice!.call("space.file-limit", { space: space.id, bytes: 2_000_000 })).space.fileLimit).toBe(2_000_000);
    await world.agree(space, [alice!, bob!]);
    const [fits, large] = [await handOver(bob!, 2_000_000), await handOver(bob!, 2_500_001)];
    await attach(bob!, space, [{ blob: fits }]);
    await expect(attach(bob!, space, [{ blob: large }])).rejects.toMatchObject({ code: "too-large", message: "Files here may have at most 2 MB; holiday.jpg has 2.5 MB." });
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
