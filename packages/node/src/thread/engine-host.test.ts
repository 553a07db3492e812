import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandName, Commands } from "@multichat/client/contract";
import { type Links, type LinksHandler, frameWeight } from "@multichat/core/ports";
import type { DeviceId } from "@multichat/protocol";
import { afterEach, expect, test } from "vitest";
import type { CommandResult, EngineSession } from "../engine/port.ts";
import { type EngineHost, startEngineHost } from "./engine-host.ts";
import { tellEvery } from "./tally.ts";

const flooder = "f".repeat(64) as DeviceId;
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function dataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "multichat-host-"));
  stops.push(() => rm(dataDir, { recursive: true }));
  return dataDir;
}

async function startHost(
  dataDir: string,
  crashed = (error: unknown): void => {
    throw error;
  },
): Promise<EngineHost> {
  const host = await startEngineHost(
    { dataDir, vaultKey: null, database: join(dataDir, "multichat.sqlite") },
    { log() {}, renewed() {}, erased() {}, vaultKey() {}, crashed },
  );
  stops.push(() => host.stop());
  return host;
}

function execute<C extends CommandName>(
  session: EngineSession,
  command: C,
  params: Commands[C][0],
): Promise<CommandResult<C>> {
  return new Promise((answer) => session.execute(command, params, answer));
}

const noLinks = {
  stop: () => Promise.resolve(),
  dial() {},
  send() {},
  close() {},
  welcome() {},
  taken() {},
};

test("the transport is told of every frame that the engine has worked off, in few words", async () => {
  const host = await startHost(await dataFolder());
  let handler: LinksHandler | null = null;
  let taken = 0;
  let words = 0;
  let look = (): void => {};
  const links: Links = {
    start(given) {
      handler = given;
      return Promise.resolve();
    },
    ...noLinks,
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
  for (let i = 0; i < count; i++) handler!.frame(flooder, frame.slice());
  await new Promise<void>((resolve) => {
    look = () => {
      if (taken > count * frameWeight(frame) - tellEvery) resolve();
    };
    look();
  });
  expect(taken).toBeLessThanOrEqual(count * frameWeight(frame));
  expect(words).toBeLessThan(count / 20);
});

test("after an engine that died of a bug the database is whole", async () => {
  const dataDir = await dataFolder();
  const died = Promise.withResolvers<unknown>();
  const host = await startHost(dataDir, died.resolve);
  const { ok } = await execute(
    host.connect(() => {}),
    "account.create",
    { name: "Alice" },
  );
  expect(ok).toBe(true);
  await host.start({
    ...noLinks,
    start(handler) {
      // What no transport would say.
      handler.linked(null as never);
      return Promise.resolve();
    },
  });
  expect(await died.promise).toBeInstanceOf(TypeError);

  const again = await startHost(dataDir);
  const answer = await execute(
    again.connect(() => {}),
    "status.get",
    {},
  );
  expect(answer).toMatchObject({
    ok: true,
    value: { status: { account: { name: "Alice" }, problems: [] } },
  });
});

test("an answer comes in its place among the pushes of what happened before and after it", async () => {
  const host = await startHost(await dataFolder());
  const said: string[] = [];
  const enough = Promise.withResolvers<void>();
  const session = host.connect((pushes) => {
    for (const { push } of pushes) said.push(push);
  });
  const words = "abandon ".repeat(23).concat("art").split(" ");
  // Each ends the one before, and says so.
  for (const name of ["first", "second", "third"]) {
    session.execute("account.recover", { words, name }, ({ ok }) => {
      said.push(ok ? name : "refused");
      if (name === "third") enough.resolve();
    });
  }
  await enough.promise;
  expect(said).toEqual(["first", "recovery", "second", "recovery", "third"]);
});

test("a command for an engine that has ended is answered, however late it comes", async () => {
  const host = await startHost(await dataFolder());
  const session = host.connect(() => {});
  const asked = execute(session, "status.get", {});
  await host.stop();
  await asked;
  expect(await execute(session, "status.get", {})).toMatchObject({
    ok: false,
    error: { code: "internal" },
  });
});
