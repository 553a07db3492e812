/** Where one changes what decided whether one is told of a message. */
import type { Message, NotificationReason } from "@multichat/client/contract";
import { plainText } from "../state/plain-text.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet, type App } from "../state/store.ts";

/** Null: in its channel, or nothing can be changed about it. */
export function changeReason(app: App, message: Message, reason: NotificationReason): (() => void) | null {
  const settings = (section: "notifications" | "presence") => () => openSettings(app, { space: null, section });
  if (reason.why === "quiet") return settings(reason.of === "status" ? "presence" : "notifications");
  if (reason.why === "switched-off") return settings("notifications");
  if (!("of" in reason)) return null;
  const { author, thread, id } = message;
  switch (reason.of) {
    case "general":
      return settings("notifications");
    case "person":
      return () => openSheet(app, { kind: "notify", scope: "person", id: author.id, name: author.name });
    case "thread":
      return () => openSheet(app, { kind: "notify", scope: "thread", id: thread ?? id, name: plainText(message).slice(0, 60) });
    case "space":
      return changeWorkspace(app, message);
    case "channel":
      return null;
  }
}

/** Of a message in a private channel, that of the workspace it belongs to. */
function changeWorkspace(app: App, message: Message): (() => void) | null {
  const { spaces } = app.store.getState();
  const space = spaces[message.space];
  const workspace = space?.parent ? spaces[space.parent.id] : space;
  return workspace ? () => openSheet(app, { kind: "notify", scope: "space", id: workspace.id, name: workspace.name }) : null;
}
