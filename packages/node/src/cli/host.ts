/** What the command line needs of the process it runs in; tests bring their own. */
import type { StartNode } from "./start-node.ts";

export interface CliHost {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  /** A person is reading stdout. */
  readonly isTerminal: boolean;
  /** Where stdin is a terminal, on which somebody types. */
  readonly terminal: Terminal | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  exitCode: number;
  now(): number;
  after(milliseconds: number, task: () => void): () => void;
  /** Ctrl-C and a polite kill, each time; the returned function stops listening. */
  onInterrupt(listener: () => void): () => void;
  /** Ends the process now, whatever is under way. */
  forceExit(code: number): void;
  /** Shows this address in the person's browser; says whether one could be started. */
  openInBrowser(address: string): Promise<boolean>;
  /** Loaded only for `start`: the node is most of the program. */
  loadNode(): Promise<{ startNode: StartNode }>;
}

export interface TextSink {
  write(text: string): void;
}

export interface Terminal {
  /** Raw: it shows nothing by itself, and every key is for this process to read, Ctrl-C too. */
  setRawMode(raw: boolean): void;
  /** Nothing is read from it any more. */
  close(): void;
}
