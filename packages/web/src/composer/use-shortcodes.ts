/** Makes emoji of the shortcodes that are typed, pasted or put into a field. The list of them is fetched when it is first needed. */
import { useRef, type CompositionEvent } from "react";
import { typeInto } from "./type-into.ts";

interface Shortcodes {
  /** After each change of the field. */
  onChange(before: string, area: HTMLTextAreaElement, event: Event): void;
  onCompositionEnd(event: CompositionEvent<HTMLTextAreaElement>): void;
  /** Before what was written is taken: the list may still be on its way. Null: nothing is awaited. */
  settled(): Promise<void> | null;
}

const likely = /:[\p{L}\d_+-]+:/u;

export function useShortcodes(): Shortcodes {
  /** The text before the word that a keyboard is still putting together, which nobody else may change. */
  const composed = useRef<string | null>(null);
  const awaited = useRef<Promise<void> | null>(null);
  const replace = (before: string, area: HTMLTextAreaElement) => {
    if (!likely.test(area.value)) return;
    const replaced = import("../emoji/shortcodes.ts").then(
      ({ withEmoji }) => {
        const made = withEmoji(before, area.value, area.selectionEnd);
        if (made.text === area.value) return;
        typeInto(area, made.text);
        area.setSelectionRange(made.caret, made.caret);
      },
      // Without the list it stays as it was written.
      () => undefined,
    );
    awaited.current = replaced;
    void replaced.then(() => {
      if (awaited.current === replaced) awaited.current = null;
    });
  };
  return {
    onChange(before, area, event) {
      const { inputType, isComposing } = event as InputEvent;
      // Who undoes it wants the text.
      if (inputType === "historyUndo" || inputType === "historyRedo") return;
      if (isComposing) composed.current ??= before;
      else replace(before, area);
    },
    onCompositionEnd({ currentTarget }) {
      const before = composed.current;
      composed.current = null;
      if (before !== null) replace(before, currentTarget);
    },
    settled: () => awaited.current,
  };
}
