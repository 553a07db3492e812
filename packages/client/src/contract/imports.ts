/** Messages from elsewhere (spec/export.md, spec/local-api.md): exports of other programs, and one's own, brought into a workspace. */
import type { ErrorCode, Id } from "./model.ts";

export const importFormats = ["slack", "discord", "irc", "mbox", "export"] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What became of an export. */
export interface ImportSummary {
  /** `made`: there was none of this name. */
  channels: { id: Id; name: string; made: boolean; messages: number }[];
  /** Brought here now. */
  messages: number;
  /** Here already, by an import before. */
  already: number;
  /** Different names they were written under. */
  authors: number;
  /** Of the messages: those in threads, and those whose thread's beginning is not in the export and which stand in the channel. */
  replies: number;
  orphans: number;
  /** Answers that stand without what they answer: it is not in the export. */
  unlinked: number;
  /** Of the messages: those whose reactions stand in words below the text. */
  reactions: number;
  /** Files that are named only. */
  files: number;
  /** Of the messages: those changed once, of which only the last text is there. */
  edited: number;
  /** Messages too long for one, which became several. */
  split: number;
  /** Left out, by what they were. */
  skipped: { what: string; count: number }[];
}

/** An import under way: the whole export is looked at first (`checking`). `done`, `cancelled` and `failed` are final. */
export interface Import {
  format: ImportFormat;
  path: string;
  space: Id;
  channel: Id | null;
  step: "checking" | "running" | "done" | "cancelled" | "failed";
  /** Messages so far, and in all; in all 0 while unknown. */
  messages: number;
  of: number;
  /** So far. */
  summary: ImportSummary;
  /** Why nothing was imported, as far as the first of them: where the export is not what it should be. */
  problems: { file: string; line: number; reason: string }[];
  detail: string;
  error: ErrorCode | null;
}

export interface ImportCommands {
  /**
   * `path`: on the machine of the node. Without a channel each message goes into that of the name it was written in, which is
   * made if it is missing. What was imported before is not again, so that one that was interrupted is resumed by starting it again.
   */
  "import.start": [
    { format: ImportFormat; path: string; space: Id; channel?: Id },
    { import: Import },
  ];
  /** The last one since the node started. */
  "import.get": [Record<string, never>, { import: Import | null }];
  /** It ends after the messages that are being written; what is here stays. */
  "import.cancel": [Record<string, never>, { import: Import | null }];
}

export interface ImportPushes {
  import: Import;
}
