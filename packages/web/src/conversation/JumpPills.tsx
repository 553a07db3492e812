/**
 * What is out of sight and worth a jump: the first unread and earlier arrivals above, new messages below. And for who comes from
 * a notification, the way to what one is told of.
 */
import type { Id, Message } from "@multichat/client/contract";
import type { Virtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, BellRing, CornerUpLeft, History } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { announce } from "../design/announce.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { goBack } from "../state/jump.ts";
import { loadPresent, loadToFirstUnread } from "../state/loading.ts";
import { changeTimeline } from "../state/change-timeline.ts";
import { openSheet } from "../state/store.ts";
import type { Timeline } from "../state/timeline.ts";
import type { Following } from "./following.ts";
import { scrollToEnd, scrollToRow } from "./use-following.ts";
import type { Reading } from "./use-reading.ts";

interface Props {
  /** The timeline. */
  of: Id;
  /** How many messages were unread when it was opened. */
  unread: number;
  timeline: Timeline;
  following: Following;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  indexOf(id: string): number;
  reading: Reading;
}

export function JumpPills({ of, unread: unreadCount, timeline, following, virtualizer, indexOf, reading }: Props) {
  const app = useApp();
  const unread = useUnreadAbove(of, unreadCount, timeline, following, virtualizer, indexOf);
  const wentAway = useAppState((s) => s.cameFrom !== null && timeline.thread === null);
  const toldOf = useAppState((s) => (s.toldOf === null ? undefined : timeline.messages.find(({ id }) => id === s.toldOf)));
  const late = timeline.arrivedLater;

  useEffect(() => {
    if (late.length > 0) announce(t("messages.arrivedEarlier", { count: late.length }));
  }, [late.length]);

  const askWhy = (message: Message) => {
    app.store.setState({ toldOf: null });
    openSheet(app, { kind: "why", message });
  };
  const jumpToLate = () => {
    const first = late.map(indexOf).filter((index) => index >= 0).sort((a, b) => a - b)[0];
    if (first !== undefined) scrollToRow(following, virtualizer, first, "center");
    changeTimeline(app, of, (current) => ({ ...current, arrivedLater: [] }));
  };

  return (
    <>
      <div className="pointer-events-none absolute inset-x-0 top-2 flex flex-col items-center gap-2">
        {wentAway && (
          <Pill icon={<CornerUpLeft />} onClick={() => goBack(app)}>
            {t("messages.goBack")}
          </Pill>
        )}
        {toldOf && (
          <Pill icon={<BellRing />} onClick={() => askWhy(toldOf)}>
            {t("notification.why")}
          </Pill>
        )}
        {unread.shown && (
          <Pill icon={<ArrowUp />} onClick={() => void unread.jump()}>
            {t("messages.jumpUnread")}
          </Pill>
        )}
        {late.length > 0 && (
          <Pill icon={<History />} onClick={jumpToLate}>
            {t("messages.arrivedEarlier", { count: late.length })}
          </Pill>
        )}
      </div>
      {!reading.atEnd && (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          <Pill icon={<ArrowDown />} strong={reading.below > 0} onClick={() => (timeline.hasNewer ? void loadPresent(app, of) : scrollToEnd(following, virtualizer))}>
            {reading.below > 0 ? t("messages.newBelow", { count: reading.below }) : t("messages.toEnd")}
          </Pill>
        </div>
      )}
    </>
  );
}

interface PillProps {
  icon: ReactNode;
  strong?: boolean;
  onClick(): void;
  children: ReactNode;
}

function Pill({ icon, strong = false, onClick, children }: PillProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`pointer-events-auto inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3.5 text-13 font-medium shadow-float pointer-coarse:min-h-11 [&_svg]:size-3.5 ${strong ? "border-accent bg-accent text-on-accent" : "border-line bg-raised text-text"}`}
    >
      {icon}
      {children}
    </button>
  );
}

/** The "new" line is above the window or not loaded yet; offered until it was in sight once. */
function useUnreadAbove(
  key: Id,
  unread: number,
  timeline: Timeline,
  following: Following,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  indexOf: (id: string) => number,
): { shown: boolean; jump(): Promise<void> } {
  const app = useApp();
  const [met, setMet] = useState(false);
  const [unloaded] = useState(timeline.firstUnread === null && unread > 0);
  const index = timeline.firstUnread ? indexOf(timeline.firstUnread) : -1;
  const top = virtualizer.scrollOffset ?? 0;
  const start = index >= 0 ? (virtualizer.measurementsCache[index]?.start ?? 0) : -1;
  const above = index >= 0 ? start + 40 < top : unloaded && timeline.hasOlder;
  if (!met && index >= 0 && !above) setMet(true);
  const jump = async () => {
    const id = await loadToFirstUnread(app, key);
    setMet(true);
    // After the pages just loaded have been laid out.
    requestAnimationFrame(() => {
      const at = id ? app.store.getState().timelines[key] : undefined;
      const found = at?.messages.findIndex((message) => message.id === id) ?? -1;
      scrollToRow(following, virtualizer, found < 0 ? 0 : found + (at?.hasOlder ? 0 : 1), "start");
    });
  };
  return { shown: !met && above, jump };
}
