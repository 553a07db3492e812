/** The main thread's side of the engine's thread: passes on commands and pushes, and joins it to the transport. */
import { Worker } from "node:worker_threads";
import type { CommandName, Push } from "@multichat/client/contract";
import { releaseBytes } from "@multichat/core";
import type { Links, LinksHandler } from "@multichat/core/ports";
import type { VaultKey } from "../data-folder/sealed-keys.ts";
import type { CommandResult, EnginePort, EngineSession } from "../engine/port.ts";
import { createBatchedPort } from "./batched-port.ts";
import type { FromEngine, ThreadData, ToEngine } from "./protocol.ts";

export interface EngineHost extends EnginePort {
  setApi(url: string, previousPort: number | null): void;
  /** Joins the transport; from now on there are peers. */
  start(links: Links): Promise<void>;
  stop(): Promise<void>;
}

export interface EngineHostEvents {
  log(event: string, detail: Record<string, string | number>): void;
  /** The engine set itself up as a new device and wants everything to be started anew. */
  renewed(): void;
  /** The account was deleted: its files are to be removed, and everything started anew. */
  erased(): void;
  /** The keys have another passphrase, or none: what is started anew needs it. */
  vaultKey(key: VaultKey | null): void;
  /** The thread ended by itself: a bug. */
  crashed(error: unknown): void;
}

const gone: Extract<CommandResult<CommandName>, { ok: false }> = {
  ok: false,
  error: { code: "internal", message: "Multichat is restarting its inner part. Please try again in a moment." },
};

/** Resolves when the engine can answer. */
export async function startEngineHost(data: ThreadData, events: EngineHostEvents): Promise<EngineHost> {
  const worker = new Worker(new URL("./engine-entry.mjs", import.meta.url), { workerData: data });
  const out = createBatchedPort<ToEngine>(worker);
  const waiting = new Map<number, (result: CommandResult<CommandName>) => void>();
  const listeners = new Map<number, (pushes: Push[]) => void>();
  let links: Links | null = null;
  let nextCommand = 1;
  let nextSession = 1;
  let isReady = false;
  let stopping = false;
  let ended = false;
  const ready = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();

  worker.on("message", (messages: FromEngine[]) => {
    for (const message of messages) handle(message);
  });
  worker.on("error", (error) => {
    ready.reject(error);
    // Before that, who starts it learns so from the promise.
    if (isReady && !stopping) events.crashed(error);
  });
  worker.on("exit", () => {
    ended = true;
    for (const answer of waiting.values()) answer(gone);
    waiting.clear();
    stopped.resolve();
  });

  function handle(message: FromEngine): void {
    switch (message.type) {
      case "ready":
        return ready.resolve();
      case "stopped":
        return;
      case "renewed":
        return events.renewed();
      case "erased":
        return events.erased();
      case "vault-key":
        return events.vaultKey(message.key);
      case "result": {
        const answer = waiting.get(message.id);
        waiting.delete(message.id);
        return answer?.(message.result);
      }
      case "pushes":
        return listeners.get(message.session)?.(message.pushes);
      case "dial":
        return links?.dial(message.device, message.addresses);
      case "send":
        links?.send(message.device, message.frame);
        return releaseBytes(message.frame);
      case "welcome":
        return links?.welcome(message.devices);
      case "taken":
        for (const [device, weight] of message.taken) links?.taken(device, weight);
        return;
      case "close":
        return links?.close(message.device, message.reason);
      case "log":
        return events.log(message.event, message.detail);
    }
  }

  const handler: LinksHandler = {
    linked: (link) => out.post({ type: "linked", link }),
    frame: (device, frame) => out.postBytes({ type: "frame", device, frame }, frame),
    unlinked: (device, reason) => out.post({ type: "unlinked", device, reason }),
    dialFailed: (device, attempts) => out.post({ type: "dialFailed", device, attempts }),
    discovered: (device, addresses) => out.post({ type: "discovered", device, addresses }),
    listening: (addresses) => out.post({ type: "listening", addresses }),
    rtt: (device, ms) => out.post({ type: "rtt", device, ms }),
    drained: (device, queued) => out.post({ type: "drained", device, queued }),
  };

  await ready.promise;
  isReady = true;
  return {
    connect(onPushes): EngineSession {
      const session = nextSession++;
      if (onPushes !== null) listeners.set(session, onPushes);
      out.post({ type: "connect", session, listens: onPushes !== null });
      return {
        execute(command, params, answer) {
          if (ended) return answer(gone);
          const id = nextCommand++;
          out.post({ type: "command", session, id, command, params });
          waiting.set(id, answer as (result: CommandResult<CommandName>) => void);
        },
        close() {
          listeners.delete(session);
          out.post({ type: "disconnect", session });
        },
      };
    },
    setApi: (url, previousPort) => out.post({ type: "api", url, previousPort }),
    async start(given) {
      links = given;
      out.post({ type: "start" });
      await given.start(handler);
      out.post({ type: "started" });
    },
    async stop() {
      stopping = true;
      // The engine first: it has a last word for the others, and the links deliver what they were given before they end.
      out.post({ type: "stop" });
      await stopped.promise;
      await links?.stop();
      links = null;
    },
  };
}
