import { createClient } from "./client.ts";
import type { Client } from "./client.ts";
import { createNextTurn } from "./next-turn.ts";
import { isAuthorized } from "./session.ts";
import { socketUrl } from "./socket.ts";
import type { SocketConstructor } from "./socket.ts";

export interface ConnectOptions {
  /** Where the node listens: `http://127.0.0.1:PORT`. */
  url: string;
  /** For programs: the content of the data folder's `api-token`. A browser has a cookie instead. */
  token?: string;
  /** Default: the runtime's own WebSocket. */
  webSocket?: SocketConstructor;
  /** Default true. With false the first failure closes the client: for scripts, which should say that there is no node. */
  reconnect?: boolean;
}

/** Connects to a node and stays connected until `close()`. */
export function connect({ url, token, webSocket, reconnect = true }: ConnectOptions): Client {
  // Node's WebSocket takes headers as `ws` does, the browser's takes none and is given none (see SocketConstructor).
  const WebSocketHere = webSocket ?? (globalThis.WebSocket as unknown as SocketConstructor);
  const target = socketUrl(url);
  return createClient(
    {
      openSocket: () =>
        token === undefined
          ? new WebSocketHere(target)
          : new WebSocketHere(target, { headers: { authorization: `Bearer ${token}` } }),
      isAuthorized: () => isAuthorized(url, token),
      after: (milliseconds, task) => {
        const timer = setTimeout(task, milliseconds);
        return () => clearTimeout(timer);
      },
      nextTurn: createNextTurn(),
      random: Math.random,
    },
    { reconnect },
  );
}
