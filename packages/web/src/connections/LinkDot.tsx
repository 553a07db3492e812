import type { ConnectionLevel } from "./connection-text.ts";

/** Full, half or empty, so that the colour is not alone in saying it. */
export function LinkDot({ level }: { level: ConnectionLevel }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={`mt-[3px] size-2.5 shrink-0 ${level === "none" ? "text-quiet" : "text-good"}`}>
      <circle cx="5" cy="5" r="4" fill={level === "all" ? "currentColor" : "none"} stroke="currentColor" strokeWidth="1.5" />
      {level === "some" && <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />}
    </svg>
  );
}
