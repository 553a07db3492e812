/** What was attached is there again after the page was loaded anew, and gone once it was sent or discarded. */
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { keepStaged } from "./staged-kept.ts";
import { clearStaged, describe, draftOf, stageAgain, stagedAt } from "./staging.ts";
import type { App } from "./store.ts";

const day = 86_400_000;
const draft = { blob: "b1", name: "a.png", type: "image/png" };

function browser() {
  const kept = new Map<string, string>();
  let at = 0;
  return {
    kept,
    later: (ms: number) => void (at += ms),
    /** A page that was just loaded. */
    load() {
      const page = new EventTarget();
      const app = { store: createStore(() => ({ staged: {} })) } as unknown as App;
      const storage = {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      };
      keepStaged(app, { storage, page, now: () => at });
      const leave = new Event("beforeunload", { cancelable: true });
      return { app, asksToStay: () => !page.dispatchEvent(leave) };
    },
  };
}

test("what is ready is there again, in its place, with its size and its picture, until it is sent", () => {
  const { load, kept } = browser();
  const preview = "data:image/webp;base64,AAAA";
  stageAgain(load().app, "channel", [draft], [{ size: 7, preview }]);
  const { app } = load();
  expect(stagedAt(app, "channel")).toMatchObject([
    { name: "a.png", size: 7, preview, file: null, step: { at: "ready", draft } },
  ]);
  clearStaged(app, "channel");
  expect(stagedAt(load().app, "channel")).toEqual([]);
  expect(kept.size).toBe(0);
});

test("what was said of a picture is there again too, and goes with it", () => {
  const { load } = browser();
  const { app } = load();
  stageAgain(app, "channel", [draft], [{ size: 7 }]);
  describe(app, "channel", stagedAt(app, "channel")[0]!.key, "a cat ");
  const again = load().app;
  const [one] = stagedAt(again, "channel");
  expect(draftOf(one!)).toEqual({ ...draft, shape: { alt: "a cat" } });
  describe(again, "channel", one!.key, "");
  expect(draftOf(stagedAt(again, "channel")[0]!)).toEqual(draft);
});

test("what lay longer than its bytes are kept does not come back", () => {
  const { load, later } = browser();
  stageAgain(load().app, "channel", [draft], [{ size: 7 }]);
  later(5 * day);
  expect(stagedAt(load().app, "channel")).toHaveLength(1);
  later(2 * day);
  expect(stagedAt(load().app, "channel")).toEqual([]);
});

test("leaving asks first while something is still being made ready, and only then", () => {
  const { app, asksToStay } = browser().load();
  stageAgain(app, "channel", [draft], [{ size: 7 }]);
  expect(asksToStay()).toBe(false);
  app.store.setState(({ staged }) => ({
    staged: { channel: [{ ...staged["channel"]![0]!, step: { at: "preparing" as const } }] },
  }));
  expect(asksToStay()).toBe(true);
});

test("what is damaged is nothing", () => {
  const { kept, load } = browser();
  kept.set("multichat.staged", "{");
  expect(stagedAt(load().app, "channel")).toEqual([]);
});
