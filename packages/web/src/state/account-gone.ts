/** What this browser kept of an account goes with it: what was typed, what waits to be sent, and where one was. Settings stay. */
import { keptKeys } from "./kept-keys.ts";
import type { App } from "./store.ts";

/** Once for each app. A node whose keys wait for their passphrase has an account, though it does not say whose. */
export function forgetWithAccount(
  app: App,
  storage: Pick<Storage, "key" | "length" | "removeItem"> = localStorage,
): void {
  app.store.subscribe(({ status }, { status: before }) => {
    if (!before?.account || !status || status.account || status.locked) return;
    app.store.setState({ outgoing: {}, staged: {}, lastChannel: {}, lastSpace: null });
    for (const key of keysOf(storage))
      if (Object.values(keptKeys).some((begins) => key.startsWith(begins))) storage.removeItem(key);
  });
}

function keysOf(storage: Pick<Storage, "key" | "length">): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)!);
}
