/** The way from the command line to the node that runs on a data folder. */
import { existsSync } from "node:fs";
import { connect } from "@multichat/client";
import type { Client } from "@multichat/client";
import { WebSocket } from "ws";
import { readApiToken } from "../api/api-token.ts";
import { readKeptPort } from "../api/kept-port.ts";
import { CliError } from "./cli-error.ts";
import { inFolder } from "./data-folder.ts";

export interface NodeConnection {
  client: Client;
  url: string;
  token: string;
}

/** @throws CliError `not-running` when no node runs there; `unauthorized` when it cannot be asked. */
export async function connectToNode(dataDir: string): Promise<NodeConnection> {
  const [token, port] = await Promise.all([readApiToken(dataDir), readKeptPort(dataDir)]);
  if (token === null && (await isRunning(dataDir))) throw withoutToken(dataDir);
  if (token === null || port === null) throw notRunning(dataDir);
  const url = `http://127.0.0.1:${port}`;
  const client = connect({ url, token, webSocket: WebSocket, reconnect: false });
  await new Promise<void>((resolve, reject) => {
    client.onState((state) => {
      if (state === "open") resolve();
      else if (state === "closed") reject(notRunning(dataDir));
      else if (state === "unauthorized") reject(notOurs(port, dataDir));
    });
  });
  return { client, url, token };
}

async function isRunning(dataDir: string): Promise<boolean> {
  const { isInUse, lockPath } = await import("../data-folder/lock.ts");
  return existsSync(lockPath(dataDir)) && isInUse(dataDir);
}

function withoutToken(dataDir: string): CliError {
  return new CliError(
    "unauthorized",
    `Multichat runs on ${dataDir}, but the file api-token in it, by which it knows who asks, is missing or garbled. If it was not started just now, stop it and start it again: that makes a new one.`,
  );
}

function notRunning(dataDir: string): CliError {
  return new CliError(
    "not-running",
    `Multichat is not running on ${dataDir}. Start it with: ${inFolder("multichat start", dataDir)}`,
  );
}

function notOurs(port: number, dataDir: string): CliError {
  return new CliError(
    "unauthorized",
    `What answers on port ${port} does not know this data folder's token: probably the node of another data folder. Run: ${inFolder("multichat doctor", dataDir)}`,
  );
}
