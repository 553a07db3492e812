/**
 * Composes a node (ARCHITECTURE.md): data folder, transport and local API in this thread, the engine in its own. This is
 * the only place that knows all of them.
 */
import { fileURLToPath } from "node:url";
import type { Links, LinksHandler } from "@multichat/core/ports";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { PortBusyError, createLibp2pLinks, systemClock } from "@multichat/net/transport";
import { StartError, createApiServer } from "./api/index.ts";
import type { RunningNode, StartNode, StartNodeOptions } from "./cli/start-node.ts";
import { eraseIfMarked } from "./data-folder/erasing.ts";
import { keepListen, readKeptListen } from "./data-folder/kept-listen.ts";
import { lockDataFolder } from "./data-folder/lock.ts";
import { type VaultKey, unlockKey } from "./data-folder/sealed-keys.ts";
import { createFileVault, databasePath, readSealedKeys, refuseMissingKeys } from "./data-folder/vault-file.ts";
import { createLockedEngine } from "./engine/locked-engine.ts";
import type { EnginePort } from "./engine/port.ts";
import { loadSecrets } from "./engine/secrets.ts";
import { startEngineHost } from "./thread/engine-host.ts";
import { followTimeZone } from "./time-zone.ts";

const webRoot = fileURLToPath(new URL("../../web/dist", import.meta.url));
/** A thread that keeps failing is not restarted in a loop. */
const crashPauseMs = 2_000;

/** One life of the node: from start to stop, or until it has to begin anew as a new device. */
interface Life {
  api: string;
  engine: EnginePort;
  createBrowserCode(): string;
  stop(): Promise<void>;
}

/** @throws StartError */
export const startNode: StartNode = async (options) => {
  const lock = lockDataFolder(options.dataDir);
  let life: Life;
  let restarting: Promise<void> = Promise.resolve();
  let stopped = false;

  const keys: Held = { key: null };
  function restart(afterMs: number): void {
    restarting = restarting.then(async () => {
      if (stopped) return;
      await life.stop();
      if (eraseIfMarked(options.dataDir)) keys.key = null;
      await new Promise<void>((resolve) => void systemClock.after(afterMs, resolve));
      if (!stopped) life = await live(options, keys, restart);
    });
    restarting.catch((error: unknown) => {
      log("node.restart-failed", { why: error instanceof Error ? error.message : "unknown" });
      process.exitCode = 1;
      process.kill(process.pid, "SIGTERM");
    });
  }

  try {
    eraseIfMarked(options.dataDir);
    life = await live(options, keys, restart);
  } catch (error) {
    lock.release();
    throw error;
  }
  const stopFollowing = followTimeZone({ clock: systemClock, env: process.env });
  return {
    api: life.api,
    get engine() {
      return life.engine;
    },
    createBrowserCode: () => life.createBrowserCode(),
    async unlock(passphrase) {
      if (!unlock(options.dataDir, keys, passphrase)) return false;
      restart(0);
      await restarting;
      return true;
    },
    async stop() {
      stopped = true;
      stopFollowing();
      await restarting.catch(() => undefined);
      await life.stop();
      eraseIfMarked(options.dataDir);
      lock.release();
    },
  } satisfies RunningNode;
};

/** What outlives one life of the node. */
interface Held {
  /** While the process runs, the passphrase is asked for once. */
  key: VaultKey | null;
}

function unlock(dataDir: string, keys: Held, passphrase: string): boolean {
  const sealed = readSealedKeys(dataDir);
  if (sealed === null) return true;
  keys.key = unlockKey(sealed, passphrase);
  return keys.key !== null;
}

/** The answer to who unlocked it is to arrive before the node starts anew. */
const unlockedMs = 100;

/** Only the local API, which waits for the passphrase. */
async function lockedLife(options: StartNodeOptions, keys: Held, restart: (afterMs: number) => void): Promise<Life> {
  let api = "";
  const engine = createLockedEngine({
    api: () => api,
    unlock(passphrase) {
      const right = unlock(options.dataDir, keys, passphrase);
      if (right) systemClock.after(unlockedMs, () => restart(0));
      return right;
    },
  });
  const server = apiServer(options, engine);
  ({ url: api } = await server.start());
  return { api, engine, createBrowserCode: () => server.createBrowserCode(), stop: () => server.stop() };
}

async function live(options: StartNodeOptions, keys: Held, restart: (afterMs: number) => void): Promise<Life> {
  const { dataDir } = options;
  if (keys.key === null && readSealedKeys(dataDir) !== null) return lockedLife(options, keys, restart);
  refuseMissingKeys(dataDir);
  const vault = createFileVault(dataDir, { key: keys.key });
  const secrets = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
  const engine = await startEngineHost(
    { dataDir, vaultKey: keys.key, database: databasePath(dataDir) },
    {
      log,
      erased: () => restart(0),
      vaultKey(key) {
        keys.key = key;
      },
      renewed: () => restart(0),
      crashed(error) {
        log("engine.crashed", { why: error instanceof Error ? (error.stack ?? error.message) : "unknown" });
        restart(crashPauseMs);
      },
    },
  );
  const server = apiServer(options, engine);
  try {
    const { url, previousPort } = await server.start();
    engine.setApi(url, previousPort);
    await engine.start(transport(options, secrets.device.signingSeed));
    return {
      api: url,
      engine,
      createBrowserCode: () => server.createBrowserCode(),
      async stop() {
        await server.stop();
        await engine.stop();
      },
    };
  } catch (error) {
    await server.stop();
    await engine.stop();
    throw error instanceof PortBusyError
      ? new StartError("port-in-use", `Port ${error.port} is in use by another program. Choose another with --listen.`, { cause: error })
      : error;
  }
}

function apiServer(options: StartNodeOptions, engine: EnginePort): ReturnType<typeof createApiServer> {
  return createApiServer({
    engine,
    clock: systemClock,
    dataDir: options.dataDir,
    webRoot,
    ...(options.port === undefined ? {} : { port: options.port }),
    onInternalError: (cause) => log("api.failed", { why: cause instanceof Error ? (cause.stack ?? cause.message) : "unknown" }),
  });
}

/** libp2p on the ports of last time, if they are still free. */
function transport(options: StartNodeOptions, seed: Uint8Array): Links {
  const { dataDir, mdns } = options;
  const kept = options.listen ?? readKeptListen(dataDir);
  const make = (listen: readonly string[] | null): Links =>
    createLibp2pLinks({ seed, clock: systemClock, mdns, ...(listen === null ? {} : { listen }) });
  let links = make(kept);
  return {
    async start(handler) {
      const keeping: LinksHandler = {
        ...handler,
        listening(addresses) {
          if (options.listen === undefined) keepListen(dataDir, addresses);
          handler.listening(addresses);
        },
      };
      try {
        await links.start(keeping);
      } catch (error) {
        if (!(error instanceof PortBusyError) || options.listen !== undefined) throw error;
        log("transport.port-taken", { port: error.port });
        links = make(null);
        await links.start(keeping);
      }
    },
    stop: () => links.stop(),
    dial: (device, addresses) => links.dial(device, addresses),
    send: (device, frame) => links.send(device, frame),
    welcome: (devices) => links.welcome(devices),
    taken: (device, weight) => links.taken(device, weight),
    close: (device, reason) => links.close(device, reason),
  };
}

/** To stderr, a line an event; never message text, names or keys. */
function log(event: string, detail: Record<string, string | number>): void {
  if (process.env["MULTICHAT_LOG"] === undefined && !event.endsWith("crashed") && !event.endsWith("failed")) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...detail })}\n`);
}
