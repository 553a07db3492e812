/** Keys and presses on a message's row: a letter does what it stands for, a long press opens the menu. */
import type { Id, Message } from "@multichat/client/contract";
import { useRef, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import { useApp } from "../state/context.tsx";
import { hasActions, messageActions } from "./message-actions.tsx";

const longPressMs = 450;
/** A finger that moves further than this scrolls. */
const stillPixels = 8;

/** @param onPointedAt the row is about to be used */
export function useRowInput(message: Message, timeline: Id, onPointedAt: () => void) {
  const app = useApp();
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number; long: boolean } | null>(null);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !hasActions(message)) return;
    const action = messageActions(app, message, timeline).find(({ key }) => key === event.key || key === event.key.toLowerCase());
    if (!action) return;
    event.preventDefault();
    if (action.why) app.store.setState({ deedProblem: { message: message.id, text: action.why } });
    else action.run(event.currentTarget);
  };

  const letGo = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.pointerType !== "touch") return;
    letGo();
    const timer = setTimeout(() => press.current && (press.current.long = true), longPressMs);
    press.current = { timer, x: event.clientX, y: event.clientY, long: false };
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const row = event.currentTarget;
    // After the browser has closed whatever this press was outside of.
    if (press.current?.long) setTimeout(() => openMenu(row));
    letGo();
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (press.current && Math.hypot(event.clientX - press.current.x, event.clientY - press.current.y) > stillPixels) letGo();
  };
  return {
    onKeyDown,
    onPointerEnter: onPointedAt,
    onFocus: onPointedAt,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: letGo,
    // The browser's own menu on a long press would lie over this one.
    onContextMenu: (event: MouseEvent<HTMLElement>) => press.current && event.preventDefault(),
  };
}

/** The actions are there once the row has the focus. */
function openMenu(row: HTMLElement): void {
  row.focus({ preventScroll: true });
  requestAnimationFrame(() => row.querySelector<HTMLElement>("[data-actions] [aria-haspopup=menu]")?.click());
}
