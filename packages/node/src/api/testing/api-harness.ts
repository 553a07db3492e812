/** A local API over real sockets, in front of a fake engine, for as long as one test. */
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "@multichat/core/ports";
import { WebSocket } from "ws";
import { createApiServer } from "../api-server.ts";
import type { ApiServer, StartedApi } from "../api-server.ts";
import { readApiToken } from "../api-token.ts";
import { createFakeEngine } from "./fake-engine.ts";
import type { FakeEngine } from "./fake-engine.ts";

export interface ApiHarness extends AsyncDisposable {
  engine: FakeEngine;
  dataDir: string;
  webRoot: string;
  readonly server: ApiServer;
  api: StartedApi;
  token: string;
  /** What went wrong inside, in order. */
  internalErrors: unknown[];
  request(path: string, options?: RequestOptions): Promise<RawResponse>;
  /** Starts anew on the same port, after `server.stop()`. */
  restart(): Promise<void>;
  command(command: unknown, params?: unknown, headers?: OutgoingHttpHeaders): Promise<RawResponse>;
  /** A WebSocket with the token, or with these headers instead. */
  socket(headers?: Record<string, string>): WebSocket;
}

export interface RequestOptions {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; undefined when it is none. */
  json: unknown;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export async function startApi({
  clock = systemClock,
}: { clock?: Clock } = {}): Promise<ApiHarness> {
  const dataDir = await mkdtemp(join(tmpdir(), "multichat-api-"));
  const webRoot = join(dataDir, "web");
  const engine = createFakeEngine();
  const internalErrors: unknown[] = [];
  const serverAt = (port?: number): ApiServer =>
    createApiServer({
      engine,
      clock,
      dataDir,
      webRoot,
      ...(port === undefined ? {} : { port }),
      onInternalError: (cause) => void internalErrors.push(cause),
    });
  let server = serverAt(0);
  const api = await server.start();
  const token = (await readApiToken(dataDir)) ?? "";
  const bearer = { authorization: `Bearer ${token}` };
  const ask = (path: string, options?: RequestOptions): Promise<RawResponse> =>
    rawRequest(api.port, path, options);

  return {
    engine,
    dataDir,
    webRoot,
    get server() {
      return server;
    },
    api,
    token,
    internalErrors,
    request: ask,
    async restart() {
      server = serverAt();
      await server.start();
    },
    command: (command, params, headers = bearer) =>
      ask("/api/v1/command", {
        method: "POST",
        headers,
        body: JSON.stringify({ command, params }),
      }),
    socket: (headers = bearer) =>
      new WebSocket(`ws://127.0.0.1:${api.port}/api/v1/socket`, { headers }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Unlike `fetch` this sends the Host and Origin it is told to. */
export function rawRequest(
  port: number,
  path: string,
  options: RequestOptions = {},
): Promise<RawResponse> {
  const { method = "GET", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (chunk: string) => (text += chunk));
        incoming.on("end", () => {
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            json: tryJson(text),
          });
        });
        incoming.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every message of a socket, one by one, arrays taken apart. */
export class Inbox {
  readonly items: unknown[] = [];
  readonly frames: unknown[] = [];
  #wake = (): void => undefined;

  constructor(socket: WebSocket) {
    socket.on("message", (data) => {
      const frame: unknown = JSON.parse((data as Buffer).toString());
      this.frames.push(frame);
      this.items.push(...(Array.isArray(frame) ? frame : [frame]));
      this.#wake();
    });
  }

  async atLeast(count: number): Promise<unknown[]> {
    while (this.items.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.items;
  }
}
