/** What is known of a message apart from its channel: at the head of a thread, and while it is being answered. */
import type { Message } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { aMessage } from "../../test/a-message.ts";
import { keepApart } from "./change-timeline.ts";
import type { App, AppState } from "./store.ts";

const asked = aMessage({ id: "asked", time: 1, text: "At four?" });
const other = aMessage({ id: "other", time: 2 });

function after(version: Message) {
  const state = { roots: { asked, other }, replying: { channel: asked, asked, elsewhere: other } };
  const store = createStore(() => state as unknown as AppState);
  keepApart({ store } as unknown as App, version);
  const { roots, replying } = store.getState();
  return { roots, replying };
}

test("what is answered is answered as it is now", () => {
  const changed = { ...asked, text: "At five?" };
  expect(after(changed)).toEqual({
    roots: { asked: changed, other },
    replying: { channel: changed, asked: changed, elsewhere: other },
  });
});

test("what is deleted is answered no further", () => {
  const deleted = { ...asked, text: "", deleted: { by: asked.author, at: 3 } };
  expect(after(deleted)).toEqual({ roots: { asked: deleted, other }, replying: { elsewhere: other } });
});
