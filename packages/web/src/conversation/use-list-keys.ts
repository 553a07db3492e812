import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";

type List = Virtualizer<HTMLDivElement, Element>;

/** Arrows walk the rows, Home and End go to the ends, Enter goes into a row's actions and Escape back to the composer. */
export function useListKeys(list: RefObject<HTMLElement | null>, virtualizer: List, count: number): void {
  useEffect(() => {
    const element = list.current;
    const onKeyDown = (event: KeyboardEvent) => walk(event, virtualizer, count);
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, [list, virtualizer, count]);
}

function walk(event: KeyboardEvent, virtualizer: List, count: number): void {
  if (event.key === "Escape") {
    document.getElementById("composer")?.focus();
    return;
  }
  const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-row]") : null;
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter" && event.target === row) {
    event.preventDefault();
    row.querySelector<HTMLElement>("[data-actions] button")?.focus();
    return;
  }
  const at = Number(row.dataset["row"]);
  const target = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: count - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  if (target >= count) {
    document.getElementById("composer")?.focus();
    return;
  }
  if (target < 0) return;
  virtualizer.scrollToIndex(target, { align: "auto" });
  requestAnimationFrame(() => rowAt(target)?.focus({ preventScroll: true }));
}

function rowAt(index: number): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${index}"]`);
}
