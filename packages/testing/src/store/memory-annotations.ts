/** Annotations of the memory store. */
import {
  type Annotation,
  type FiledAnnotation,
  type ReactionCount,
  reactionsShown,
  type Store,
  type Target,
} from "@multichat/core/ports";
import { type AccountId, type EventId, limits, type SpaceId } from "@multichat/protocol";
import { type DueTimes, isKept } from "./memory-expiries.ts";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type AnnotationMethods =
  | "putAnnotations"
  | "removeAnnotations"
  | "annotation"
  | "annotationsBy"
  | "annotationsOf"
  | "standing"
  | "lastOfEach"
  | "authorsOf"
  | "reactions"
  | "isAnnotated"
  | "annotated";

export interface MemoryAnnotations extends Pick<Store, AnnotationMethods> {
  dropSpace(space: SpaceId): void;
  about(target: EventId): readonly Annotation[];
  targetsOf(event: EventId): readonly EventId[];
}

export function createMemoryAnnotations(
  log: UndoLog,
  events: Pick<Store, "event">,
  dueTimes: DueTimes,
): MemoryAnnotations {
  /** By target. The lists are replaced, never changed in place, so that undoing is putting back the old one. */
  const filed = new Map<EventId, readonly Annotation[]>();
  const targetsOf = new Map<EventId, readonly EventId[]>();

  function put(given: Annotation): void {
    const { target, kind, slot, author, shared, sort, event, hlc } = given;
    if (events.event(event) === null)
      throw new RangeError("only an event that is held can be an annotation");
    const one = { target, kind, slot, author, shared, sort, event, hlc };
    const others = (filed.get(target) ?? []).filter((other) => !isSame(other, one));
    setIn(log, filed, target, [...others, one].toSorted(newestFirst));
    setIn(log, targetsOf, event, [...(targetsOf.get(event) ?? []), target]);
  }

  function remove(event: EventId): void {
    for (const target of targetsOf.get(event) ?? []) {
      const others = filed.get(target)!.filter((annotation) => annotation.event !== event);
      setIn(log, filed, target, others);
    }
    deleteFrom(log, targetsOf, event);
  }

  function withEvent(annotation: Annotation): FiledAnnotation {
    const { arrival: _, ...stored } = events.event(annotation.event)!;
    return { ...annotation, stored };
  }

  /** The newest first. */
  function said({ id, channel }: Target, kind: string): readonly Annotation[] {
    return (filed.get(id) ?? []).filter(
      (one) => one.kind === kind && events.event(one.event)!.channel === channel,
    );
  }

  /** Of each slot the newest, the newest first, if it takes nothing back. */
  function standing(target: Target, kind: string): Annotation[] {
    const newest = new Map<string, Annotation>();
    for (const one of said(target, kind)) {
      const key = JSON.stringify([ownerOf(one), one.slot]);
      if (!newest.has(key)) newest.set(key, one);
    }
    return [...newest.values()].filter(({ sort }) => sort !== null);
  }

  function counted(target: Target): Annotation[] {
    const byAuthor = Map.groupBy(inOrder(standing(target, "reaction")), ownerOf);
    byAuthor.delete(null);
    const first = [...byAuthor.values()].flatMap((own) => own.slice(0, limits.reactionsOfOne));
    return first.toSorted(newestFirst).toReversed();
  }

  return {
    putAnnotations: (annotations) => log.transaction(() => annotations.forEach(put)),
    removeAnnotations: (ids) => log.transaction(() => ids.forEach(remove)),
    annotation: (target, kind, author, slot) =>
      said(target, kind)
        .filter((one) => ownerOf(one) === author && one.slot === slot)
        .slice(0, 1)
        .map(withEvent)[0] ?? null,
    annotationsBy: (target, kind, author, limit) =>
      said(target, kind)
        .filter((one) => ownerOf(one) === author && one.slot === "")
        .slice(0, limit)
        .map(withEvent),
    annotationsOf: (target, kind, limit) => said(target, kind).slice(0, limit).map(withEvent),
    standing: (target, kind, author, limit) =>
      inOrder(standing(target, kind).filter((one) => ownerOf(one) === author))
        .slice(0, limit)
        .map(withEvent),
    lastOfEach(target, kind, before) {
      const all = said(target, kind).filter(
        ({ slot, hlc }) => slot === "" && (before === null || hlc < before),
      );
      return [...Map.groupBy(all, ownerOf).values()].map(([newest]) => withEvent(newest!));
    },
    authorsOf: (target, kind, without, limit, due) =>
      standing(target, kind)
        .filter(({ author, event }) => !without.includes(author) && isKept(dueTimes, event, due))
        .slice(0, limit)
        .map(({ author, hlc }) => ({ author, hlc })),
    reactions(target, viewer, without) {
      const byEmoji = [...Map.groupBy(counted(target), ({ slot }) => slot)].toSorted(
        ([, a], [, b]) => b.length - a.length || -newestFirst(a[0]!, b[0]!),
      );
      const shown = byEmoji.slice(0, reactionsShown.emoji).flatMap(([emoji, all]) => {
        const seen = all.filter(({ author }) => !without.includes(author));
        return seen.length === 0 ? [] : [{ emoji, seen }];
      });
      return shown
        .toSorted((a, b) => -newestFirst(a.seen[0]!, b.seen[0]!))
        .map(({ emoji, seen }): ReactionCount => ({
          emoji,
          count: seen.length,
          people: seen.slice(0, reactionsShown.people).map(({ author }) => author),
          own: seen.some(({ author }) => author === viewer),
        }));
    },
    isAnnotated: (target) => (filed.get(target) ?? []).length > 0,
    annotated(channel, kind, limit) {
      const last = [...filed.keys()].flatMap(
        (id) => standing({ id, channel }, kind).toSorted(newestFirst)[0] ?? [],
      );
      return last
        .toSorted(newestFirst)
        .map(({ target }) => target)
        .slice(0, limit);
    },

    about: (target) => {
      const channel = events.event(target)?.channel;
      return (filed.get(target) ?? []).filter(
        (one) => events.event(one.event)!.channel === channel,
      );
    },
    targetsOf: (event) => targetsOf.get(event) ?? [],
    dropSpace(space) {
      for (const event of targetsOf.keys()) if (events.event(event)!.space === space) remove(event);
    },
  };
}

/** Null: everybody's. */
function ownerOf({ shared, author }: Annotation): AccountId | null {
  return shared ? null : author;
}

function inOrder(annotations: readonly Annotation[]): Annotation[] {
  return annotations.toSorted((a, b) =>
    a.sort === b.sort ? -newestFirst(a, b) : a.sort! < b.sort! ? -1 : 1,
  );
}

function isSame(a: Annotation, b: Annotation): boolean {
  return (
    a.event === b.event &&
    a.hlc === b.hlc &&
    a.kind === b.kind &&
    a.slot === b.slot &&
    a.author === b.author
  );
}

function newestFirst(a: Annotation, b: Annotation): number {
  if (a.hlc !== b.hlc) return a.hlc > b.hlc ? -1 : 1;
  return a.event > b.event ? -1 : a.event < b.event ? 1 : 0;
}
