/**
 * Composes a node (ARCHITECTURE.md): data folder, transport and local API in this thread, the engine in its own. This is
 * the only place that knows all of them.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Links, LinksHandler } from "@multichat/core/ports";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { PortBusyError, createLibp2pLinks, systemClock } from "@multichat/net/transport";
import { StartError, createApiServer } from "./api/index.ts";
import type { RunningNode, StartNode, StartNodeOptions } from "./cli/start-node.ts";
import { keepListen, readKeptListen } from "./data-folder/kept-listen.ts";
import { lockDataFolder } from "./data-folder/lock.ts";
import { createFileVault } from "./data-folder/vault-file.ts";
import type { EnginePort } from "./engine/port.ts";
import { loadSecrets } from "./engine/secrets.ts";
import { startEngineHost } from "./thread/engine-host.ts";

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

  function restart(afterMs: number): void {
    restarting = restarting.then(async () => {
      if (stopped) return;
      await life.stop();
      await new Promise<void>((resolve) => void systemClock.after(afterMs, resolve));
      if (!stopped) life = await live(options, restart);
    });
    restarting.catch((error: unknown) => {
      log("node.restart-failed", { why: error instanceof Error ? error.message : "unknown" });
      process.exitCode = 1;
      process.kill(process.pid, "SIGTERM");
    });
  }

  try {
    life = await live(options, restart);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    api: life.api,
    get engine() {
      return life.engine;
    },
    createBrowserCode: () => life.createBrowserCode(),
    async stop() {
      stopped = true;
      await restarting.catch(() => undefined);
      await life.stop();
      lock.release();
    },
  } satisfies RunningNode;
};

async function live(options: StartNodeOptions, restart: (afterMs: number) => void): Promise<Life> {
  const { dataDir } = options;
  const vault = createFileVault(dataDir);
  const secrets = loadSecrets(vault, createNodeCrypto(), createNodeRandom());
  const engine = await startEngineHost(
    { dataDir, database: join(dataDir, "multichat.sqlite") },
    {
      log,
      renewed: () => restart(0),
      crashed(error) {
        log("engine.crashed", { why: error instanceof Error ? (error.stack ?? error.message) : "unknown" });
        restart(crashPauseMs);
      },
    },
  );
  const server = createApiServer({
    engine,
    clock: systemClock,
    dataDir,
    webRoot,
    ...(options.port === undefined ? {} : { port: options.port }),
    onInternalError: (cause) => log("api.failed", { why: cause instanceof Error ? (cause.stack ?? cause.message) : "unknown" }),
  });
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
    taken: (device, weight) => links.taken(device, weight),
    close: (device, reason) => links.close(device, reason),
  };
}

/** To stderr, a line an event; never message text, names or keys. */
function log(event: string, detail: Record<string, string | number>): void {
  if (process.env["MULTICHAT_LOG"] === undefined && !event.endsWith("crashed") && !event.endsWith("failed")) return;
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...detail })}\n`);
}
