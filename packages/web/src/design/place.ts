/** Popovers: next to what opened them, inside the window, and with keys of their own. */

const gap = 4;
const margin = 8;

export function placeBelow(popover: HTMLElement, anchor: HTMLElement, align: "start" | "end" = "start"): void {
  const target = anchor.getBoundingClientRect();
  const rtl = getComputedStyle(anchor).direction === "rtl";
  const atRight = (align === "end") !== rtl;
  const width = popover.offsetWidth;
  const height = popover.offsetHeight;
  const left = atRight ? target.right - width : target.left;
  const below = target.bottom + gap;
  const fitsBelow = below + height <= innerHeight - margin;
  const wanted = fitsBelow ? below : target.top - gap - height;
  const top = Math.max(margin, Math.min(wanted, innerHeight - margin - height));
  popover.style.left = `${Math.min(Math.max(margin, left), Math.max(margin, innerWidth - width - margin))}px`;
  popover.style.top = `${top}px`;
  popover.style.right = "auto";
  popover.style.bottom = "auto";
}

/** Keys pressed in a popover are not meant for the list or pane that it was opened from. */
export function inPopover(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[popover]") !== null;
}
