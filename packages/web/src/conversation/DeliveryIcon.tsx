import type { DeliveryLevel } from "./delivery-level.ts";

/** ◌ ○ ◐ ●, drawn, so that they look alike in every font. */
export function DeliveryIcon({ level }: { level: DeliveryLevel }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3" data-delivery={level}>
      <circle
        cx="6"
        cy="6"
        r="4.5"
        fill={level === "all" ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray={level === "saving" ? "1.6 2.11" : undefined}
      />
      {level === "some" && <path d="M6 1.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />}
    </svg>
  );
}
