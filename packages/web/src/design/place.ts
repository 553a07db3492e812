/** Puts a popover next to what opened it, inside the window. */

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
  const top = fitsBelow ? below : Math.max(margin, target.top - gap - height);
  popover.style.left = `${Math.min(Math.max(margin, left), Math.max(margin, innerWidth - width - margin))}px`;
  popover.style.top = `${top}px`;
  popover.style.right = "auto";
  popover.style.bottom = "auto";
}
