/** The edge between two panes: drag it, or focus it and use the arrow keys. The width is remembered. */
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";

interface Props {
  label: string;
  /** The custom property on the root element that holds the width, which grows with the text. */
  property: "--sidebar-width" | "--side-width";
  initial: number;
  min: number;
  max: number;
  /** On which side of the pane the handle is. */
  edge: "start" | "end";
}

const step = 16;
/** Widths are counted in the pixels that they have with text of the usual size. */
const remPixels = 16;

export function ResizeHandle({ label, property, initial, min, max, edge }: Props) {
  const handle = useRef<HTMLDivElement>(null);
  const width = useRef(initial);

  const apply = (wanted: number) => {
    width.current = Math.round(Math.min(max, Math.max(min, wanted)));
    document.documentElement.style.setProperty(property, `${width.current / remPixels}rem`);
    handle.current?.setAttribute("aria-valuenow", String(width.current));
  };

  const remember = () => localStorage.setItem(`multichat${property}`, String(width.current));

  useEffect(() => {
    const stored = Number(localStorage.getItem(`multichat${property}`));
    apply(Number.isFinite(stored) && stored > 0 ? stored : initial);
  });

  const direction = () => {
    const rtl = getComputedStyle(document.documentElement).direction === "rtl";
    return (edge === "end") !== rtl ? 1 : -1;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const sign = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (sign === 0) return;
    event.preventDefault();
    apply(width.current + sign * direction() * step);
    remember();
  };

  const onPointerDown = (down: PointerEvent<HTMLDivElement>) => {
    const from = width.current;
    const sign = (direction() * remPixels) / parseFloat(getComputedStyle(document.documentElement).fontSize);
    const target = down.currentTarget;
    target.setPointerCapture(down.pointerId);
    const onMove = (event: globalThis.PointerEvent) => apply(from + (event.clientX - down.clientX) * sign);
    target.addEventListener("pointermove", onMove);
    target.addEventListener(
      "lostpointercapture",
      () => {
        target.removeEventListener("pointermove", onMove);
        remember();
      },
      { once: true },
    );
  };

  return (
    <div
      ref={handle}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={initial}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onDoubleClick={() => {
        apply(initial);
        remember();
      }}
      className={`absolute inset-y-0 z-10 w-2 cursor-col-resize touch-none transition-colors hover:bg-accent/30 ${edge === "end" ? "-end-1" : "-start-1"}`}
    />
  );
}
