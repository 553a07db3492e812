/** Beside the conversation: members, details, what is pinned, or a thread. Over it on a middling window, in its place on a narrow one. */
import type { Channel, Space } from "@multichat/client/contract";
import { ArrowLeft, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { IconButton } from "../design/IconButton.tsx";
import { inPopover } from "../design/place.ts";
import { ResizeHandle } from "../design/ResizeHandle.tsx";
import { onePane, sideOverlay, useNarrower } from "../state/panes.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { threadOf, type SidePane as Pane } from "../state/address.ts";
import { placeName } from "../state/places.ts";
import { navigate } from "../state/route.ts";
import { Details } from "./Details.tsx";
import { Members } from "./Members.tsx";
import { Pins } from "../threads/Pins.tsx";
import { ThreadPane } from "../threads/ThreadPane.tsx";

interface Props {
  space: Space;
  channel: Channel;
  pane: Pane;
}

export function SidePane({ space, channel, pane }: Props) {
  const app = useApp();
  const narrow = useNarrower(onePane);
  const overlay = useNarrower(sideOverlay) && !narrow;
  const element = useRef<HTMLElement>(null);
  const Heading = narrow ? "h1" : "h2";
  const thread = threadOf(pane);
  const title = titleOf(pane, space, channel);
  const close = () => navigate(app, { at: "space", space: space.id, channel: channel.id, pane: null });

  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    // Before what is in the pane asks for the focus.
    before.current = document.activeElement;
  }, [pane]);
  useEffect(() => {
    const cameFrom = before.current;
    // In a thread the composer asks for it, or the message that one came for. And nobody opened a pane that was there when the page came.
    if (!threadOf(pane) && navigator.userActivation.hasBeenActive) firstButton(element.current)?.focus({ preventScroll: true });
    return () => {
      // Closed from within, it would leave the focus nowhere.
      if (document.activeElement === document.body && cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
    };
  }, [pane]);

  const content = (
    <>
      <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2 max-two:ps-1">
        <IconButton label={t("conversation.back")} icon={<ArrowLeft />} className="two:hidden" onClick={close} />
        <Heading dir="auto" className="min-w-0 flex-1 truncate font-bold" title={title}>
          {title}
        </Heading>
        <IconButton label={t("sidePane.close")} icon={<X />} className="max-two:hidden" onClick={close} />
      </header>
      {thread ? (
        <ThreadPane key={thread} space={space} channel={channel} root={thread} />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          {pane === "members" && <Members space={space} />}
          {pane === "details" && <Details space={space} channel={channel} />}
          {pane === "pins" && <Pins channel={channel} />}
        </div>
      )}
      {!narrow && !overlay && (
        <ResizeHandle label={t("resize.sidePane")} property="--side-width" initial={360} min={280} max={560} edge="start" />
      )}
    </>
  );
  const layout = narrow
    ? "relative w-full"
    : overlay
      ? "absolute inset-y-0 end-0 z-20 w-90 max-w-[calc(100vw-64px)] border-s border-line shadow-float"
      : "relative w-(--side-width,22.5rem) shrink-0 border-s border-line";
  const Frame = narrow ? "main" : "aside";
  return (
    <Frame
      ref={element}
      aria-label={title}
      onKeyDown={(event) => event.key === "Escape" && !inPopover(event.target) && close()}
      className={`flex min-h-0 flex-col bg-surface ${layout}`}
    >
      {content}
    </Frame>
  );
}

/** Of the two ways out, the one that is shown in a window as wide as this. */
function firstButton(pane: HTMLElement | null): HTMLElement | undefined {
  return [...(pane?.querySelectorAll("button") ?? [])].find((button) => button.checkVisibility());
}

function titleOf(pane: Pane, space: Space, channel: Channel): string {
  if (threadOf(pane)) return t(channel.type === "forum" ? "topic.label" : "thread.title");
  if (pane === "members") return t("members.title");
  if (pane === "pins") return t("pins.title");
  return t(space.kind === "direct" ? "details.titleDirect" : "details.title", { channel: placeName(space, channel) });
}
