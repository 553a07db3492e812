/** What every export comes to: messages in their order, what has no place here, and what cannot be read (spec/export.md, Import). */
import type { ErrorCode, ImportFormat } from "@multichat/client/contract";

export interface ImportedMessage {
  type: "message";
  file: string;
  line: number;
  /** The name of the channel it was written in. */
  channel: string;
  /** What others of this export call it by, or null where nothing can. */
  key: string | null;
  /** Milliseconds since 1970. */
  at: number;
  /** The name it was written under, as it stands there. */
  author: string;
  /** Markdown. */
  text: string;
  /** The key of the message whose thread it is in. */
  thread?: string;
  /** In a thread: it was shown in the channel as well. */
  also?: true;
  /** The key of the message that it answers. */
  reply?: string;
  reactions?: { emoji: string; people: string[] }[];
  /** Names of files that were attached and whose bytes are not in the export. */
  files?: string[];
  /** Those whose bytes are: where, in the export. */
  attached?: { name: string; type: string; alt?: string; path: string }[];
  /** It was changed; only the last text is there. */
  edited?: true;
}

/** Left out: it is nothing that a person wrote, or has no place here. */
export interface Skipped {
  type: "skipped";
  /** Of which kind, to be counted by. */
  what: string;
  /** It only lies beside what is imported, and nothing was found by it. */
  beside?: true;
}

/** Where an export is not what it should be. */
export interface Problem {
  type: "problem";
  file: string;
  /** From 1; 0 for a file as a whole. */
  line: number;
  reason: string;
}

export type Imported = ImportedMessage | Skipped | Problem;

/** Reads an export from its beginning. Pure but for the reading: the same every time. */
export type ExportReader = (place: ExportPlace) => AsyncGenerator<Imported>;

/** A file or folder that is imported. Names are relative to it, with `/`. */
export interface ExportPlace {
  /** The last part of its path. */
  readonly name: string;
  readonly isFolder: boolean;
  /** What is in it, or in a folder of it, by name. @throws ImportError */
  list(folder?: string): Promise<{ name: string; isFolder: boolean }[]>;
  /** In pieces, from the beginning; without a name, the file itself. Throws ImportError. */
  read(name?: string): AsyncIterable<Uint8Array>;
}

/** Where exports are read from: a port, so that the engine knows no files. */
export interface ExportFiles {
  /** @throws ImportError */
  open(path: string): Promise<ExportPlace>;
}

export class ImportError extends Error {
  override name = "ImportError";
  readonly code: Extract<
    ErrorCode,
    "bad-request" | "file-unreadable" | "file-damaged" | "too-large"
  >;
  constructor(code: ImportError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** What a message's source is called, beside its author's name. */
export const sources: Readonly<Record<ImportFormat, string>> = {
  slack: "slack",
  discord: "discord",
  irc: "irc",
  mbox: "mbox",
  export: "multichat",
};

export function problem(file: string, line: number, reason: string): Problem {
  return { type: "problem", file, line, reason };
}

export function skipped(what: string): Skipped {
  return { type: "skipped", what };
}

export function beside(what: string): Skipped {
  return { type: "skipped", what, beside: true };
}
