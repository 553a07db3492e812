import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";
import { inPopover } from "../design/place.ts";
import type { Following } from "./following.ts";
import { scrollToEnd, scrollToRow } from "./use-following.ts";

type List = Virtualizer<HTMLDivElement, Element>;

/**
 * Arrows walk the rows, Home and End go to the ends, Enter goes into a row's actions and Escape back to the composer. Left
 * and right walk the buttons within a row.
 */
export function useListKeys(list: RefObject<HTMLElement | null>, following: Following, virtualizer: List, count: number): void {
  useEffect(() => {
    const element = list.current;
    const onKeyDown = (event: KeyboardEvent) => walk(event, following, virtualizer, count);
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, [list, following, virtualizer, count]);
}

function walk(event: KeyboardEvent, following: Following, virtualizer: List, count: number): void {
  if (inPopover(event.target) || isTyping(event.target)) return;
  if (event.key === "Escape") {
    // Not for the pane that the list is in.
    event.stopPropagation();
    focusComposer(virtualizer);
    return;
  }
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-row]") : null;
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && event.target === row) {
    event.preventDefault();
    row.querySelector<HTMLElement>("[data-actions] button")?.focus();
    return;
  }
  if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    if (walkButtons(row, event.key === "ArrowRight" ? 1 : -1)) event.preventDefault();
    return;
  }
  const at = Number(row.dataset["row"]);
  const target = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: count - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  if (target >= count) {
    focusComposer(virtualizer);
    return;
  }
  if (target < 0) return;
  if (target === count - 1) scrollToEnd(following, virtualizer);
  else scrollToRow(following, virtualizer, target, "auto");
  requestAnimationFrame(() => rowAt(virtualizer, target)?.focus({ preventScroll: true }));
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("textarea, input:not([type=checkbox])");
}

export function rowAt({ scrollElement }: List, index: number): HTMLElement | null {
  return scrollElement?.querySelector<HTMLElement>(`[data-row="${index}"]`) ?? null;
}

/** The field that belongs to this list is the next one in the page. */
function focusComposer({ scrollElement }: List): void {
  const fields = [...document.querySelectorAll<HTMLElement>("#composer, #thread-composer")];
  fields.find((field) => scrollElement && scrollElement.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING)?.focus();
}

/** @returns whether there was a button to go to; before the first is the row itself */
function walkButtons(row: HTMLElement, step: 1 | -1): boolean {
  const forward = getComputedStyle(row).direction === "rtl" ? -step : step;
  const stops = [row, ...[...row.querySelectorAll("button")].filter((button) => !button.closest("[aria-hidden=true], [popover]"))];
  const stop = stops[stops.findIndex((candidate) => candidate === document.activeElement) + forward];
  stop?.focus();
  return stop !== undefined;
}
