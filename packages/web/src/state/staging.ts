/**
 * Files that are to go with the next message of a place: made ready and handed over to the node while one writes. What is needed for
 * that is fetched with the first of them.
 */
import type { FileDraft, FileShape, FileView, Id } from "@multichat/client/contract";
import { announce } from "../design/announce.ts";
import type { CameraData, Prepared } from "../files/prepare.ts";
import { t } from "../i18n/messages.ts";
import { fileSize } from "../i18n/sizes.ts";
import { problemText } from "../i18n/problem-text.ts";
import type { App } from "./store.ts";

/** As the format has it. */
export const mostFiles = 10;

export interface Staged {
  key: string;
  /** Null: it was staged before, and its bytes are with the node already. */
  file: File | null;
  name: string;
  size: number;
  type: string;
  /** A small picture of it, as a data URL. */
  preview: string | null;
  /** Camera and place data is wished to stay. */
  keepData: boolean;
  /** What a picture shows, in words; empty where nothing is said. */
  alt: string;
  /** Null while it is looked at. */
  data: CameraData | null;
  /** Of a voice message, which knows it from recording. */
  voice: Omit<FileShape, "thumb"> | null;
  step:
    | { at: "preparing" }
    | { at: "sending"; sent: number; of: number }
    | { at: "ready"; draft: FileDraft }
    | { at: "failed"; problem: string; final: boolean };
}

const running = new Map<string, AbortController>();

export function stagedAt(app: App, place: Id): readonly Staged[] {
  return app.store.getState().staged[place] ?? [];
}

/** @param limit the largest that is sent here, in bytes; 0: any */
export function stageFiles(
  app: App,
  place: Id,
  files: readonly File[],
  limit: number,
  voice: FileShape | null = null,
): void {
  const room = mostFiles - stagedAt(app, place).length;
  if (files.length > room) announce(t("files.most", { count: mostFiles }));
  const added = files.slice(0, Math.max(0, room)).map((file): Staged => {
    const problem = refusal(file, limit);
    return {
      key: crypto.randomUUID(),
      file,
      name: file.name,
      size: file.size,
      type: file.type,
      preview: null,
      keepData: false,
      alt: "",
      data: null,
      voice,
      step: problem ? { at: "failed", problem, final: true } : { at: "preparing" },
    };
  });
  change(app, place, (list) => [...list, ...added]);
  for (const { key, step } of added) if (step.at === "preparing") void make(app, place, key);
}

function refusal({ size }: File, limit: number): string | null {
  if (size === 0) return t("files.empty");
  return limit > 0 && size > limit
    ? t("files.tooLargeHere", { most: fileSize(limit), size: fileSize(size) })
    : null;
}

export function unstage(app: App, place: Id, key: string): void {
  letGo(key);
  change(app, place, (list) => list.filter((one) => one.key !== key));
}

export function clearStaged(app: App, place: Id): void {
  for (const { key } of stagedAt(app, place)) unstage(app, place, key);
}

export function retryStaged(app: App, place: Id, key: string): void {
  update(app, place, key, { step: { at: "preparing" } });
  void make(app, place, key);
}

export function setKeepData(app: App, place: Id, key: string, keepData: boolean): void {
  letGo(key);
  update(app, place, key, { keepData, step: { at: "preparing" } });
  void make(app, place, key);
}

export function describe(app: App, place: Id, key: string, alt: string): void {
  update(app, place, key, { alt });
}

/** As it is sent; null while it is not ready. */
export function draftOf({ step, alt }: Staged): FileDraft | null {
  if (step.at !== "ready") return null;
  const { alt: _before, ...shape } = step.draft.shape ?? {};
  const words = alt.trim();
  const { shape: _shape, ...draft } = step.draft;
  if (words !== "") return { ...draft, shape: { ...shape, alt: words } };
  return Object.keys(shape).length > 0 ? { ...draft, shape } : draft;
}

/** Resolves once all that is staged here is ready: true; or one of them failed, or none is left: false. */
export function whenReady(app: App, place: Id): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const staged = stagedAt(app, place);
      if (staged.some(isComing)) return;
      stop();
      resolve(staged.length > 0 && staged.every(({ step }) => step.at === "ready"));
    };
    const stop = app.store.subscribe(look);
    look();
  });
}

export function isComing({ step }: Staged): boolean {
  return step.at === "preparing" || step.at === "sending";
}

/** Those of a message that was taken back, or of a page that was left. */
export function stageAgain(
  app: App,
  place: Id,
  drafts: readonly FileDraft[],
  files: readonly { size: number; preview?: string | null }[],
): void {
  const again = drafts.map((draft, i): Staged => ({
    key: crypto.randomUUID(),
    file: null,
    name: draft.name,
    size: files[i]?.size ?? 0,
    type: draft.type,
    preview: files[i]?.preview ?? null,
    keepData: false,
    alt: draft.shape?.alt ?? "",
    data: null,
    voice: draft.shape?.voice ? draft.shape : null,
    step: { at: "ready", draft },
  }));
  change(app, place, () => again);
}

/** As the message shows them while it is being stored. */
export function viewOf(staged: Staged): FileView[] {
  const draft = draftOf(staged);
  if (draft === null) return [];
  const { blob, name, type, shape = {} } = draft;
  return [
    {
      blob,
      name,
      type,
      size: staged.size,
      shape,
      state: { step: "here" },
      thumbHere: shape.thumb !== undefined,
    },
  ];
}

async function make(app: App, place: Id, key: string): Promise<void> {
  const one = find(app, place, key);
  if (!one?.file) return;
  const { file, keepData, voice } = one;
  const stop = new AbortController();
  running.set(key, stop);
  const now = (by: Partial<Staged>) => {
    if (!stop.signal.aborted) update(app, place, key, by);
  };
  try {
    const made = voice
      ? asItIs(file, voice)
      : await (await import("../files/prepare.ts")).prepare(file, keepData);
    if (stop.signal.aborted) return;
    const { bytes, type, data } = made;
    const preview =
      made.preview && (await (await import("../files/thumb.ts")).previewOf(made.preview));
    now({
      size: bytes.size,
      type,
      data,
      preview,
      step: { at: "sending", sent: 0, of: bytes.size },
    });
    const { handOver } = app.backend;
    const thumb = made.thumb && (await handOver(made.thumb, () => undefined, stop.signal));
    const { blob } = await handOver(
      bytes,
      (sent) => now({ step: { at: "sending", sent, of: bytes.size } }),
      stop.signal,
    );
    const shape: FileShape = {
      ...made.shape,
      ...(thumb && { thumb: { blob: thumb.blob, size: thumb.size } }),
    };
    now({
      step: {
        at: "ready",
        draft: { blob, name: made.name, type, ...(Object.keys(shape).length > 0 && { shape }) },
      },
    });
  } catch (error) {
    const problem =
      error instanceof Error && error.name === "NotTaken"
        ? error.message
        : error instanceof DOMException
          ? t("files.unreadable")
          : problemText(error);
    now({ step: { at: "failed", problem, final: false } });
  } finally {
    if (running.get(key) === stop) running.delete(key);
  }
}

function asItIs(file: File, shape: Omit<FileShape, "thumb">): Prepared {
  const { name, type } = file;
  return { bytes: file, name, type, shape, thumb: null, preview: null, data: "none" };
}

function letGo(key: string): void {
  running.get(key)?.abort();
  running.delete(key);
}

function find(app: App, place: Id, key: string): Staged | undefined {
  return stagedAt(app, place).find((one) => one.key === key);
}

function update(app: App, place: Id, key: string, by: Partial<Staged>): void {
  change(app, place, (list) => list.map((one) => (one.key === key ? { ...one, ...by } : one)));
}

function change(app: App, place: Id, edit: (list: readonly Staged[]) => readonly Staged[]): void {
  app.store.setState((s) => ({ staged: { ...s.staged, [place]: edit(s.staged[place] ?? []) } }));
}
