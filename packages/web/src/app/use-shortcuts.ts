/** Keys that work everywhere. Those without a modifier are left alone while something is being typed. */
import { useEffect } from "react";
import { useApp } from "../state/context.tsx";
import { stepChannel } from "../sidebar/step-channel.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet, type App } from "../state/store.ts";

export function useShortcuts(): void {
  const app = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (act(app, event)) event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [app]);
}

function act(app: App, event: KeyboardEvent): boolean {
  const { ready, firstRun, link, sheet, settingsAt } = app.store.getState();
  if (!ready || firstRun || link === "unauthorized") return false;
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && event.key.toLowerCase() === "k") {
    openSheet(app, { kind: "switcher" });
    return true;
  }
  if (sheet || settingsAt) return false;
  // Most messages are not in the page, so that the browser would not find them. Pressed again it is the browser's.
  if (command && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f") {
    openSheet(app, { kind: "search", scope: "channel", query: "" });
    return true;
  }
  if (command && event.key === ",") {
    openSettings(app, { space: null, section: null });
    return true;
  }
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    return stepChannel(app, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
  }
  if (event.key === "?" && !isTyping(event.target)) {
    openSheet(app, { kind: "shortcuts" });
    return true;
  }
  return false;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
