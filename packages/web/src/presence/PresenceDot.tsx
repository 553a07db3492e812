import type { PersonState } from "@multichat/client/contract";

/** Full, a moon, a bar or a ring: the colour is not alone in saying it. Words stand beside it, or are its label. */
export function PresenceDot({
  state,
  label,
  className = "",
}: {
  state: PersonState;
  label?: string;
  className?: string;
}) {
  const colour = { online: "text-good", away: "text-warn", dnd: "text-bad", offline: "text-quiet" }[
    state
  ];
  return (
    <svg
      viewBox="0 0 10 10"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={`size-2.5 shrink-0 ${colour} ${className}`}
    >
      {label && <title>{label}</title>}
      {state === "online" && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {state === "away" && (
        <path d="M6.5.7a4.5 4.5 0 1 0 2.8 6A4 4 0 0 1 6.5.7z" fill="currentColor" />
      )}
      {state === "dnd" && (
        <>
          <circle cx="5" cy="5" r="4.5" fill="currentColor" />
          <path d="M2.75 5h4.5" stroke="var(--surface)" strokeWidth="1.6" strokeLinecap="round" />
        </>
      )}
      {state === "offline" && (
        <circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
    </svg>
  );
}
