/** Going to one message, wherever in its channel it is. */
import type { Id, Message } from "@multichat/client/contract";
import { loadOlder, openChannel } from "./loading.ts";
import { navigate } from "./route.ts";
import type { App } from "./store.ts";

/** Past this many pages the search stops where it got to. */
const mostPages = 25;

export async function jumpToMessage(app: App, { id, space, channel }: Pick<Message, "id" | "space" | "channel">): Promise<void> {
  if (!app.store.getState().timelines[channel]) await openChannel(app, channel);
  for (let page = 0; page < mostPages && !isLoaded(app, channel, id); page++) {
    const timeline = app.store.getState().timelines[channel];
    if (!timeline?.hasOlder || timeline.problem) break;
    await loadOlder(app, channel);
  }
  app.store.setState({ jumpTo: id });
  navigate(app, { at: "space", space, channel, pane: null });
}

function isLoaded(app: App, channel: Id, id: Id): boolean {
  return app.store.getState().timelines[channel]?.messages.some((message) => message.id === id) ?? false;
}
