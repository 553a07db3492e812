/** Annotations of the memory store. */
import type { Annotation, FiledAnnotation, Store } from "@multichat/core/ports";
import type { EventId, SpaceId } from "@multichat/protocol";
import { deleteFrom, setIn, type UndoLog } from "./undo-log.ts";

type AnnotationMethods =
  | "putAnnotations"
  | "removeAnnotations"
  | "annotations"
  | "annotationsOf"
  | "annotated";

export interface MemoryAnnotations extends Pick<Store, AnnotationMethods> {
  dropSpace(space: SpaceId): void;
  about(target: EventId): readonly Annotation[];
  targetsOf(event: EventId): readonly EventId[];
}

export function createMemoryAnnotations(
  log: UndoLog,
  events: Pick<Store, "event">,
): MemoryAnnotations {
  /** By target. The lists are replaced, never changed in place, so that undoing is putting back the old one. */
  const filed = new Map<EventId, readonly Annotation[]>();
  const targetsOf = new Map<EventId, readonly EventId[]>();

  function put({ target, kind, slot, author, event, hlc }: Annotation): void {
    if (events.event(event) === null)
      throw new RangeError("only an event that is held can be an annotation");
    const one = { target, kind, slot, author, event, hlc };
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

  return {
    putAnnotations: (annotations) => log.transaction(() => annotations.forEach(put)),
    removeAnnotations: (ids) => log.transaction(() => ids.forEach(remove)),
    annotations: (targets) =>
      targets.flatMap((target) => {
        const newest = new Map<string, Annotation>();
        for (const annotation of (filed.get(target) ?? []).toReversed()) {
          const { kind, slot, author } = annotation;
          newest.set(JSON.stringify([kind, slot, author]), annotation);
        }
        return [...newest.values()].map(withEvent);
      }),
    annotationsOf: (target, kind, limit) =>
      (filed.get(target) ?? [])
        .filter((annotation) => annotation.kind === kind)
        .slice(0, limit)
        .map(withEvent),
    annotated(channel, kind, limit) {
      const inChannel = [...filed.values()]
        .flat()
        .filter((one) => one.kind === kind && events.event(one.event)!.channel === channel)
        .toSorted(newestFirst);
      return [...new Set(inChannel.map(({ target }) => target))].slice(0, limit);
    },

    about: (target) => filed.get(target) ?? [],
    targetsOf: (event) => targetsOf.get(event) ?? [],
    dropSpace(space) {
      for (const event of targetsOf.keys()) if (events.event(event)!.space === space) remove(event);
    },
  };
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
