/**
 * Files that wait for their message outlive the page: the node has their bytes and keeps them for a week, and which they are, with
 * a small picture of each, waits in localStorage. While one is still being made ready or handed over, leaving the page asks first.
 */
import type { FileDraft, Id } from "@multichat/client/contract";
import { keptKeys } from "./kept-keys.ts";
import { draftOf, isComing, stageAgain, stagedAt, type Staged } from "./staging.ts";
import type { App } from "./store.ts";

/** Less than the node keeps them. */
const keptMs = 6 * 86_400_000;

interface Kept {
  draft: FileDraft;
  size: number;
  preview?: string | null;
  /** When it was kept first, ms. */
  at: number;
}

interface Surroundings {
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  page: Pick<EventTarget, "addEventListener">;
  now(): number;
}

const following = new WeakSet<App>();

/** Brings back what waited, and follows what is attached from now on. Once for each app. */
export function keepStaged(
  app: App,
  { storage, page, now }: Surroundings = { storage: localStorage, page: window, now: Date.now },
): void {
  if (following.has(app)) return;
  following.add(app);
  const since = new Map<string, number>();
  for (const [place, kept] of Object.entries(read(storage))) {
    const files = kept.filter(({ at }) => now() - at < keptMs);
    for (const { draft, at } of files) since.set(draft.blob, at);
    if (files.length > 0 && stagedAt(app, place).length === 0)
      stageAgain(
        app,
        place,
        files.map(({ draft }) => draft),
        files,
      );
  }
  const write = (staged: Record<Id, readonly Staged[]>) => {
    const places = Object.entries(staged).flatMap(([place, list]): [Id, Kept[]][] => {
      const files = list.flatMap((one) => {
        const draft = draftOf(one);
        if (draft === null) return [];
        const { size, preview } = one;
        return [{ draft, size, preview, at: since.get(draft.blob) ?? now() }];
      });
      for (const { draft, at } of files) since.set(draft.blob, at);
      return files.length > 0 ? [[place, files]] : [];
    });
    if (places.length === 0) storage.removeItem(keptKeys.staged);
    else storage.setItem(keptKeys.staged, JSON.stringify(Object.fromEntries(places)));
  };
  write(app.store.getState().staged);
  app.store.subscribe(({ staged }, before) => {
    if (staged !== before.staged) write(staged);
  });
  page.addEventListener("beforeunload", (event) => {
    if (Object.values(app.store.getState().staged).some((list) => list.some(isComing)))
      event.preventDefault();
  });
}

function read(storage: Pick<Storage, "getItem">): Record<Id, Kept[]> {
  try {
    return JSON.parse(storage.getItem(keptKeys.staged) ?? "{}") as Record<Id, Kept[]>;
  } catch {
    // Damaged: there is nothing to bring back.
    return {};
  }
}
