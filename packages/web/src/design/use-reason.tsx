import { useId, useRef, useState, type ReactNode } from "react";
import { placeBelow } from "./place.ts";

interface Guard {
  "aria-disabled": true;
  "aria-describedby": string;
  onClick(event: { preventDefault(): void; currentTarget: HTMLElement }): void;
  onPointerEnter(event: { currentTarget: HTMLElement }): void;
  onPointerLeave(): void;
  onFocus(event: { currentTarget: HTMLElement }): void;
  onBlur(): void;
}

/**
 * Why a control cannot be used, shown beside it on hover, focus and press, and read out with it. So the control stays
 * reachable: `guard` goes onto it in place of its own actions, `reason` beside it.
 */
export function useReason(why: string | null | undefined): { guard: Guard | null; reason: ReactNode } {
  const id = useId();
  const anchor = useRef<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  if (!why) return { guard: null, reason: null };

  const show = ({ currentTarget }: { currentTarget: HTMLElement }) => {
    anchor.current = currentTarget;
    setOpen(true);
  };
  const hide = () => setOpen(false);
  return {
    guard: {
      "aria-disabled": true,
      "aria-describedby": id,
      onClick: (event) => {
        event.preventDefault();
        show(event);
      },
      onPointerEnter: show,
      onPointerLeave: hide,
      onFocus: show,
      onBlur: hide,
    },
    reason: (
      <>
        <span id={id} hidden>
          {why}
        </span>
        {open && (
          <div
            ref={(bubble) => {
              if (!bubble || !anchor.current) return;
              bubble.showPopover();
              placeBelow(bubble, anchor.current);
            }}
            popover="manual"
            aria-hidden="true"
            className="fixed m-0 w-max max-w-[min(20rem,calc(100vw-16px))] rounded-m border border-line bg-raised px-3 py-2 text-start text-13 font-normal text-text shadow-float"
          >
            {why}
          </div>
        )}
      </>
    ),
  };
}
