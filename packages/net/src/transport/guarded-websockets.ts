/**
 * libp2p's WebSocket transport, made safe for strangers. As it comes, nobody listens for the errors of an accepted socket, so
 * one malformed frame, sent before any handshake, ends the process; and a reset asks for a close code that is refused, so
 * the socket stays open; a message may have 100 MiB; and whoever connects and says nothing may stay. All are mended where the
 * listener makes its sockets.
 */
import { Server } from "node:net";
import type { Socket } from "node:net";
import type { Transport } from "@libp2p/interface";
import { webSockets } from "@libp2p/websockets";
import type { WebSocketsComponents } from "@libp2p/websockets";
import type { Door } from "./door.ts";
import { transportLimits } from "./limits.ts";
import { customerOf } from "./networks.ts";

/** What this needs of the sockets of the `ws` package. */
interface AcceptedSocket {
  on(event: "error", listener: () => void): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  setSocket(socket: Socket, ...rest: unknown[]): void;
}

interface SocketServer {
  options: { WebSocket: SocketClass; maxPayload: number };
}

type SocketClass = new (...args: unknown[]) => AcceptedSocket;

/** "Closed abnormally": may be reported, but not asked for. */
const abnormalClosure = 1006;

export function guardedWebSockets(door: Door): (components: WebSocketsComponents) => Transport {
  return (components) => {
    const transport = webSockets()(components);
    const createListener = transport.createListener.bind(transport);
    transport.createListener = (options) => {
      const listener = createListener(options);
      const { wsServer, server } = partsOf(listener);
      const admitted = limitWaiting(server, door);
      wsServer.options.WebSocket = guard(wsServer.options.WebSocket, admitted);
      wsServer.options.maxPayload = transportLimits.webSocketMessageBytes;
      return listener;
    };
    return transport;
  };
}

/** Bounds the connections that are not a WebSocket yet. The function that comes back is to be told when one is. */
function limitWaiting(server: Server, door: Door): (socket: Socket) => void {
  const done = new WeakMap<Socket, () => void>();
  server.prependListener("connection", (socket: Socket) => {
    const turnOut = (): void => void socket.destroy();
    const visitor = { host: customerOf(socket.remoteAddress ?? ""), turnOut };
    const timer = setTimeout(turnOut, transportLimits.dialTimeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      door.leaves(visitor);
    };
    done.set(socket, end);
    socket.once("close", end);
    door.knocks(visitor);
  });
  return (socket) => done.get(socket)?.();
}

function guard(Base: SocketClass, admitted: (socket: Socket) => void): SocketClass {
  return class GuardedSocket extends Base {
    constructor(...args: unknown[]) {
      super(...args);
      // The close that follows is what ends the connection.
      this.on("error", () => {});
    }

    override setSocket(socket: Socket, ...rest: unknown[]): void {
      admitted(socket);
      super.setSocket(socket, ...rest);
    }

    override close(code?: number, reason?: string): void {
      if (code === abnormalClosure) this.terminate();
      else super.close(code, reason);
    }
  };
}

/** @throws Error when libp2p's listener is no longer built this way: better not to start than to be unguarded. */
function partsOf(listener: object): { wsServer: SocketServer; server: Server } {
  if (
    hasObject(listener, "wsServer") &&
    hasObject(listener.wsServer, "options") &&
    hasObject(listener, "server")
  ) {
    const { wsServer, server } = listener;
    const { options } = wsServer;
    const isClass = "WebSocket" in options && typeof options.WebSocket === "function";
    if (isClass && server instanceof Server) return { wsServer: wsServer as SocketServer, server };
  }
  throw new Error("libp2p's WebSocket listener is built in another way than expected");
}

function hasObject<Key extends string>(value: object, key: Key): value is Record<Key, object> {
  return (
    key in value &&
    typeof (value as Record<Key, unknown>)[key] === "object" &&
    (value as Record<Key, unknown>)[key] !== null
  );
}
