/**
 * Marks the person's keywords in a rendered text. The marks lie over it (CSS Custom Highlights): nothing is put into the page, so that
 * copying, links and the sanitiser's work stay what they are. Browsers without them show the text unmarked.
 */
import { type RefObject, useEffect } from "react";
import { useAppState } from "../state/context.tsx";
import { keywordRanges } from "./keyword-ranges.ts";

const name = "keyword";

function marks(): Highlight | null {
  if (!("highlights" in CSS)) return null;
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  CSS.highlights.set(name, made);
  return made;
}

/** @param content changes whenever what is in the element was made anew */
export function useKeywordMarks(element: RefObject<HTMLElement | null>, content: unknown): void {
  const keywords = useAppState((s) => s.keywords);
  useEffect(() => {
    const all = keywords.length > 0 ? marks() : null;
    if (!all || !element.current) return;
    const made: Range[] = [];
    const walker = document.createTreeWalker(element.current, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [from, to] of keywordRanges(node.textContent ?? "", keywords)) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        made.push(range);
        all.add(range);
      }
    }
    return () => made.forEach((range) => all.delete(range));
  }, [element, content, keywords]);
}
