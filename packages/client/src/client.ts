/**
 * The connection to a node (spec/local-api.md): calls that may be pipelined, pushes, and the state of the connection. It
 * reconnects by itself; after every "open" whoever shows something lists it again and watches again, for pushes that came
 * meanwhile are not repeated. What comes is taken in its order: code that awaits an answer goes on before a push that stands
 * behind it is told.
 */
import { backoff } from "./backoff.ts";
import { ClientError } from "./client-error.ts";
import { maxFrameBytes } from "./contract/index.ts";
import type {
  Answer,
  ApiError,
  CommandName,
  FromNode,
  Params,
  Push,
  PushName,
  Pushes,
  Result,
} from "./contract/index.ts";
import { createIntake } from "./intake.ts";
import { createListenerSet, createPushListeners } from "./listeners.ts";
import type { Unsubscribe } from "./listeners.ts";
import { createOutbox, utf8LengthAtMost } from "./outbox.ts";
import type { Socket } from "./socket.ts";

/** "closed" and "unauthorized" are final: a new client is needed after them. */
export type ClientState = "connecting" | "open" | "closed" | "unauthorized";

export interface Client {
  readonly state: ClientState;
  /**
   * Rejects with a ClientError: the node's own, or `not-running` when the connection was lost before the answer came (the
   * node may then have carried it out or not). A call made while connecting waits until it can be sent.
   */
  call<C extends CommandName>(command: C, params: Params<C>): Promise<Result<C>>;
  on<P extends PushName>(push: P, listener: (data: Pushes[P]) => void): Unsubscribe;
  /** The listener hears the present state at once, then every change. */
  onState(listener: (state: ClientState) => void): Unsubscribe;
  close(): void;
}

export interface ClientDeps {
  openSocket(): Socket;
  /** Asked when a socket fails to open; rejects when the node cannot be asked. */
  isAuthorized(): Promise<boolean>;
  after(milliseconds: number, task: () => void): () => void;
  /** Does work in a turn of the event loop of its own, soon. */
  nextTurn(work: () => void): void;
  random: () => number;
}

interface Call {
  resolve(value: unknown): void;
  reject(error: ClientError): void;
  sent: boolean;
}

const unauthorized: ApiError = {
  code: "unauthorized",
  message:
    "This browser or program is not signed in to Multichat here. Run `multichat start` to open it anew.",
};
const lost: ApiError = {
  code: "not-running",
  message: "The connection to Multichat was lost before it answered.",
};
const unreachable: ApiError = {
  code: "not-running",
  message: "Multichat is not running on this computer.",
};
const closed: ApiError = {
  code: "not-running",
  message: "This connection to Multichat has been closed.",
};

export function createClient(deps: ClientDeps, options: { reconnect: boolean }): Client {
  const pushes = createPushListeners();
  const states = createListenerSet<ClientState>();
  const outbox = createOutbox();
  const intake = createIntake(deps.nextTurn);
  const calls = new Map<number, Call>();
  let state: ClientState = "connecting";
  let ended: ApiError | null = null;
  let socket: Socket | null = null;
  let lastId = 0;
  let failures = 0;
  let flushDue = false;
  let cancelRetry = (): void => undefined;

  function enter(next: ClientState): void {
    if (state === next) return;
    state = next;
    states.tell(next);
  }

  function connect(): void {
    const opening = deps.openSocket();
    let opened = false;
    let gone = false;
    socket = opening;
    opening.addEventListener("open", () => {
      if (socket !== opening) return opening.close();
      opened = true;
      failures = 0;
      enter("open");
      flush();
    });
    opening.addEventListener("message", (event) => {
      if (socket === opening) receive(event.data);
    });
    const fail = (): void => {
      if (gone || socket !== opening) return;
      gone = true;
      socket = null;
      if (opened) intake.follow(drop);
      else void refused();
    };
    opening.addEventListener("error", fail);
    opening.addEventListener("close", fail);
  }

  /** The socket was open and is gone, and what came before that has been taken. */
  function drop(): void {
    if (ended !== null) return;
    for (const [id, call] of calls) {
      if (call.sent) settle(id, (pending) => pending.reject(new ClientError(lost)));
    }
    if (!options.reconnect) return end("closed", lost);
    enter("connecting");
    retryLater();
  }

  /** The socket never opened: the node is away, or it does not let us in. */
  async function refused(): Promise<void> {
    const answer = await deps.isAuthorized().catch(() => null);
    if (ended !== null) return;
    if (answer === false) return end("unauthorized", unauthorized);
    if (!options.reconnect) return end("closed", unreachable);
    retryLater();
  }

  function retryLater(): void {
    cancelRetry = deps.after(backoff(failures++, deps.random), connect);
  }

  function end(final: "closed" | "unauthorized", error: ApiError): void {
    if (ended !== null) return;
    ended = error;
    cancelRetry();
    const leaving = socket;
    socket = null;
    leaving?.close();
    for (const id of calls.keys()) settle(id, (pending) => pending.reject(new ClientError(error)));
    enter(final);
  }

  function settle(id: number, how: (call: Call) => void): void {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    how(call);
  }

  function flush(): void {
    flushDue = false;
    if (state !== "open" || socket === null) return;
    for (const { frame, ids } of outbox.take()) {
      socket.send(frame);
      for (const id of ids) {
        const call = calls.get(id);
        if (call !== undefined) call.sent = true;
      }
    }
  }

  function receive(data: unknown): void {
    if (typeof data !== "string") return;
    // The node is this person's own and checked by its tests; what it sends is trusted to have the contract's shapes.
    const frame = JSON.parse(data) as FromNode;
    for (const item of Array.isArray(frame) ? frame : [frame]) {
      if ("push" in item) intake.follow(() => tell(item));
      else intake.answer(() => answer(item));
    }
  }

  function tell(push: Push): void {
    if (ended === null) pushes.tell(push);
  }

  function answer(item: Answer): void {
    if (item.ok) return settle(item.id, (call) => call.resolve(item.value));
    if (item.id !== null)
      return settle(item.id, (call) => call.reject(new ClientError(item.error)));
    // A whole frame was refused, so nobody knows which of the calls under way will still be answered.
    for (const [id, call] of calls) {
      if (call.sent) settle(id, (pending) => pending.reject(new ClientError(item.error)));
    }
  }

  connect();

  return {
    get state() {
      return state;
    },
    call(command, params) {
      if (ended !== null) return Promise.reject(new ClientError(ended));
      const id = ++lastId;
      const text = JSON.stringify({ id, command, params });
      const bytes = utf8LengthAtMost(text);
      if (bytes > maxFrameBytes) {
        const message = `This is too large to send: at most ${maxFrameBytes / 1024} KiB at once.`;
        return Promise.reject(new ClientError({ code: "too-large", message }));
      }
      return new Promise((resolve, reject) => {
        calls.set(id, {
          resolve: (value) => resolve(value as Result<typeof command>),
          reject,
          sent: false,
        });
        outbox.add({ id, text, bytes });
        if (flushDue) return;
        flushDue = true;
        queueMicrotask(flush);
      });
    },
    on: pushes.on,
    onState(listener) {
      const unsubscribe = states.add(listener);
      listener(state);
      return unsubscribe;
    },
    close: () => end("closed", closed),
  };
}
