/**
 * A button that opens a menu, on the platform's popover: it lies above everything, closes on Escape or a click elsewhere.
 * Arrows, Home, End and first letters move in it.
 */
import { Check } from "lucide-react";
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { placeBelow } from "./place.ts";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  danger?: boolean;
  /** One of several of which one holds, and whether it is this. */
  chosen?: boolean;
  /** Why it cannot be chosen: shown beneath. */
  why?: string | null;
  onSelect(): void;
}

interface Props {
  label: string;
  button: ReactNode;
  buttonClass: string;
  /** Where it is one stop of a list that arrows walk. */
  tabIndex?: 0 | -1;
  align?: "start" | "end";
  /** Asked for when the menu opens. */
  items(): readonly MenuItem[];
}

const entries = "[role=menuitem], [role=menuitemradio]";

export function Menu({ label, button, buttonClass, tabIndex = 0, align = "start", items }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!open || !trigger.current || !menu.current) return;
    placeBelow(menu.current, trigger.current, align);
    menu.current.querySelector<HTMLElement>(entries)?.focus();
  }, [open, align]);

  return (
    <>
      <button
        ref={trigger}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={label}
        tabIndex={tabIndex}
        popoverTarget={id}
        className={buttonClass}
      >
        {button}
      </button>
      <div
        ref={menu}
        id={id}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === "open")}
        onKeyDown={(event) => move(event, menu.current)}
        className="fixed m-0 min-w-52 max-w-[min(22rem,calc(100vw-16px))] rounded-m border border-line bg-raised p-1 text-15 text-text shadow-float"
      >
        {(open ? items() : []).map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.chosen === undefined ? "menuitem" : "menuitemradio"}
            aria-checked={item.chosen}
            tabIndex={-1}
            aria-disabled={item.why ? true : undefined}
            onClick={() => {
              if (item.why) return;
              menu.current?.hidePopover();
              item.onSelect();
            }}
            className={`flex min-h-9 w-full items-center gap-2.5 rounded-s px-2.5 py-1 text-start hover:bg-hover focus-visible:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 ${item.why ? "text-quiet" : item.danger ? "text-bad-text" : ""}`}
          >
            {item.icon}
            <span className="min-w-0 wrap-anywhere">
              {item.label}
              {item.why && <span className="block text-12">{item.why}</span>}
            </span>
            {item.chosen && <Check aria-hidden="true" className="ms-auto" />}
          </button>
        ))}
      </div>
    </>
  );
}

function move(event: KeyboardEvent, menu: HTMLElement | null): void {
  const items = [...(menu?.querySelectorAll<HTMLElement>(entries) ?? [])];
  const at = items.findIndex((item) => item === document.activeElement);
  const target = destination(event.key, at, items);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function destination(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case "ArrowDown":
      return items[(at + 1) % items.length];
    case "ArrowUp":
      return items.at(at - 1);
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      if (key.length !== 1 || key === " ") return undefined;
      return items.find((item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
  }
}
