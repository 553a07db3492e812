/** What is gone is in no file any more: looked for byte by byte (spec/08-store.md). */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "@multichat/core/ports";
import { createSqliteStore } from "@multichat/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryVault } from "../../src/engine/vault.ts";
import { type Person, type World, createWorld } from "./world.ts";

/** So many that the full-text index is swept, not picked clean. */
const many = 150;

describe("of what is gone no eight bytes are left in the files", { timeout: 60_000 }, () => {
  let folder: string;
  let store: Store;
  let world: World;
  let alice: Person;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "multichat-traces-"));
    store = createSqliteStore({ path: join(folder, "multichat.sqlite") });
    world = createWorld(1501);
    alice = await world.person("Alice", { folder: { vault: createMemoryVault(), store } });
    await alice.call("account.create", { name: "Alice" });
  });

  afterEach(async () => {
    await alice.stop();
    store.close();
    rmSync(folder, { recursive: true });
  });

  /** Random words: the index stores only how a word differs from the one before it. */
  function secrets(count: number): string[] {
    const word = (): string => Buffer.from(world.random.bytes(12)).toString("hex");
    return Array.from({ length: count }, () => `${word()} ${word()}`);
  }

  function traces(texts: readonly string[]): number {
    const windows = new Set(
      texts
        .flatMap((text) => text.split(" "))
        .flatMap((word) =>
          Array.from({ length: word.length - 7 }, (_, at) => word.slice(at, at + 8)),
        ),
    );
    let found = 0;
    for (const file of ["multichat.sqlite", "multichat.sqlite-wal"]) {
      const bytes = readFileSync(join(folder, file)).toString("latin1");
      for (let at = 0; at + 8 <= bytes.length; at++)
        if (windows.has(bytes.slice(at, at + 8))) found++;
    }
    return found;
  }

  async function write(
    channel: string,
    texts: readonly string[],
    expiresIn?: number,
  ): Promise<void> {
    const sent = await alice.together(
      "message.send",
      texts.map((text) => ({ channel, text, ...(expiresIn !== undefined && { expiresIn }) })),
    );
    expect(sent.every(({ ok }) => ok)).toBe(true);
    await world.until(
      "they can be found",
      async () => (await alice.call("search", { query: texts.at(-1)! })).total === 1,
    );
    expect(traces(texts)).toBeGreaterThan(0);
  }

  async function place(): Promise<{ space: string; channel: string }> {
    const { space } = await alice.call("space.create", { name: "Team" });
    return {
      space: space.id,
      channel: (await alice.call("channel.list", { space: space.id })).channels[0]!.id,
    };
  }

  it("messages that expired", async () => {
    const { channel } = await place();
    const gone = secrets(many);
    await write(channel, gone, 60_000);
    const kept = secrets(1);
    await write(channel, kept);
    await world.clock.advance(70_000);
    expect(traces(gone)).toBe(0);
    expect(traces(kept)).toBeGreaterThan(0);
    expect((await alice.call("search", { query: kept[0]! })).total).toBe(1);
  });

  it("messages that expired just before the node was killed", async () => {
    const { channel } = await place();
    const gone = secrets(many);
    await write(channel, gone, 60_000);
    await world.clock.advance(60_000 - 5_000);
    await world.until(
      "they are purged",
      async () => (await alice.call("message.list", { channel })).messages.length === 0,
    );
    await alice.kill();
    expect(traces(gone)).toBeGreaterThan(0);
    await alice.start();
    await world.clock.advance(1_000);
    expect(traces(gone)).toBe(0);
  });

  it("a message that its author deleted", async () => {
    const { channel } = await place();
    const gone = secrets(1);
    const { message } = await alice.call("message.send", { channel, text: gone[0]! });
    await world.until(
      "it can be found",
      async () => (await alice.call("search", { query: gone[0]! })).total === 1,
    );
    await alice.call("message.delete", { message: message.id });
    await world.clock.advance(5_000);
    expect(traces(gone)).toBe(0);
  });

  it("the names of files and what they show, of a message that expired", async () => {
    const { channel } = await place();
    const [name, alt] = secrets(2) as [string, string];
    const writer = await alice.blobs.create();
    await writer.write(world.random.bytes(100));
    const { blob } = (await writer.finish())!;
    const files = [{ blob, name, type: "text/plain", shape: { alt } }];
    await alice.call("message.send", { channel, text: "", files, expiresIn: 60_000 });
    for (const query of [name, alt]) expect((await alice.call("search", { query })).total).toBe(1);
    expect(traces([name, alt])).toBeGreaterThan(0);
    await world.clock.advance(70_000);
    expect(traces([name, alt])).toBe(0);
    expect((await alice.call("search", { query: name })).total).toBe(0);
  });

  it("a workspace that was left and forgotten", async () => {
    const { space, channel } = await place();
    const gone = secrets(many);
    await write(channel, gone);
    await alice.call("space.leave", { space });
    await world.clock.advance(5_000);
    expect(traces(gone)).toBe(0);
  });
});
