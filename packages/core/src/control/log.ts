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

/** What an author had seen: events by their index in the log. */
export interface Past {
  has(index: number): boolean;
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
  /** The past of an event, itself included. */
  past(index: number): Past;
  /** The heads and their pasts together; remembered, since many messages cite the same. */
  pastOf(heads: readonly EventId[]): Past;
}

/** Frontiers remembered: a bit for each event of the log. */
const rememberedPasts = 4_096;

class Bits implements Past {
  readonly words: Uint32Array;
  constructor(words: Uint32Array) {
    this.words = words;
  }
  has(index: number): boolean {
    return index >= 0 && (this.words[index >>> 5]! & (1 << (index & 31))) !== 0;
  }
}

/** @param read what an event's payload says */
export function createControlLog(space: SpaceId, read: (event: Event) => AnyControl | null = decodeControl): ControlLog {
  const list: ControlEvent[] = [];
  const byId = new Map<EventId, ControlEvent>();
  /** pasts[i]: the events before event i, itself included. */
  const pasts: Bits[] = [];
  const heads = new Set<EventId>();
  const frontiers = new Map<string, Bits>();

  function united(parents: readonly number[], size: number): Bits {
    const words = new Uint32Array((size >>> 5) + 1);
    for (const parent of parents) {
      const other = pasts[parent]!.words;
      for (let word = 0; word < other.length; word++) words[word]! |= other[word]!;
    }
    return new Bits(words);
  }

  function indexes(ids: readonly EventId[]): number[] {
    return ids.flatMap((id) => byId.get(id)?.index ?? []);
  }

  return {
    space,
    add(event) {
      if (byId.has(event.id)) return { added: false, missing: [] };
      const missing = event.header.ctl.filter((id) => !byId.has(id));
      if (missing.length > 0) return { added: false, missing };
      if (list.length === 0 && event.id !== space) return { added: false, missing: [space] };
      const index = list.length;
      const added: ControlEvent = { ...event, control: read(event), index };
      const past = united(indexes(event.header.ctl), index);
      past.words[index >>> 5]! |= 1 << (index & 31);
      pasts.push(past);
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
      return target !== undefined && from.some((head) => pasts[byId.get(head)?.index ?? -1]?.has(target.index) ?? false);
    },
    past: (index) => pasts[index]!,
    pastOf(ids) {
      const found = indexes(ids);
      if (found.length === 1) return pasts[found[0]!]!;
      const key = found.sort((a, b) => a - b).join();
      const known = frontiers.get(key);
      if (known !== undefined) return known;
      if (frontiers.size >= rememberedPasts) frontiers.clear();
      const past = united(found, list.length);
      frontiers.set(key, past);
      return past;
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
