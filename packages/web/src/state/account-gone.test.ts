import type { Status } from "@multichat/client/contract";
import { afterEach, expect, test, vi } from "vitest";
import { forgetWithAccount } from "./account-gone.ts";
import { createAppStore, type App } from "./store.ts";

afterEach(() => void vi.unstubAllGlobals());

const kept = {
  "multichat.draft.channel": "typed",
  "multichat.outgoing": "waits",
  "multichat.lastChannel": "{}",
  "multichat.settings": "dark",
};

function browser() {
  const items = new Map(Object.entries(kept));
  vi.stubGlobal("localStorage", { getItem: () => null });
  const store = createAppStore({ route: { at: "home" }, settingsAt: null, linked: null });
  const storage = {
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index]!,
    removeItem: (key: string) => void items.delete(key),
  };
  forgetWithAccount({ store } as App, storage);
  const becomes = (status: Partial<Status>) => store.setState({ status: status as Status });
  return { items, becomes };
}

const alice = { account: { id: "a", name: "Alice" }, locked: false };

test("when the account is gone, so is what was kept of it", () => {
  const { items, becomes } = browser();
  becomes(alice);
  becomes({ account: null, locked: false });
  expect([...items.keys()]).toEqual(["multichat.settings"]);
});

test("it stays where the keys wait for their passphrase, and before there is an account", () => {
  const { items, becomes } = browser();
  becomes({ account: null, locked: false });
  becomes(alice);
  becomes({ account: null, locked: true });
  becomes(alice);
  expect([...items.keys()]).toEqual(Object.keys(kept));
});
