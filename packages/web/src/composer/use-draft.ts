/** What is being written in one place: kept through reloads and on all own devices, with the caret where the last change put it. */
import type { Id } from "@multichat/client/contract";
import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useApp, useAppState } from "../state/context.tsx";
import { readDraft, writeDraft } from "../state/drafts.ts";
import type { Draft } from "../state/picks.ts";
import { typeInto } from "./type-into.ts";

interface Writing {
  area: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  /** Where nothing is selected and the text has the focus; else null. */
  caret: number | null;
  setCaret(area: Pick<HTMLTextAreaElement, "selectionStart" | "selectionEnd"> | null): void;
  /** @param caret where it goes; left out: where the browser has put it */
  change(draft: Draft, caret?: Caret): void;
}

export interface Caret {
  from: number;
  to: number;
}

export function useDraft(place: Id): Writing {
  const area = useRef<HTMLTextAreaElement>(null);
  const wanted = useRef<Caret | null>(null);
  const [caret, keepCaret] = useState<number | null>(null);
  const app = useApp();
  const [draft, setDraft] = useState(() => readDraft(place));
  const learned = useAppState((s) => s.draftsLearned[place] ?? 0);
  const [seen, setSeen] = useState(learned);
  if (seen !== learned) {
    setSeen(learned);
    const now = readDraft(place);
    if (now.text !== draft.text) setDraft(now);
  }

  useLayoutEffect(() => {
    if (!area.current) return;
    fitHeight(area.current);
    if (wanted.current) area.current.setSelectionRange(wanted.current.from, wanted.current.to);
    wanted.current = null;
  }, [draft]);

  const change = (next: Draft, at?: Caret) => {
    // What is done for somebody who types can be undone like what they type; this calls `change` for the text alone.
    if (at && area.current) typeInto(area.current, next.text);
    wanted.current = at ?? null;
    if (at) keepCaret(at.from === at.to ? at.from : null);
    setDraft(next);
    writeDraft(app, place, next);
  };
  const setCaret: Writing["setCaret"] = (at) =>
    keepCaret(at && at.selectionStart === at.selectionEnd ? at.selectionStart : null);
  return { area, draft, caret, setCaret, change };
}

/** As high as its text, up to the limit its style sets. */
function fitHeight(area: HTMLTextAreaElement): void {
  // Were there more room for the messages while it is measured, the browser would scroll them.
  const box = area.parentElement!;
  box.style.height = `${box.offsetHeight}px`;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  box.style.height = "";
  area.style.overflowY = area.scrollHeight > area.clientHeight + 1 ? "auto" : "hidden";
}
