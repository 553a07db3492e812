import type { EnginePort } from "../engine/port.ts";

export interface StartNodeOptions {
  dataDir: string;
  /** Where the local API listens; without it the kept port, else a free one. */
  port?: number;
  /** libp2p addresses to listen on; without them the defaults. */
  listen?: string[];
  /** Look for members on the same network. */
  mdns: boolean;
}

export interface RunningNode {
  /** `http://127.0.0.1:PORT` */
  api: string;
  engine: EnginePort;
  createBrowserCode(): string;
  /** Where the keys have a passphrase: whether this is it; if so, resolves when the node runs. */
  unlock(passphrase: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Rejects with an error whose `code` is one of the contract's, and whose message a person can act on. */
export type StartNode = (options: StartNodeOptions) => Promise<RunningNode>;
