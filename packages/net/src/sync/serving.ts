/**
 * Answering `want` and `get` (spec/06-sync.md): the control log oldest first, content newest first, as far as credit goes
 * and no faster than the peer takes it.
 */
import { wireSize } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { EventId, Frame, FrameOf, WireEvent } from "@multichat/protocol";
import type { Audience } from "./audience.ts";
import type { SyncSpace } from "./host.ts";
import { concurrentGets, concurrentServes, eventsFrameBytes, maxCredit } from "./limits.ts";
import { gathered, wantedEvents, wireOf } from "./wanted.ts";
import type { Window } from "./window.ts";

export interface Serving {
  /** False when the peer asks for more at once than the protocol lets it. */
  want(frame: FrameOf<"want">): boolean;
  credit(frame: FrameOf<"credit">): void;
  get(frame: FrameOf<"get">): boolean;
  /** Live events, which nobody asked for. */
  push(events: readonly WireEvent[]): void;
  /** The control log, to whoever is to judge by it, also if it is no member: it may be long. */
  pushAll(events: WireEvent[]): void;
  /** The link has room again. */
  resume(): void;
  stop(): void;
}

interface Serve {
  request: number;
  pages: Iterator<WireEvent[]>;
  rest: WireEvent[];
  /** Events that may still be sent. Of those asked for by id it is not counted. */
  credit: number;
  /** How many were asked for by id. */
  ids: number;
  /** Goes to members only; the rest the peer is sent unasked. */
  asked: boolean;
  done(): void;
}

export function createServing(deps: {
  store: Store;
  space: SyncSpace;
  audience: Pick<Audience, "isListed" | "readable" | "readableSeqs">;
  alias: number;
  send: (frame: Frame) => void;
  window: Pick<Window, "hasRoom">;
}): Serving {
  const { store, space, audience, alias, send, window } = deps;
  const serves = new Set<Serve>();

  /** One frame of this serve; false when it has nothing more to send for now. */
  function step(serve: Serve): boolean {
    if (serve.asked && !audience.isListed()) {
      serves.delete(serve);
      return false;
    }
    if (serve.credit <= 0) return false;
    while (serve.rest.length === 0) {
      const page = serve.pages.next();
      if (page.done) {
        serves.delete(serve);
        serve.done();
        return false;
      }
      serve.rest = page.value;
    }
    const batch = takeFrame(serve.rest, serve.credit);
    serve.rest = serve.rest.slice(batch.length);
    const events = serve.asked ? audience.readable(batch) : batch;
    serve.credit -= events.length;
    if (events.length > 0) send({ type: "events", alias, request: serve.request, events });
    return true;
  }

  /** Frame by frame in turns, so that none waits for another to end. */
  function resume(): void {
    let active = [...serves];
    while (active.length > 0) active = active.filter((serve) => window.hasRoom() && serves.has(serve) && step(serve));
  }

  function add(serve: Serve): void {
    serves.add(serve);
    if (serves.size > 1) return resume();
    while (window.hasRoom() && step(serve));
  }

  function waiting(): { wants: Map<number, Serve>; ids: number } {
    const wants = new Map<number, Serve>();
    let ids = 0;
    for (const serve of serves) {
      if (serve.ids === 0) wants.set(serve.request, serve);
      ids += serve.ids;
    }
    return { wants, ids };
  }

  return {
    want({ request, channel, ranges, credit }) {
      const { wants } = waiting();
      if (wants.size >= concurrentServes || wants.has(request)) return false;
      add({
        request,
        pages: wantedEvents(store, space.replica, audience, channel, ranges),
        rest: [],
        credit: Math.min(credit, maxCredit),
        ids: 0,
        asked: true,
        done: () => send({ type: "end", alias, request, missing: [] }),
      });
      return true;
    },
    credit({ request, credit }) {
      const serve = waiting().wants.get(request);
      if (serve === undefined) return;
      serve.credit = Math.min(serve.credit + credit, maxCredit);
      resume();
    },
    get({ request, ids }) {
      if (waiting().ids + ids.length > 2 * concurrentGets) return false;
      const absent: EventId[] = [];
      function* found(): Generator<WireEvent[]> {
        for (const id of ids) {
          const stored = store.event(id);
          if (stored !== null && stored.space === space.replica.space) yield [wireOf(stored)];
          else absent.push(id);
        }
      }
      add({
        request,
        pages: gathered(found()),
        rest: [],
        credit: Infinity,
        ids: ids.length + 1,
        asked: true,
        done: () => send({ type: "end", alias, request, missing: absent }),
      });
      return true;
    },
    push(events) {
      let rest = events;
      while (rest.length > 0) {
        const batch = takeFrame(rest, rest.length);
        rest = rest.slice(batch.length);
        send({ type: "events", alias, request: 0, events: batch });
      }
    },
    pushAll: (events) => add({ request: 0, pages: [events].values(), rest: [], credit: Infinity, ids: 1, asked: false, done() {} }),
    resume,
    stop: () => serves.clear(),
  };
}

/** The first events that fit one frame, at least one. */
function takeFrame(events: readonly WireEvent[], most: number): WireEvent[] {
  const batch: WireEvent[] = [];
  let size = 0;
  for (const event of events) {
    size += wireSize(event);
    if (batch.length > 0 && (batch.length >= most || size > eventsFrameBytes)) break;
    batch.push(event);
  }
  return batch;
}
