/** Files of messages (spec/12-content.md, Files; spec/local-api.md, Files). Their bytes go over HTTP, not over commands. */
import type { Id, Message, Person, Space } from "./model.ts";

/** What helps to show a file before it is here. Its author's word. */
export interface FileShape {
  /** Pixels. */
  width?: number;
  height?: number;
  /** Milliseconds. */
  duration?: number;
  /** A small picture of it: another blob, of at most 65,536 bytes. */
  thumb?: { blob: Id; size: number };
  /** Loudness along a voice message, at most 64 values of 0–255. */
  wave?: number[];
  voice?: true;
  /** What it shows, in words, for those who do not see it: 1–1,000 characters. */
  alt?: string;
}

/** A file to be sent, whose bytes were handed over before. */
export interface FileDraft {
  blob: Id;
  /** Not a path: without slashes and control characters. */
  name: string;
  /** A media type, in lower case. */
  type: string;
  shape?: FileShape;
}

/** `nobody`: no member who has it is connected. It is tried again by itself in every case. */
export const fileProblems = ["nobody", "disk-full", "disk"] as const;
export type FileProblem = (typeof fileProblems)[number];

export type FileState =
  | { step: "here" }
  | { step: "missing" }
  /** Bytes. `from`: who sends pieces of it just now. */
  | { step: "fetching"; have: number; of: number; from: Person[] }
  | { step: "failed"; why: FileProblem };

export interface FileView {
  blob: Id;
  name: string;
  type: string;
  size: number;
  shape: FileShape;
  state: FileState;
  /** Whether its thumbnail is here. */
  thumbHere: boolean;
}

export interface SpaceStorage {
  /** Of what is here of this space's files; a file named twice counts once. */
  bytes: number;
  files: number;
  /** Files of others that came longer ago than this are let go, and fetched again when somebody asks for them; null: none are. */
  keepDays: number | null;
}

export interface FileCommands {
  "file.get": [{ message: Id; blob: Id }, { file: FileView }];
  /** Fetches it before all others, or tries again. */
  "file.fetch": [{ message: Id; blob: Id }, { file: FileView }];
  /** What came of it is removed. */
  "file.cancel": [{ message: Id; blob: Id }, { file: FileView }];
  /** Of a message whose files are looked at once: they were, so they go from this account's devices. */
  "file.looked": [{ message: Id }, { message: Message }];
  "space.storage": [{ space: Id }, SpaceStorage];
  "space.keep-files": [{ space: Id; days: number | null }, SpaceStorage];
  /** The largest file, in bytes, that members' software sends here; 0: any. */
  "space.file-limit": [{ space: Id; bytes: number }, { space: Space }];
}

export interface FilePushes {
  /** A file or thumbnail came, was let go, or is on its way. */
  file: { blob: Id; state: FileState };
}
