import { afterEach, expect, test, vi } from "vitest";
import { createNextTurn } from "./next-turn.ts";

afterEach(() => void vi.unstubAllGlobals());

/** Awaits of awaits: many microtasks, one after another. */
async function deep(depth: number): Promise<void> {
  if (depth > 0) await deep(depth - 1);
}

test.each(["Node", "a browser"])(
  "work comes after all microtasks, in order, in %s",
  async (place) => {
    if (place === "a browser") vi.stubGlobal("setImmediate", undefined);
    const nextTurn = createNextTurn();
    const done: string[] = [];
    const last = Promise.withResolvers<void>();
    nextTurn(() => done.push("first"));
    nextTurn(() => {
      done.push("second");
      last.resolve();
    });
    void deep(1_000).then(() => done.push("microtasks"));
    done.push("now");
    await last.promise;
    expect(done).toEqual(["now", "microtasks", "first", "second"]);
  },
);
