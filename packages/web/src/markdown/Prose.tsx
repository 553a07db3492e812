import { memo, useLayoutEffect, useMemo, useRef } from "react";
import { messageHtml } from "./html-cache.ts";
import { addCopyButtons } from "./code-copy.ts";

/** A message's text as it was meant. */
export const Prose = memo(function Prose({ text }: { text: string }) {
  const element = useRef<HTMLDivElement>(null);
  const html = useMemo(() => ({ __html: messageHtml(text) }), [text]);
  useLayoutEffect(() => {
    if (element.current) addCopyButtons(element.current);
  }, [html]);
  return <div ref={element} dir="auto" className="prose" dangerouslySetInnerHTML={html} />;
});
