import type { PrivatePlace } from "@multichat/client/contract";
import { navigate } from "../state/route.ts";
import type { App } from "../state/store.ts";

/** Shows a private channel or conversation that a command has answered. */
export function openPlace(app: App, { space, channel }: PrivatePlace): void {
  app.store.setState((s) => ({
    spaces: { ...s.spaces, [space.id]: space },
    channels: { ...s.channels, [channel.id]: channel },
  }));
  navigate(app, { at: "space", space: space.id, channel: channel.id, pane: null });
}
