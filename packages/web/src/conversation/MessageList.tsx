/**
 * The messages of a channel, or of a thread beneath the message it hangs on. Only those near the window are in the page; the list is anchored at its end, so what is read
 * stays put while older pages load above, and whoever is at the end stays there (following.ts).
 */
import type { Channel, Id, Space } from "@multichat/client/contract";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { changesBefore } from "../expiry/row-changes.ts";
import { RetentionLines } from "../expiry/RetentionLines.tsx";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { emptyTimeline } from "../state/timeline.ts";
import { ChannelStart } from "./ChannelStart.tsx";
import { createFollowing } from "./following.ts";
import { JumpPills } from "./JumpPills.tsx";
import { layoutRow } from "./row-layout.ts";
import { OlderPagesNote } from "./OlderPagesNote.tsx";
import { MessageRow } from "./MessageRow.tsx";
import { ThreadStart } from "../threads/ThreadStart.tsx";
import { useFollowingPages } from "./use-following-pages.ts";
import { scrollFor, useFollowing } from "./use-following.ts";
import { useJump } from "./use-jump.ts";
import { useLettingGo } from "./use-letting-go.ts";
import { useListKeys } from "./use-list-keys.ts";
import { useOlderPages } from "./use-older-pages.ts";
import { useOpeningPosition } from "./use-opening-position.ts";
import { useReading } from "./use-reading.ts";
import { useRows } from "./use-rows.ts";

/** Measures are rounded to whole pixels. */
const endThreshold = 1;
/** Of a row that was not drawn yet, about, in pixels. */
const rowHeight = 52;
/** Rows drawn beyond what is in sight, at each end, so that scrolling meets no gap. */
const rowsBeyond = 6;
/** They follow once what is in sight has been painted. */
const paintedMs = 100;

interface Props {
  space: Space;
  channel: Channel;
  /** The message on which the thread hangs that is shown. */
  thread?: Id;
}

export function MessageList({ space, channel, thread }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const key = thread ?? channel.id;
  const timeline = useAppState((s) => s.timelines[key]) ?? emptyTimeline;
  const { messages, keys, hidden } = useRows(channel, key, timeline);
  const editing = useAppState((s) => (s.editing?.timeline === key ? s.editing.message : null));
  const highlighted = useAppState((s) => s.highlighted);
  const start = timeline.hasOlder ? 0 : 1;
  const painted = usePainted();
  const [following] = useState(createFollowing);
  const [scrollToFn] = useState(() => scrollFor(following));
  const said = thread ? [] : channel.retentionChanges;
  const count = messages.length + start;

  const indexOf = useCallback(
    (id: string) => {
      const at = messages.findIndex((message) => message.id === id);
      return at === -1 ? -1 : at + start;
    },
    [messages, start],
  );
  const edited = editing === null ? -1 : indexOf(editing);
  const firstUnread = timeline.firstUnread ? indexOf(timeline.firstUnread) : -1;

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // So that the rows at the other end are not drawn first.
    initialOffset: () => rowHeight * (firstUnread === -1 ? count : firstUnread),
    getItemKey: useCallback((index: number) => (index < start ? "start" : keys[index - start]!), [keys, start]),
    overscan: painted ? rowsBeyond : 0,
    rangeExtractor: useCallback((range: Range) => withRow(range, edited), [edited]),
    anchorTo: "end",
    scrollEndThreshold: endThreshold,
    scrollToFn,
    paddingEnd: 16,
  });
  const items = virtualizer.getVirtualItems();

  useOpeningPosition(following, virtualizer, count, firstUnread);
  const reading = useReading(key, following, virtualizer, messages, timeline.hasNewer);
  useListKeys(scroller, following, virtualizer, count);

  useJump(following, virtualizer, indexOf);
  useFollowing(following, scroller, !timeline.hasNewer);
  useOlderPages(key, timeline, virtualizer);
  useFollowingPages(key, timeline, virtualizer, count);
  useLettingGo(key, timeline, following);

  return (
    <>
      <div ref={scroller} className="absolute inset-0 flex flex-col overflow-y-auto overflow-x-clip [overflow-anchor:none]" data-messages={key}>
        <div
          role="feed"
          aria-label={thread ? t("thread.messages") : t("messages.label", { channel: channel.name })}
          aria-busy={timeline.loading !== null}
          className="relative mt-auto w-full shrink-0"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => {
            const at = item.index - start;
            const message = messages[at];
            const changes = changesBefore(said, messages, at, timeline);
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {message ? (
                  <MessageRow
                    message={message}
                    timeline={key}
                    index={item.index}
                    count={timeline.hasOlder || timeline.hasNewer ? -1 : count}
                    hidden={hidden.get(message.id) ?? 0}
                    changes={changes}
                    editing={message.id === editing}
                    highlighted={message.id === highlighted}
                    {...layoutRow(messages[at - 1], message, timeline.firstUnread, changes.length > 0)}
                  />
                ) : thread ? (
                  <ThreadStart channel={channel} root={thread} />
                ) : (
                  <ChannelStart space={space} channel={channel} empty={messages.length === 0} />
                )}
                {at === messages.length - 1 && <RetentionLines changes={changesBefore(said, messages, messages.length, timeline)} />}
              </div>
            );
          })}
        </div>
      </div>
      <OlderPagesNote of={key} timeline={timeline} nearStart={(virtualizer.range?.startIndex ?? 0) < rowsBeyond + 3} />
      <JumpPills of={key} unread={thread ? 0 : channel.unread} timeline={timeline} following={following} virtualizer={virtualizer} indexOf={indexOf} reading={reading} />
    </>
  );
}

/** What is being changed stays in the page wherever one scrolls, and with it the caret. */
function withRow(range: Range, row: number): number[] {
  const rows = defaultRangeExtractor(range);
  return row === -1 || rows.includes(row) ? rows : [...rows, row].sort((a, b) => a - b);
}

/** Whether the first picture of the list is behind it. */
function usePainted(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPainted(true), paintedMs);
    return () => clearTimeout(timer);
  }, []);
  return painted;
}
