/**
 * libp2p's WebSocket transport, made safe for strangers. As it comes, nobody listens for the errors of an accepted socket, so
 * one malformed frame, sent before any handshake, ends the process; and a reset asks for a close code that is refused, so
 * the socket stays open; a message may have 100 MiB. All three are mended where the listener makes its sockets.
 */
import type { Transport } from "@libp2p/interface";
import { webSockets } from "@libp2p/websockets";
import type { WebSocketsComponents } from "@libp2p/websockets";
import { transportLimits } from "./limits.ts";

/** What this needs of the sockets of the `ws` package. */
interface AcceptedSocket {
  on(event: "error", listener: () => void): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
}

interface SocketServer {
  options: { WebSocket: SocketClass; maxPayload: number };
}

type SocketClass = new (...args: unknown[]) => AcceptedSocket;

/** "Closed abnormally": may be reported, but not asked for. */
const abnormalClosure = 1006;

export function guardedWebSockets(): (components: WebSocketsComponents) => Transport {
  return (components) => {
    const transport = webSockets()(components);
    const createListener = transport.createListener.bind(transport);
    transport.createListener = (options) => {
      const listener = createListener(options);
      const server = socketServerOf(listener);
      server.options.WebSocket = guard(server.options.WebSocket);
      server.options.maxPayload = transportLimits.webSocketMessageBytes;
      return listener;
    };
    return transport;
  };
}

function guard(Base: SocketClass): SocketClass {
  return class GuardedSocket extends Base {
    constructor(...args: unknown[]) {
      super(...args);
      // The close that follows is what ends the connection.
      this.on("error", () => {});
    }

    override close(code?: number, reason?: string): void {
      if (code === abnormalClosure) this.terminate();
      else super.close(code, reason);
    }
  };
}

/** @throws Error when libp2p's listener is no longer built this way: better not to start than to be unguarded. */
function socketServerOf(listener: object): SocketServer {
  if (hasObject(listener, "wsServer") && hasObject(listener.wsServer, "options")) {
    const { wsServer } = listener;
    if ("WebSocket" in wsServer.options && typeof wsServer.options.WebSocket === "function") {
      return wsServer as SocketServer;
    }
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
