/**
 * The local API and the web app on one loopback port (spec/local-api.md). This is the only way into a node; it decides who
 * asks and whether the question is well formed, and hands what is to the engine.
 */
import type { Server } from "node:http";
import { realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { createBlobStore } from "@multichat/core";
import type { Clock } from "@multichat/core/ports";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { createFolderDisk } from "@multichat/store";
import type { EnginePort } from "../engine/port.ts";
import { ensureApiToken } from "./api-token.ts";
import { createBackupFile } from "./backup-file.ts";
import { createBrowserCodes } from "./browser-codes.ts";
import { createHttpApp } from "./http-app.ts";
import { keepPort, readKeptPort } from "./kept-port.ts";
import { limits } from "./limits.ts";
import { listen } from "./listen.ts";
import { openingPagePath, removeOpeningPages, writeOpeningPage } from "./opening-page.ts";
import { sameSecret } from "./same-secret.ts";
import { createSessionCookies, sessionCookieName } from "./session-cookie.ts";
import { createSocketServer } from "./socket-server.ts";

export interface ApiServerOptions {
  engine: EnginePort;
  clock: Clock;
  /** Exists and belongs to this node alone. Holds `api-token` and `config.json`. */
  dataDir: string;
  /** Where the web app was built to; need not exist. */
  webRoot: string;
  /** Taken from now on. Without it: the port kept in the data folder, else a free one, which is then kept. */
  port?: number;
  /** Told of bugs behind a request. */
  onInternalError: (cause: unknown) => void;
}

export interface StartedApi {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** The port kept before, when this start changed it: browsers must sign in again, installed apps be installed again. */
  previousPort: number | null;
}

export interface ApiServer {
  /** @throws StartError when the port is taken or `config.json` cannot be read. */
  start(): Promise<StartedApi>;
  stop(): Promise<void>;
  /** For `http://127.0.0.1:PORT/#code`: lets one browser in, once, within a minute. */
  createBrowserCode(): string;
}

const host = "127.0.0.1";
const crypto = createNodeCrypto();

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { engine, clock, dataDir, webRoot, onInternalError } = options;
  const codes = createBrowserCodes(clock);
  let stopServing = async (): Promise<void> => undefined;

  return {
    async start() {
      const keptPort = await readKeptPort(dataDir);
      const token = await ensureApiToken(dataDir);
      await removeOpeningPages(dataDir);
      const backupFile = createBackupFile(dataDir);
      await backupFile.clear();
      const cookies = createSessionCookies(
        clock,
        sessionCookieName(await realpath(dataDir)),
        token,
      );
      const credentials = {
        isToken: (given: string) => sameSecret(given, token),
        isSession: cookies.isSession,
      };
      let port = 0;
      const url = (): string => `http://${host}:${port}`;

      const session = engine.connect(null);
      const app = createHttpApp({
        session,
        credentials,
        redeemCode: (code) => (codes.redeem(code) ? cookies.issue() : null),
        async openBrowser() {
          const page = openingPagePath(dataDir);
          const code = codes.create(() => void rm(page, { force: true }).catch(onInternalError));
          await writeOpeningPage(page, `${url()}/#${code}`);
          return { code, page };
        },
        backupFile,
        files: {
          blobs: createBlobStore({ disk: createFolderDisk(join(dataDir, "blobs")), sha256: (...parts) => crypto.sha256(...parts), random: createNodeRandom() }),
          describe: (message, blob) => new Promise((resolve) => session.execute("file.get", { message, blob }, resolve)),
          damaged: (message, blob) => session.execute("file.fetch", { message, blob }, () => undefined),
        },
        webRoot,
        port: () => port,
        onInternalError,
      });
      const sockets = createSocketServer({
        engine,
        clock,
        credentials,
        port: () => port,
        onInternalError,
      });
      const server = createAdaptorServer({
        fetch: app.fetch,
        overrideGlobalObjects: false,
        serverOptions: { headersTimeout: limits.headersTimeout, requestTimeout: 0 },
      }) as Server;
      server.on("upgrade", (request, socket, head) => sockets.upgrade(request, socket, head));

      try {
        port = await listen(server, host, options.port ?? keptPort ?? 0);
      } catch (error) {
        session.close();
        throw error;
      }
      await keepPort(dataDir, port);
      stopServing = async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        codes.clear();
        await sockets.close();
        // Each code takes its page along, but a process that is about to exit cannot leave that for later.
        await removeOpeningPages(dataDir).catch(onInternalError);
        server.closeAllConnections();
        await closed;
        session.close();
      };
      return { url: url(), port, previousPort: keptPort === port ? null : keptPort };
    },
    stop: () => stopServing(),
    createBrowserCode: () => codes.create(),
  };
}
