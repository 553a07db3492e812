/** A role's colour; a ring if it has none. Decoration: the name is always beside it. */
export function RoleDot({ colour }: { colour: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 shrink-0">
      <circle cx="6" cy="6" r="4.5" fill={colour || "none"} stroke={colour || "var(--control)"} strokeWidth="1.5" />
    </svg>
  );
}
