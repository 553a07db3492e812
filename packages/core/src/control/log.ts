/**
 * A space's control log (spec/04-control.md): the DAG of control events held, and who is in whose past. Pasts are
 * bitsets over the order of addition: at ten thousand events they take 12 MB, and a question costs one bit test.
 */
import {
  type AnyControl,
  type EventId,
  type SpaceId,
  decodeControlPayload,
  isControlKind,
} from "@multichat/protocol";
import type { Event } from "../events/event.ts";

export interface ControlEvent extends Event {
  /** Null for a kind outside the rule set or a payload of the wrong form: kept and relayed, without effect. */
  control: AnyControl | null;
  index: number;
}

export interface ControlLog {
  readonly space: SpaceId;
  /** Adds an event whose ancestors are all held; answers those that are not, and adds nothing then. */
  add(event: Event): { added: boolean; missing: EventId[] };
  get(id: EventId): ControlEvent | null;
  has(id: EventId): boolean;
  /** In order of addition, so causes before effects. */
  events(): readonly ControlEvent[];
  /** Events that are in nobody's past, ascending. */
  heads(): EventId[];
  /** Whether `id` is one of `heads` or in the past of one. Unknown ids are in nobody's past. */
  inPast(heads: readonly EventId[], id: EventId): boolean;
}

const wordBits = 32;

export function createControlLog(space: SpaceId): ControlLog {
  const list: ControlEvent[] = [];
  const byId = new Map<EventId, ControlEvent>();
  /** past[i]: the events before event i, itself included. */
  const pasts: Uint32Array[] = [];
  const heads = new Set<EventId>();

  function pastOf(parents: readonly ControlEvent[], index: number): Uint32Array {
    const past = new Uint32Array((index >>> 5) + 1);
    for (const parent of parents) {
      const other = pasts[parent.index]!;
      for (let word = 0; word < other.length; word++) past[word]! |= other[word]!;
    }
    past[index >>> 5]! |= 1 << (index % wordBits);
    return past;
  }

  function contains(past: Uint32Array, index: number): boolean {
    const word = past[index >>> 5];
    return word !== undefined && (word & (1 << (index % wordBits))) !== 0;
  }

  return {
    space,
    add(event) {
      if (byId.has(event.id)) return { added: false, missing: [] };
      const missing = event.header.ctl.filter((id) => !byId.has(id));
      if (missing.length > 0) return { added: false, missing };
      if (list.length === 0 && event.id !== space) return { added: false, missing: [space] };
      const index = list.length;
      const added: ControlEvent = { ...event, control: decodeControl(event), index };
      pasts.push(pastOf(event.header.ctl.map((id) => byId.get(id)!), index));
      list.push(added);
      byId.set(event.id, added);
      for (const id of event.header.ctl) heads.delete(id);
      heads.add(event.id);
      return { added: true, missing: [] };
    },
    get: (id) => byId.get(id) ?? null,
    has: (id) => byId.has(id),
    events: () => list,
    heads: () => [...heads].sort(),
    inPast(from, id) {
      const target = byId.get(id);
      if (target === undefined) return false;
      return from.some((head) => {
        const known = byId.get(head);
        return known !== undefined && contains(pasts[known.index]!, target.index);
      });
    },
  };
}

/** Null where there is nothing that rule set 0 understands. */
export function decodeControl(event: Event): AnyControl | null {
  const { kind } = event.header;
  if (!isControlKind(kind) || event.wire.payload === null) return null;
  const decoded = decodeControlPayload(kind, event.wire.payload);
  return decoded.ok ? decoded.value : null;
}
