/** Whether the end is in sight, how much came in below it, and with that what counts as read. */
import type { Id, Message } from "@multichat/client/contract";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { announce, mostSentences } from "../design/announce.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { useApp } from "../state/context.tsx";
import { plainText } from "../state/plain-text.ts";
import { leaveUnread, markRead } from "../state/reading.ts";
import type { Following } from "./following.ts";

export interface Reading {
  atEnd: boolean;
  /** Messages of others below what was in sight. */
  below: number;
}

/** The end counts as in sight this close to it, in pixels. */
const endInSight = 64;

const announcedCharacters = 140;

export function useReading(
  key: Id,
  following: Following,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  messages: readonly Message[],
  hasNewer: boolean,
): Reading {
  const app = useApp();
  const atEnd = !hasNewer && (messages.length === 0 || following.follows || virtualizer.isAtEnd(endInSight));
  const focused = useFocused();
  const newest = messages.at(-1);
  /** Null until the end was loaded: whoever jumped into the middle has everything below it still to load, and nothing of that is new. */
  const [seen, setSeen] = useState<string | null>(hasNewer ? null : (newest?.position ?? null));

  if (newest && (atEnd ? newest.position > (seen ?? "") : !hasNewer && seen === null)) setSeen(newest.position);

  useEffect(() => {
    if (atEnd && focused) void markRead(app, key);
  }, [app, key, atEnd, focused, newest?.id]);
  useEffect(() => () => leaveUnread(app, key), [app, key]);

  useAnnounced(messages, hasNewer);
  return { atEnd, below: atEnd || seen === null ? 0 : countAfter(messages, seen) };
}

function countAfter(messages: readonly Message[], position: string): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]!;
    if (message.position !== "" && message.position <= position) break;
    if (!message.own && !message.blocked) count++;
  }
  return count;
}

/** What others wrote after this place, as much of it as is said. */
function cameAfter(messages: readonly Message[], position: string): Message[] {
  const from = messages.findLastIndex((message) => message.position !== "" && message.position <= position) + 1;
  return messages.slice(from).filter(({ own, blocked, deleted }) => !own && !blocked && !deleted).slice(-mostSentences);
}

/** Screen readers hear what comes in at the end. What is deleted or out of sight is not left in the page for them. */
function useAnnounced(messages: readonly Message[], hasNewer: boolean): void {
  const newest = messages.at(-1);
  const last = useRef(hasNewer ? null : (newest?.position ?? ""));
  /** By message: takes back what was said of it. */
  const said = useRef(new Map<Id, () => void>());
  useEffect(() => {
    for (const [id, takeBack] of said.current) {
      const message = messages.findLast((one) => one.id === id);
      if (message && !message.deleted && !message.blocked) continue;
      takeBack();
      said.current.delete(id);
    }
    // What is on its way to the disk has no place yet.
    if (!newest?.position) return;
    const before = last.current;
    if (before === null) {
      // Opened in the middle: what is loaded until the end has been there.
      if (!hasNewer) last.current = newest.position;
      return;
    }
    // Where one scrolls far up, what was there is let go and comes back.
    if (!hasNewer || newest.position > before) last.current = newest.position;
    if (newest.position <= before) return;
    for (const message of cameAfter(messages, before)) {
      const text = plainText(message).slice(0, announcedCharacters);
      said.current.set(message.id, announce(t("messages.announce", { author: authorName(message), text })));
      // Of those before, nothing is left in the page.
      if (said.current.size > mostSentences) said.current.delete(said.current.keys().next().value!);
    }
  }, [messages, newest, hasNewer]);
  useEffect(() => {
    const all = said.current;
    return () => {
      for (const takeBack of all.values()) takeBack();
      all.clear();
    };
  }, []);
}

function useFocused(): boolean {
  const [focused, setFocused] = useState(() => document.hasFocus());
  useEffect(() => {
    const update = () => setFocused(document.hasFocus() && document.visibilityState === "visible");
    for (const name of ["focus", "blur"]) addEventListener(name, update);
    document.addEventListener("visibilitychange", update);
    return () => {
      for (const name of ["focus", "blur"]) removeEventListener(name, update);
      document.removeEventListener("visibilitychange", update);
    };
  }, []);
  return focused;
}
