/**
 * When what came is shown, so that a flood makes little noise (spec/14-notifications.md, Not too much): one by one while it is calm, gathered
 * by place while more keeps coming, together where many places are concerned, and as one digest where it was missed.
 */
import type { Clock } from "@multichat/core/ports";
import { calmMs, calmestMs, digestAfterMs, digestAtMostMs, missedAfterMs, mostInWindow, windowMs } from "./limits.ts";

export type ShownAs = "one" | "more" | "many" | "missed";

/** What is shown together. The ids are of unread items, in the order in which they came. */
export interface Shown {
  tag: string;
  as: ShownAs;
  ids: string[];
}

interface Place {
  pending: string[];
  waitMs: number;
  cancel: (() => void) | null;
}

export interface Showing {
  /** @param at when it was written, ms */
  add(id: string, place: string, at: number): void;
  /** These may be read or gone: what is shown and has nothing unread left is taken away. */
  settle(): void;
  stop(): void;
}

export function createShowing(deps: {
  clock: Clock;
  now(): number;
  isUnread(id: string): boolean;
  show(shown: Shown): void;
  gone(tags: string[]): void;
}): Showing {
  const { clock } = deps;
  const places = new Map<string, Place>();
  const shown = new Map<string, string[]>();
  let recent: number[] = [];
  let overflow: string[] = [];
  let cancelOverflow: (() => void) | null = null;
  const missed = { ids: [] as string[], since: 0, cancel: null as (() => void) | null };

  function mayShow(): boolean {
    const since = clock.now() - windowMs;
    recent = recent.filter((at) => at > since && at <= clock.now());
    return recent.length < mostInWindow;
  }

  function show(tag: string, as: ShownAs, ids: string[]): void {
    recent.push(clock.now());
    shown.set(tag, ids);
    deps.show({ tag, as, ids });
  }

  function showLater(ids: string[]): void {
    overflow.push(...ids);
    cancelOverflow ??= clock.after(Math.max(0, (recent[0] ?? 0) + windowMs - clock.now()) + 1, () => {
      cancelOverflow = null;
      const alive = overflow.filter(deps.isUnread);
      overflow = [];
      if (alive.length === 0) return;
      if (mayShow()) show("many", "many", alive);
      else showLater(alive);
    });
  }

  function flush(tag: string, place: Place): void {
    place.cancel = null;
    const alive = place.pending.filter(deps.isUnread);
    place.pending = [];
    if (alive.length === 0) {
      places.delete(tag);
      return;
    }
    if (mayShow()) show(tag, alive.length === 1 ? "one" : "more", alive);
    else showLater(alive);
    place.waitMs = Math.min(place.waitMs * 2, calmestMs);
    gather(tag, place);
  }

  function gather(tag: string, place: Place): void {
    place.cancel = clock.after(place.waitMs, () => flush(tag, place));
  }

  function digest(): void {
    missed.cancel = null;
    const alive = missed.ids.filter(deps.isUnread);
    missed.ids = [];
    if (alive.length > 0) show("missed", "missed", alive);
  }

  return {
    add(id, place, at) {
      if (deps.now() - at > missedAfterMs) {
        if (missed.ids.length === 0) missed.since = clock.now();
        missed.ids.push(id);
        missed.cancel?.();
        missed.cancel = clock.after(Math.max(0, Math.min(digestAfterMs, missed.since + digestAtMostMs - clock.now())), digest);
        return;
      }
      const known = places.get(place);
      if (known !== undefined) {
        known.pending.push(id);
        return;
      }
      const fresh: Place = { pending: [], waitMs: calmMs, cancel: null };
      places.set(place, fresh);
      if (mayShow()) show(place, "one", [id]);
      else showLater([id]);
      gather(place, fresh);
    },
    settle() {
      const over = [...shown].filter(([, ids]) => !ids.some(deps.isUnread)).map(([tag]) => tag);
      for (const tag of over) shown.delete(tag);
      if (over.length > 0) deps.gone(over);
    },
    stop() {
      for (const { cancel } of places.values()) cancel?.();
      cancelOverflow?.();
      missed.cancel?.();
    },
  };
}
