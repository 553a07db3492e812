/** Going to one message, wherever it is, and back to where one was. */
import type { Id } from "@multichat/client/contract";
import { isNarrower, onePane, sideOverlay } from "./panes.ts";
import { threadPane, type MessagePlace, type Route, type SidePane } from "./address.ts";
import { loadedMessage, timelinesOf } from "./change-timeline.ts";
import { takeGathered } from "./gathering.ts";
import { loadAround, openChannel, openThread } from "./loading.ts";
import { navigate } from "./route.ts";
import type { App } from "./store.ts";

/** Where it is not here, its channel is shown. */
export async function jumpToMessage(app: App, place: MessagePlace, { replace = false } = {}): Promise<void> {
  const cameFrom = replace ? null : hereNow(app);
  takeGathered(app);
  const known = loadedMessage(app.store.getState(), place.channel, place.id);
  const message = known ?? (await app.client.call("message.get", { message: place.id }).then((answer) => answer.message, () => null));
  const { space, channel } = message ?? place;
  const key = message ? timelinesOf(message).at(-1)! : channel;
  if (!app.store.getState().timelines[key]) await (key === channel ? openChannel(app, channel) : openThread(app, channel, key));
  if (message && !isLoaded(app, key, message.id)) await loadAround(app, key, message);
  const pane = key === channel ? paneBeside(app, channel) : threadPane(key);
  app.store.setState({ jumpTo: message?.id ?? null });
  navigate(app, { at: "space", space, channel, pane }, { replace });
  app.store.setState({ cameFrom });
}

/** To the message that a notification told of. */
export async function followNotification(app: App, place: MessagePlace, options: { replace?: boolean } = {}): Promise<void> {
  await jumpToMessage(app, place, options);
  app.store.setState({ toldOf: place.id });
}

export function goBack(app: App): void {
  const { cameFrom } = app.store.getState();
  if (!cameFrom) return;
  if (cameFrom.message) void jumpToMessage(app, cameFrom.message, { replace: true });
  else navigate(app, cameFrom.route);
}

function isLoaded(app: App, key: Id, id: Id): boolean {
  return app.store.getState().timelines[key]?.messages.some((message) => message.id === id) ?? false;
}

/** What is beside the channel stays there, unless it lies over it. */
function paneBeside(app: App, channel: Id): SidePane | null {
  const { route } = app.store.getState();
  const covers = [onePane, sideOverlay].some((width) => isNarrower(app, width));
  return route.at === "space" && route.channel === channel && !covers ? route.pane : null;
}

/** The place, and the first message in sight there; none at the end of a channel, where one arrives anyway. */
function hereNow(app: App): { route: Route; message: MessagePlace | null } {
  const { route } = app.store.getState();
  const list = document.querySelector<HTMLElement>("[data-messages]");
  const atEnd = !list || list.scrollHeight - list.scrollTop - list.clientHeight < 64;
  if (route.at !== "space" || !route.channel || atEnd) return { route, message: null };
  const top = list.getBoundingClientRect().top;
  const row = [...list.querySelectorAll<HTMLElement>("[data-message]")].find((candidate) => candidate.getBoundingClientRect().top >= top);
  const id = row?.dataset["message"];
  return { route, message: id ? { space: route.space, channel: route.channel, id } : null };
}
