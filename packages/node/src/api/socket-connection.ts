/**
 * One WebSocket client: requests in, answers and pushes out. What falls due in one go leaves as one
 * frame; a client that sends faster than the engine works is read more slowly, and one that does not read is let go.
 */
import type { Answer, Push } from "@multichat/client/contract";
import type { WebSocket } from "ws";
import type { EnginePort } from "../engine/port.ts";
import { execute } from "./execute.ts";
import { limits } from "./limits.ts";
import { parseCommand, parseJson, requestId } from "./parse-request.ts";
import { failure } from "./result.ts";
import type { ApiResult } from "./result.ts";

/** RFC 6455 close codes. */
const unsupportedData = 1003;
/** Ours, from the range left to applications. */
export const tooSlow = 4408;

export interface SocketConnectionDeps {
  engine: EnginePort;
  onInternalError: (cause: unknown) => void;
}

export interface SocketConnection {
  /** Takes no more requests; resolves when those it took have been answered. */
  finish(): Promise<void>;
}

export function serveConnection(
  socket: WebSocket,
  { engine, onInternalError }: SocketConnectionDeps,
): SocketConnection {
  const session = engine.connect((pushes) => {
    for (const push of pushes) send(push);
  });
  let outgoing: string[] = [];
  let inFlight = 0;
  let whenIdle: (() => void) | null = null;

  function send(item: Answer | Push): void {
    if (socket.readyState !== socket.OPEN) return;
    // After everything that the same message from the engine has set off.
    if (outgoing.length === 0) process.nextTick(flush);
    outgoing.push(JSON.stringify(item));
  }

  function flush(): void {
    if (outgoing.length === 0) return;
    const frame = outgoing.length === 1 ? outgoing.join() : `[${outgoing.join()}]`;
    outgoing = [];
    if (socket.readyState !== socket.OPEN) return;
    socket.send(frame);
    if (socket.bufferedAmount > limits.backlogBytes) {
      socket.close(tooSlow, "This client did not read what was sent to it.");
    }
  }

  function answer(id: number | null, result: ApiResult<unknown>): void {
    if (!result.ok) return send({ id, ok: false, error: result.error });
    // Only a request with an id is ever carried out.
    if (id !== null) send({ id, ok: true, value: result.value });
  }

  function handle(request: unknown): void {
    const id = requestId(request);
    if (id === null)
      return answer(
        null,
        failure("bad-request", "A request needs an `id`: a whole number from 0."),
      );
    const parsed = parseCommand(request);
    if (!parsed.ok) return answer(id, parsed);
    if (++inFlight >= limits.commandsInFlight) socket.pause();
    // At once, so that it stands before the pushes of what happens after it.
    execute(session, parsed.value, onInternalError, (result) => {
      answer(id, result);
      if (--inFlight === limits.commandsInFlight / 2) socket.resume();
      if (inFlight === 0) whenIdle?.();
    });
  }

  socket.on("message", (data, isBinary) => {
    if (whenIdle !== null) return;
    if (isBinary) return socket.close(unsupportedData, "Requests are JSON text.");
    // Text arrives as one Buffer unless a socket is set up otherwise.
    const json = parseJson((data as Buffer).toString());
    if (!json.ok) return answer(null, json);
    for (const request of Array.isArray(json.value) ? json.value : [json.value]) handle(request);
  });
  socket.on("close", () => session.close());
  // Resets and broken frames end the connection; "close" follows and there is nobody to tell.
  socket.on("error", () => undefined);

  return {
    async finish() {
      await new Promise<void>((resolve) => {
        whenIdle = resolve;
        if (inFlight === 0) resolve();
      });
      flush();
    },
  };
}
