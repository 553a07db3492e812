import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreError } from "@multichat/core/ports";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApiServer } from "../../api/api-server.ts";
import { rawRequest, systemClock } from "../../api/testing/api-harness.ts";
import { createFakeEngine } from "../../api/testing/fake-engine.ts";
import type { FakeEngine } from "../../api/testing/fake-engine.ts";
import { lockDataFolder } from "../../data-folder/lock.ts";
import { CliError } from "../cli-error.ts";
import { run } from "../run.ts";
import type { StartNodeOptions } from "../start-node.ts";
import { fakeHost, stdinOf } from "../testing/cli-harness.ts";
import type { FakeHost } from "../testing/cli-harness.ts";

let parent: string;
let dataDir: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "multichat-cli-"));
  dataDir = join(parent, "data");
});
afterEach(() => rm(parent, { recursive: true, force: true }));

interface Starting {
  host: FakeHost;
  engine: FakeEngine;
  asked: StartNodeOptions[];
  stops: number;
  /** Its keys have the passphrase "horse". */
  locked: boolean;
  tried: string[];
}

/** A command line whose node is a fake engine behind a real local API. */
function withFakeNode(): Starting {
  const host = fakeHost();
  const starting: Starting = { host, engine: createFakeEngine(), asked: [], stops: 0, locked: false, tried: [] };
  const { status } = starting.engine;
  starting.engine.status = () => ({ ...status(), locked: starting.locked, protected: starting.locked });
  host.startNode = async (options) => {
    starting.asked.push(options);
    const server = createApiServer({
      engine: starting.engine,
      clock: systemClock,
      dataDir: options.dataDir,
      webRoot: join(options.dataDir, "web"),
      ...(options.port === undefined ? {} : { port: options.port }),
      onInternalError: (cause) => {
        throw cause;
      },
    });
    const lock = lockDataFolder(options.dataDir);
    const { url } = await server.start();
    return {
      api: url,
      engine: starting.engine,
      createBrowserCode: () => server.createBrowserCode(),
      unlock(passphrase) {
        starting.tried.push(passphrase);
        const right = passphrase === "horse";
        if (right) starting.locked = false;
        return Promise.resolve(right);
      },
      async stop() {
        starting.stops++;
        await server.stop();
        lock.release();
      },
    };
  };
  return starting;
}

/** A terminal that stays open: reading from it waits for the next keys. */
function createKeyboard(): Pick<FakeHost, "stdin" | "terminal"> & { type(keys: string): void } {
  let typed = Promise.withResolvers<string | null>();
  async function* read(): AsyncGenerator<string> {
    for (let keys = await typed.promise; keys !== null; keys = await typed.promise) {
      typed = Promise.withResolvers();
      yield keys;
    }
  }
  return {
    stdin: read(),
    terminal: { setRawMode: () => undefined, close: () => typed.resolve(null) },
    type: (keys) => typed.resolve(keys),
  };
}

/** Its node checks passphrases like this. */
function unlockWith({ host }: Starting, unlock: () => Promise<boolean>): void {
  const { startNode } = host;
  host.startNode = async (options) => ({ ...(await startNode(options)), unlock });
}

const ready = (host: FakeHost): boolean => host.out.includes("\n");

test("the first start makes the folder and the account, says when it is ready, and stops at Ctrl-C", async () => {
  const starting = withFakeNode();
  const { host } = starting;
  const running = run(["start", "--data", dataDir, "--name", "Alice", "--no-open", "--json"], host);
  await host.until(ready);
  expect(JSON.parse(host.out)).toEqual({
    ready: true,
    api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    account: { id: expect.stringMatching(/^[0-9a-f]{64}$/), name: "Alice" },
    peer: "12D3KooWFake",
    locked: false,
  });
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  expect(starting.stops).toBe(0);
  host.interrupt();
  await running;
  expect([starting.stops, host.exitCode, host.opened, host.forced]).toEqual([1, 0, [], [0]]);
});

test("without --name there is no account yet; with one, the name changes nothing", async () => {
  for (const [existing, args, name] of [
    [null, [], null],
    [{ id: "a", name: "Alice" }, ["--name", "Bob"], "Alice"],
  ] as const) {
    const { host, engine } = withFakeNode();
    engine.account = existing;
    const running = run(["start", "--data", dataDir, "--no-open", "--json", ...args], host);
    await host.until(ready);
    expect(JSON.parse(host.out)).toMatchObject({ account: name === null ? null : { name } });
    host.interrupt();
    await running;
  }
});

test("a start that nobody sees says what locked keys wait for", async () => {
  for (const [json, said] of [[["--json"], '"account":null'], [[], "Multichat is running at"]] as const) {
    const starting = withFakeNode();
    starting.locked = true;
    const { host } = starting;
    const running = run(["start", "--data", dataDir, "--no-open", ...json], host);
    await host.until(({ err }) => err !== "");
    expect(host.out).toContain(said);
    expect(host.err).toBe(`The keys have a passphrase, and nothing works before it is given: in the browser, or with multichat keys unlock --data ${dataDir}\n`);
    host.interrupt();
    await running;
  }
});

test("a start that nobody sees says that the database cannot be read", async () => {
  const { host, engine } = withFakeNode();
  const { status } = engine;
  engine.status = () => ({ ...status(), problems: [{ code: "database-newer", message: "Update Multichat.", remedy: null }] });
  const running = run(["start", "--data", dataDir, "--no-open", "--json"], host);
  await host.until(({ err }) => err !== "");
  expect(JSON.parse(host.out)).toMatchObject({ ready: true });
  expect(host.err).toBe("Update Multichat.\n");
  host.interrupt();
  await running;
});

test("--unlock takes the passphrase from a pipe, and a wrong one ends it", async () => {
  for (const [passphrase, exitCode, said] of [["horse", 0, '"locked":false'], ["mule", 1, '"code":"wrong-passphrase"']] as const) {
    const starting = withFakeNode();
    starting.locked = true;
    const { host } = starting;
    host.stdin = stdinOf(`${passphrase}\n`);
    const running = run(["start", "--data", dataDir, "--no-open", "--json", "--unlock"], host);
    await host.until(({ out, err }) => out + err !== "");
    host.interrupt();
    await running;
    expect([starting.tried, host.exitCode, starting.stops]).toEqual([[passphrase], exitCode, 1]);
    expect(host.out + host.err).toContain(said);
  }
});

test("whoever types the passphrase may try again; a polite kill meanwhile ends the start", async () => {
  const starting = withFakeNode();
  starting.locked = true;
  const { host } = starting;
  host.terminal = { setRawMode: () => undefined, close: () => undefined };
  host.stdin = stdinOf("mule\r", "horse\r");
  const running = run(["start", "--data", dataDir, "--no-open", "--unlock"], host);
  await host.until(ready);
  expect(starting.tried).toEqual(["mule", "horse"]);
  expect(host.err).toContain("This is not the passphrase of these keys. Try again.\n");
  host.interrupt();
  await running;

  const waiting = withFakeNode();
  waiting.locked = true;
  waiting.host.terminal = host.terminal;
  waiting.host.stdin = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
  const killed = run(["start", "--data", dataDir, "--no-open", "--unlock"], waiting.host);
  await waiting.host.until(({ err }) => err !== "");
  waiting.host.interrupt();
  await killed;
  expect([waiting.stops, waiting.host.forced, waiting.host.out]).toEqual([1, [0], ""]);
});

test("Ctrl-C while the passphrase is checked ends the start, and what is not typed holds up nothing", async () => {
  const starting = withFakeNode();
  starting.locked = true;
  const { host } = starting;
  const keyboard = createKeyboard();
  Object.assign(host, keyboard);
  const checking = Promise.withResolvers<boolean>();
  unlockWith(starting, () => checking.promise);
  const running = run(["start", "--data", dataDir, "--no-open", "--unlock"], host);
  keyboard.type("horse\r");
  await host.until(({ err }) => err.endsWith("\n"));
  keyboard.type("\u0003");
  await running;
  expect([host.exitCode, host.out, starting.stops]).toEqual([130, "", 1]);

  const right = withFakeNode();
  right.locked = true;
  const untouched = createKeyboard();
  Object.assign(right.host, untouched);
  const unlocked = run(["start", "--data", dataDir, "--no-open", "--unlock"], right.host);
  untouched.type("horse\r");
  await right.host.until(ready);
  right.host.interrupt();
  await unlocked;
  expect([right.tried, right.host.exitCode]).toEqual([["horse"], 0]);
});

test("the options reach the node", async () => {
  const starting = withFakeNode();
  const { host } = starting;
  const listen = ["--listen", "/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/tcp/0/ws"];
  const running = run(
    ["start", "--data", dataDir, "--port", "0", ...listen, "--no-mdns", "--no-open"],
    host,
  );
  await host.until(ready);
  host.interrupt();
  await running;
  expect(starting.asked).toEqual([
    { dataDir, port: 0, listen: ["/ip4/127.0.0.1/tcp/0", "/ip4/127.0.0.1/tcp/0/ws"], mdns: false },
  ]);
});

test("the browser is opened with a private page that signs it in; the code is on no command line", async () => {
  const { host } = withFakeNode();
  const running = run(["start", "--data", dataDir], host);
  await host.until(() => host.opened.length > 0);
  const [address = ""] = host.opened;
  expect(address).toMatch(/^file:\/\/.*\/open-[0-9a-f]{12}\.html$/);
  const page = await readFile(fileURLToPath(address), "utf8");
  const [, url = "", code = ""] = /url=(http:[^#]*)\/#([\w-]+)"/.exec(page) ?? [];
  expect(address).not.toContain(code);
  expect(host.out).not.toContain(code);
  const port = Number(new URL(url).port);
  const body = JSON.stringify({ code });
  expect((await rawRequest(port, "/api/v1/session", { method: "POST", body })).status).toBe(200);
  host.interrupt();
  await running;
});

test("a browser that cannot be opened does not stop the node", async () => {
  const starting = withFakeNode();
  const { host } = starting;
  host.openInBrowser = () => Promise.reject(new Error("no display"));
  const running = run(["start", "--data", dataDir], host);
  await host.until(({ out }) => out.includes("The browser could not be opened: no display"));
  expect(starting.stops).toBe(0);
  host.interrupt();
  await running;
  expect(host.exitCode).toBe(0);
});

test("only a terminal is shown an address with a code", async () => {
  for (const isTerminal of [true, false]) {
    const { host } = withFakeNode();
    host.isTerminal = isTerminal;
    const running = run(["start", "--data", dataDir, "--no-open"], host);
    await host.until(ready);
    host.interrupt();
    await running;
    expect(/\/#[\w-]{43}/.test(host.out)).toBe(isTerminal);
  }
});

test("a second Ctrl-C does not wait for a node that takes its time", async () => {
  const { host } = withFakeNode();
  const stopping = Promise.withResolvers<void>();
  const startNode = host.startNode;
  host.startNode = async (options) => {
    const node = await startNode(options);
    return { ...node, stop: () => stopping.promise.then(() => node.stop()) };
  };
  const running = run(["start", "--data", dataDir, "--no-open", "--json"], host);
  await host.until(ready);
  host.interrupt();
  host.interrupt();
  expect(host.forced).toEqual([130]);
  stopping.resolve();
  await running;
});

test("a node that is running already is opened, not started again", async () => {
  const first = withFakeNode();
  const running = run(["start", "--data", dataDir, "--no-open", "--json"], first.host);
  await first.host.until(ready);

  const second = withFakeNode();
  await run(["start", "--data", dataDir], second.host);
  expect(second.host.out).toContain(`already running on ${dataDir}`);
  expect(second.host.opened).toHaveLength(1);
  expect([second.asked, second.host.exitCode]).toEqual([[], 0]);

  const program = withFakeNode();
  await run(["start", "--data", dataDir, "--json"], program.host);
  expect([program.host.out, program.host.exitCode, program.asked]).toEqual(["", 1, []]);
  expect(JSON.parse(program.host.err)).toMatchObject({ error: { code: "data-folder-in-use" } });

  const copy = join(parent, "copy");
  await cp(dataDir, copy, { recursive: true });
  const twin = withFakeNode();
  await run(["start", "--data", copy, "--port", "0"], twin.host);
  expect(twin.host.err).toContain(`${copy} is a copy of the data folder of the Multichat that runs at http`);
  expect([twin.asked, twin.host.opened, twin.host.exitCode]).toEqual([[], [], 1]);

  first.host.interrupt();
  await running;
  expect(existsSync(fileURLToPath(second.host.opened[0]!))).toBe(false);
});

test("a node that cannot start says why", async () => {
  const { host } = withFakeNode();
  host.startNode = () =>
    Promise.reject(new CliError("data-folder-in-use", "Another node uses this folder."));
  await run(["start", "--data", dataDir, "--json"], host);
  expect(host.exitCode).toBe(1);
  expect(JSON.parse(host.err)).toEqual({
    error: { code: "data-folder-in-use", message: "Another node uses this folder." },
  });
});

test.each([
  [Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }), "disk-full", "The disk is full"],
  [Object.assign(new Error("database or disk is full"), { code: "ERR_SQLITE_ERROR", errcode: 13 }), "disk-full", "The disk is full"],
  [new StoreError("full", "keys.json could not be written"), "disk-full", "The disk is full"],
  [Object.assign(new Error("EROFS: read-only file system, open"), { code: "EROFS" }), "internal", "Multichat cannot write to its data folder"],
  [Object.assign(new Error("unable to open database file"), { code: "ERR_SQLITE_ERROR", errcode: 14 }), "internal", "Multichat cannot write to its data folder"],
  [new Error("a bug"), "internal", "a bug"],
])("what keeps the data folder from being used is said in words: %s", async (trouble, code, words) => {
  const { host } = withFakeNode();
  host.startNode = () => Promise.reject(trouble);
  await run(["start", "--data", dataDir, "--json"], host);
  expect(JSON.parse(host.err)).toEqual({ error: { code, message: expect.stringContaining(words) } });
});

test("a file is no data folder, and no name is none either", async () => {
  const file = join(parent, "file");
  await writeFile(file, "");
  for (const [data, words] of [
    [file, `${file} cannot be the data folder`],
    [join(file, "sub"), "cannot be the data folder"],
    ["", "--data needs the name of a folder."],
  ] as const) {
    const { host, asked } = withFakeNode();
    await run(["start", "--data", data, "--json"], host);
    expect(JSON.parse(host.err)).toMatchObject({ error: { message: expect.stringContaining(words) } });
    expect(asked).toEqual([]);
  }
  const { host } = withFakeNode();
  await run(["status", "--data", file, "--json"], host);
  expect(JSON.parse(host.err)).toMatchObject({ error: { code: "not-running" } });
});

test("an account that cannot be created stops the node again", async () => {
  const starting = withFakeNode();
  starting.engine.answer("account.create", () => ({
    ok: false,
    error: { code: "disk-full", message: "Full." },
  }));
  await run(["start", "--data", dataDir, "--name", "Alice", "--json"], starting.host);
  expect(JSON.parse(starting.host.err)).toEqual({ error: { code: "disk-full", message: "Full." } });
  expect(starting.stops).toBe(1);
});
