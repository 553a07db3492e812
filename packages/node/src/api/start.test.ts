import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiServer } from "./api-server.ts";
import type { ApiServer } from "./api-server.ts";
import { ensureApiToken, tokenPath } from "./api-token.ts";
import { configPath } from "./kept-port.ts";
import { systemClock } from "./testing/api-harness.ts";
import { createFakeEngine } from "./testing/fake-engine.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "multichat-start-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

function serverOn(port?: number): ApiServer {
  return createApiServer({
    engine: createFakeEngine(),
    clock: systemClock,
    dataDir,
    webRoot: join(dataDir, "web"),
    ...(port === undefined ? {} : { port }),
    onInternalError: (cause) => {
      throw cause;
    },
  });
}

/** A port that is held by someone else for as long as the test lasts. */
async function takenPort(): Promise<AsyncDisposable & { port: number }> {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  return {
    port: (other.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => other.close(() => resolve())),
  };
}

test("a free port is chosen once and kept, next to settings that are not ours", async () => {
  await writeFile(configPath(dataDir), '{"theirs":true}');
  const first = serverOn();
  const { port, previousPort } = await first.start();
  await first.stop();
  expect(previousPort).toBeNull();
  expect(JSON.parse(await readFile(configPath(dataDir), "utf8"))).toEqual({ theirs: true, port });
  const second = serverOn();
  expect(await second.start()).toEqual({
    url: `http://127.0.0.1:${port}`,
    port,
    previousPort: null,
  });
  await second.stop();
});

test("a port that was asked for replaces the kept one, and the change is told", async () => {
  await writeFile(configPath(dataDir), '{"port":1}');
  const server = serverOn(0);
  const { port, previousPort } = await server.start();
  await server.stop();
  expect(previousPort).toBe(1);
  expect(JSON.parse(await readFile(configPath(dataDir), "utf8"))).toEqual({ port });
});

test("a busy port says so and what to do, and is not kept", async () => {
  await using taken = await takenPort();
  await expect(serverOn(taken.port).start()).rejects.toMatchObject({
    code: "port-in-use",
    message: expect.stringContaining("--port"),
  });
  await expect(readFile(configPath(dataDir))).rejects.toMatchObject({ code: "ENOENT" });
});

test("a damaged config.json is named and left alone", async () => {
  await writeFile(configPath(dataDir), "{");
  await expect(serverOn().start()).rejects.toMatchObject({
    code: "bad-request",
    message: expect.stringContaining("config.json"),
  });
  expect(await readFile(configPath(dataDir), "utf8")).toBe("{");
});

test("the token is made once, and only its owner may read it", async () => {
  const token = await ensureApiToken(dataDir);
  expect((await stat(tokenPath(dataDir))).mode & 0o777).toBe(0o600);
  expect(await ensureApiToken(dataDir)).toBe(token);
});

test("a token that others could read, or that is garbled, is replaced", async () => {
  const token = await ensureApiToken(dataDir);
  await chmod(tokenPath(dataDir), 0o644);
  const second = await ensureApiToken(dataDir);
  expect(second).not.toBe(token);
  await writeFile(tokenPath(dataDir), "", { mode: 0o600 });
  expect(await ensureApiToken(dataDir)).toMatch(/^[\w-]{43}$/);
});
