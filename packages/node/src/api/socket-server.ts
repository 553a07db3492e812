/** The WebSocket side of the local API: who may open one, and the bounds that hold for each. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@multichat/core/ports";
import { type WebSocket, WebSocketServer } from "ws";
import { refuseCaller, refusePlace } from "./access.ts";
import type { Credentials } from "./access.ts";
import { statusOf } from "./http-status.ts";
import { limits } from "./limits.ts";
import { failure } from "./result.ts";
import type { Failure } from "./result.ts";
import { serveConnection } from "./socket-connection.ts";
import type { SocketConnection, SocketConnectionDeps } from "./socket-connection.ts";

export interface SocketServerDeps extends SocketConnectionDeps {
  clock: Clock;
  credentials: Credentials;
  port(): number;
}

export interface SocketServer {
  /** For the HTTP server's "upgrade" event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Answers what was asked, then resolves when no client is connected any more. */
  close(): Promise<void>;
}

const goingAway = 1001;

export function createSocketServer(deps: SocketServerDeps): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.requestBytes,
    perMessageDeflate: false,
  });
  const connections = new WeakMap<WebSocket, SocketConnection>();

  function refuse(request: IncomingMessage): Failure | null {
    const { host, origin, authorization, cookie } = request.headers;
    const headers = { host, origin, authorization, cookie };
    const refused =
      refusePlace(headers, deps.port()) ?? refuseCaller(headers, deps.credentials, true);
    if (refused !== null) return refused;
    if (request.url === "/api/v1/socket") return null;
    return failure("not-found", "The WebSocket of the local API is at /api/v1/socket.");
  }

  return {
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      const refused = refuse(request);
      if (refused !== null) return refuseUpgrade(socket, refused);
      server.handleUpgrade(request, socket, head, (client) => {
        connections.set(client, serveConnection(client, deps));
      });
    },
    async close() {
      const clients = [...server.clients];
      const cancel = deps.clock.after(limits.closeTimeout, () => {
        for (const client of clients) client.terminate();
      });
      await Promise.all(
        clients.map(async (client) => {
          const closed = new Promise((resolve) => client.once("close", resolve));
          await Promise.race([connections.get(client)?.finish(), closed]);
          client.close(goingAway, "Multichat is stopping.");
          await closed;
        }),
      );
      cancel();
    },
  };
}

/** An upgrade that is not granted is answered like any other request. */
function refuseUpgrade(socket: Duplex, refused: Failure): void {
  const body = JSON.stringify(refused);
  socket.end(
    [
      `HTTP/1.1 ${statusOf(refused.error.code)} Refused`,
      "Connection: close",
      "Cache-Control: no-store",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}
