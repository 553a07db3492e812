/** What is being written in one place: kept through reloads, with the caret where the last change put it. */
import type { Id } from "@multichat/client/contract";
import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { readDraft, writeDraft } from "../state/drafts.ts";
import type { Draft } from "../state/picks.ts";

interface Writing {
  area: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  /** @param caret where it goes; left out: where the browser has put it */
  change(draft: Draft, caret?: Caret): void;
}

export interface Caret {
  from: number;
  to: number;
}

export function useDraft(place: Id): Writing {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<Caret | null>(null);
  const [draft, setDraft] = useState(() => readDraft(place));

  useLayoutEffect(() => {
    if (!area.current) return;
    fitHeight(area.current);
    if (caret.current) area.current.setSelectionRange(caret.current.from, caret.current.to);
    caret.current = null;
  }, [draft]);

  const change = (next: Draft, at?: Caret) => {
    caret.current = at ?? null;
    setDraft(next);
    writeDraft(place, next);
  };
  return { area, draft, change };
}

/** As high as its text, up to the limit its style sets. */
function fitHeight(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  area.style.overflowY = area.scrollHeight > area.clientHeight + 1 ? "auto" : "hidden";
}
