import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Links, type LinksHandler, frameWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { afterEach, expect, test } from "vitest";
import { type EngineHost, startEngineHost } from "./engine-host.ts";
import { tellEvery } from "./tally.ts";

const flooder = "f".repeat(64) as DeviceId;
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function startHost(): Promise<EngineHost> {
  const dataDir = await mkdtemp(join(tmpdir(), "multichat-host-"));
  stops.push(() => rm(dataDir, { recursive: true }));
  const host = await startEngineHost(
    { dataDir, vaultKey: null, database: join(dataDir, "multichat.sqlite") },
    {
      log() {},
      renewed() {},
      erased() {},
      vaultKey() {},
      crashed(error) {
        throw error;
      },
    },
  );
  stops.push(() => host.stop());
  return host;
}

test("the transport is told of every frame that the engine has worked off, in few words", async () => {
  const host = await startHost();
  let handler: LinksHandler | null = null;
  let taken = 0;
  let words = 0;
  let look = (): void => {};
  const links: Links = {
    start(given) {
      handler = given;
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
    dial() {},
    send() {},
    close() {},
    welcome() {},
    welcome() {},
    taken(device, weight) {
      expect(device).toBe(flooder);
      taken += weight;
      words++;
      look();
    },
  };
  await host.start(links);
  handler!.linked({ device: flooder, kind: "direct", address: "/memory/f", outbound: false });
  const frame = new Uint8Array(2_000).fill(0x80);
  const count = 4_000;
  for (let i = 0; i < count; i++) handler!.frame(flooder, frame);
  await new Promise<void>((resolve) => {
    look = () => {
      if (taken > count * frameWeight(frame) - tellEvery) resolve();
    };
    look();
  });
  expect(taken).toBeLessThanOrEqual(count * frameWeight(frame));
  expect(words).toBeLessThan(count / 20);
});
