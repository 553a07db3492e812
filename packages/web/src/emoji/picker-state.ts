import type { App } from "../state/store.ts";
import { rememberEmoji } from "./recent.ts";

/** Opens the emoji picker beside an element; it closes with the choice. */
export function openPicker(app: App, anchor: HTMLElement, pick: (emoji: string) => void): void {
  app.store.setState({
    picker: {
      anchor,
      pick: (emoji) => {
        rememberEmoji(emoji);
        pick(emoji);
      },
    },
  });
}

export function closePicker(app: App): void {
  app.store.setState({ picker: null });
}
