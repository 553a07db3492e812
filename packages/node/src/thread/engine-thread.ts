/**
 * The engine's thread: store, rules and sync, away from sockets and browsers, so that neither waits for the other.
 * Started by engine-host.ts.
 */
import { renameSync, existsSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import type { LinksHandler } from "@multichat/core/ports";
import { createNodeCrypto, createNodeRandom } from "@multichat/crypto";
import { systemClock } from "@multichat/net/clock";
import { peerIdText } from "@multichat/protocol";
import { createBlobStore } from "@multichat/core";
import { createFolderDisk, createSqliteStore } from "@multichat/store";
import { createBackupFiles } from "../backup/backup-file.ts";
import { markErasing } from "../data-folder/erasing.ts";
import { createFileVault } from "../data-folder/vault-file.ts";
import { createDamagedEngine, isDamage } from "../engine/damaged-engine.ts";
import { type Engine, createEngine } from "../engine/engine.ts";
import type { EngineSession } from "../engine/port.ts";
import { createExportFiles } from "../import/folder-files.ts";
import { createBatchedPort } from "./batched-port.ts";
import { createInbox } from "./inbox.ts";
import type { FromEngine, ThreadData, ToEngine } from "./protocol.ts";
import { callWake } from "./call-wake.ts";
import { createTally } from "./tally.ts";

/** Kept in their order among each other; all else comes from this node's person, or from starting and stopping. */
const fromTransport: ReadonlySet<ToEngine["type"]> = new Set<ToEngine["type"]>([
  "linked", "frame", "unlinked", "dialFailed", "discovered", "listening", "rtt", "drained",
]);
const port = parentPort!;
const { dataDir, database, vaultKey } = workerData as ThreadData;
const out = createBatchedPort<FromEngine>(port);
const sessions = new Map<number, EngineSession>();
let handler: LinksHandler | null = null;
const transportUp = Promise.withResolvers<void>();
const vault = createFileVault(dataDir, { key: vaultKey, keyChanged: (key) => out.post({ type: "vault-key", key }) });
const crypto = createNodeCrypto();
const random = createNodeRandom();
const log = (event: string, detail: Record<string, string | number> = {}): void => out.post({ type: "log", event, detail });

const links = {
  start(given: LinksHandler): Promise<void> {
    handler = given;
    return transportUp.promise;
  },
  stop: () => Promise.resolve(),
  dial: (device: never, addresses: string[]) => out.post({ type: "dial", device, addresses }),
  send: (device: never, frame: Uint8Array) => out.postBytes({ type: "send", device, frame }, frame),
  welcome: (devices: readonly never[]) => out.post({ type: "welcome", devices }),
  taken: createTally((taken) => out.post({ type: "taken", taken })),
  close: (device: never, reason: string) => out.post({ type: "close", device, reason }),
};

function open(): Engine {
  const common = { vault, crypto, random, peerId: peerIdText, renewed };
  try {
    const store = createSqliteStore({ path: database, random });
    // Else the database would be closed by nobody who knows how, and taken for a damaged one.
    process.on("uncaughtExceptionMonitor", () => store.close());
    const blobs = createBlobStore({ disk: createFolderDisk(join(dataDir, "blobs")), sha256: (...parts) => crypto.sha256(...parts), random });
    return createEngine({ ...common, store, blobs, links, erasing: () => markErasing(dataDir), erased: () => out.post({ type: "erased" }), backups: createBackupFiles(), exports: createExportFiles(), clock: systemClock, callWake, soon: (work) => inbox.afterUrgent(work), tellNow: out.flush, log });
  } catch (error) {
    if (!isDamage(error)) throw error;
    log("store.damaged", { code: error.code });
    return createDamagedEngine({ ...common, error });
  }
}

/** The database is kept aside, whatever was wrong with it; a new one is filled from the other members. */
function renewed(): void {
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, "");
  for (const suffix of ["", "-wal", "-shm"]) {
    if (existsSync(database + suffix)) renameSync(database + suffix, `${database}.kept-${stamp}${suffix}`);
  }
  out.post({ type: "renewed" });
}

const engine = open();

const inbox = createInbox<ToEngine>({
  handle,
  isUrgent: ({ type }) => !fromTransport.has(type),
  senderOf: (message) => (message.type === "linked" ? message.link.device : "device" in message ? message.device : ""),
  soon: (work) => void setImmediate(work),
  now: () => performance.now(),
});
port.on("message", (messages: ToEngine[]) => inbox.add(messages));
out.post({ type: "ready" });

function handle(message: ToEngine): void {
  switch (message.type) {
    case "connect": {
      const { session, listens } = message;
      sessions.set(session, engine.connect(listens ? (pushes) => out.post({ type: "pushes", session, pushes }) : null));
      return;
    }
    case "disconnect":
      sessions.get(message.session)?.close();
      sessions.delete(message.session);
      return;
    case "command": {
      const { id } = message;
      return sessions.get(message.session)?.execute(message.command, message.params as never, (result) => out.post({ type: "result", id, result }));
    }
    case "api":
      return engine.setApi(message.url, message.previousPort);
    case "start":
      void engine.start();
      return;
    case "started":
      return transportUp.resolve();
    case "stop":
      inbox.clear();
      void engine.stop().then(() => {
        out.post({ type: "stopped" });
        out.flush();
        port.close();
        process.exit(); // whatever timer is still set: this thread is done
      });
      return;
    case "linked":
      return handler?.linked(message.link);
    case "frame":
      return handler?.frame(message.device, message.frame);
    case "unlinked":
      return handler?.unlinked(message.device, message.reason);
    case "dialFailed":
      return handler?.dialFailed(message.device, message.attempts);
    case "discovered":
      return handler?.discovered(message.device, message.addresses);
    case "listening":
      return handler?.listening(message.addresses);
    case "rtt":
      return handler?.rtt(message.device, message.ms);
    case "drained":
      return handler?.drained(message.device, message.queued);
  }
}
