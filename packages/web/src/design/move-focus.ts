import type { KeyboardEvent } from "react";

/** Up and down go through every link of the navigation, whatever its section. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const direction = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (direction === 0 || event.altKey) return;
  const links = [...(event.currentTarget.closest("nav")?.querySelectorAll<HTMLElement>("a") ?? [])];
  const next = links[links.findIndex((link) => link === document.activeElement) + direction];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
