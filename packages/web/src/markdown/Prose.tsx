import type { Id, Mention, Person } from "@multichat/client/contract";
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { LazyProfileCard } from "../members/LazyProfileCard.tsx";
import { useKeywordMarks } from "../notifications/use-keyword-marks.ts";
import { parseMessageLink, parseRoute } from "../state/address.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { navigate } from "../state/route.ts";
import { addCopyButtons } from "./code-copy.ts";
import { coverSpoilers } from "./cover-spoilers.ts";
import { highlightCode } from "./highlight-code.ts";
import { messageHtml } from "./html-cache.ts";
import { isPlain } from "./is-plain.ts";
import { nameMessageLinks } from "./name-message-links.ts";

interface Props {
  text: string;
  mentions: readonly Mention[];
  space: Id;
}

/** A message's text as it was meant. */
export const Prose = memo(function Prose(props: Props) {
  return isPlain(props.text) ? <PlainProse text={props.text} /> : <MarkdownProse {...props} />;
});

function PlainProse({ text }: { text: string }) {
  const element = useRef<HTMLDivElement>(null);
  useKeywordMarks(element, text);
  return (
    <div ref={element} dir="auto" className="prose">
      <p>{text}</p>
    </div>
  );
}

function MarkdownProse({ text, mentions, space }: Props) {
  const app = useApp();
  const element = useRef<HTMLDivElement>(null);
  const reader = useAppState((s) => s.status?.account?.id ?? "");
  const html = useMemo(() => ({ __html: messageHtml(text, { mentions, space, reader }) }), [text, mentions, space, reader]);
  const [card, setCard] = useState<Person | null>(null);
  const anchor = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    addCopyButtons(element.current);
    highlightCode(element.current);
    coverSpoilers(element.current);
    nameMessageLinks(element.current, app.store.getState());
  }, [app, html]);

  useKeywordMarks(element, html);

  useEffect(() => {
    const text = element.current;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#/"]') : null;
      const address = link?.getAttribute("href");
      if (!link || !address || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const account = address.startsWith("#/u/") ? address.slice("#/u/".length) : null;
      const message = parseMessageLink(address);
      if (account) {
        anchor.current = link;
        setCard({ id: account, name: mentions.find(({ id }) => id === account)?.name ?? "" });
      } else if (message) void jumpToMessage(app, message);
      else navigate(app, parseRoute(address));
    };
    text?.addEventListener("click", onClick);
    return () => text?.removeEventListener("click", onClick);
  }, [app, mentions]);
  return (
    <>
      <div ref={element} dir="auto" className="prose" dangerouslySetInnerHTML={html} />
      {card && <LazyProfileCard space={space} person={card} anchor={anchor} onClose={() => setCard(null)} />}
    </>
  );
}
