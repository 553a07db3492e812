/** The list of names while one is being typed: which one is pointed at, and the keys that walk it. */
import type { Channel, Space } from "@multichat/client/contract";
import { useEffect, useState, type KeyboardEvent } from "react";
import { announce } from "../design/announce.ts";
import { t } from "../i18n/messages.ts";
import { withPick, withText, type Draft } from "../state/picks.ts";
import { findCompleting, type Completing } from "./completing.ts";
import { useCompletions, type Completion } from "./use-completions.tsx";
import type { Caret } from "./use-draft.ts";

interface Given {
  space: Space;
  channel: Channel;
  draft: Draft;
  /** Where the caret is; null: it is not in the text. */
  caret: number | null;
  change(draft: Draft, caret: Caret): void;
}

export interface CompletionList {
  completions: readonly Completion[];
  at: number;
  point(index: number): void;
  choose(completion: Completion): void;
  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean;
}

export function useCompleting({ space, channel, draft, caret, change }: Given): CompletionList {
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [pointed, setPointed] = useState({ for: "", at: 0 });
  const found = caret === null ? null : findCompleting(draft, caret);
  const completing = found && found.from !== dismissed ? found : null;
  const completions = useCompletions(space, channel, completing);
  const typed = completing ? `${completing.sign}${completing.query}` : "";
  const at = pointed.for === typed ? Math.min(pointed.at, completions.length - 1) : 0;
  if (found === null && dismissed !== null) setDismissed(null);
  useAnnounced(completions);

  const point = (index: number) => setPointed({ for: typed, at: index });
  const choose = ({ put, why }: Completion) => {
    if (!completing || caret === null || why) return;
    const made = completed(draft, completing, caret, put);
    change(made.draft, { from: made.caret, to: made.caret });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = completions[at];
    if (!chosen) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      point((at + (event.key === "ArrowDown" ? 1 : -1) + completions.length) % completions.length);
    else if (event.key === "Escape") setDismissed(completing!.from);
    else if (event.key === "Tab" || event.key === "Enter") {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return false;
      choose(chosen);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { completions, at, point, choose, onKey };
}

function completed(
  draft: Draft,
  { from }: Completing,
  caret: number,
  put: Completion["put"],
): { draft: Draft; caret: number } {
  if ("mention" in put) return withPick(draft, from, caret, put.mention);
  const text = `${put.text} `;
  return {
    draft: withText(draft, draft.text.slice(0, from) + text + draft.text.slice(caret)),
    caret: from + text.length,
  };
}

function useAnnounced({ length: count }: readonly Completion[]): void {
  useEffect(() => {
    if (count > 0) announce(t("composer.choicesCount", { count }));
  }, [count]);
}
