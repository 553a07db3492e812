import type { Id, PrivatePlace } from "@multichat/client/contract";
import { navigate } from "../state/route.ts";
import { openSheet, type App } from "../state/store.ts";

/** Shows a private channel or conversation that a command has answered. */
export function openPlace(app: App, { space, channel }: PrivatePlace): void {
  app.store.setState((s) => ({
    spaces: { ...s.spaces, [space.id]: space },
    channels: { ...s.channels, [channel.id]: channel },
  }));
  navigate(app, { at: "space", space: space.id, channel: channel.id, pane: null });
}

/** The conversation with one person, from where nothing else could be said. */
export async function openDirect(app: App, person: Id): Promise<void> {
  try {
    openPlace(app, await app.client.call("dm.open", { accounts: [person] }));
  } catch {
    // There one sees whom one can write to, and what is in the way.
    openSheet(app, { kind: "new-message" });
  }
}
