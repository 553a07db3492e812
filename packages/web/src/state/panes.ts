/**
 * How many panes fit beside each other, by the window's width in letters rather than pixels: with larger text sooner fewer.
 * The styles ask the same with `two:` and `three:` (design/app.css).
 */
import { useMedia } from "../design/use-media.ts";
import { useAppState } from "./context.tsx";
import type { App } from "./store.ts";

/** One pane at a time. */
export const onePane = 40;
/** The side pane lies over the conversation. */
export const sideOverlay = 68.75;

/** @param rem the width in the size that text has here */
export function useNarrower(rem: number): boolean {
  return useMedia(query(rem, useAppState((s) => s.settings.textSize)));
}

export function isNarrower({ store }: App, rem: number): boolean {
  return matchMedia(query(rem, store.getState().settings.textSize)).matches;
}

/** In a query a rem is what the browser is set to, whatever the page makes of it. */
function query(rem: number, textSize: number): string {
  return `(width < ${(rem * textSize) / 100}rem)`;
}
