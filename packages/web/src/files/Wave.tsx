const [bar, gap, high] = [3, 2, 28];
/** Where nothing is said about it. */
const flat = Array.from({ length: 40 }, () => 40);

/** Loudness along a voice message, 0–255 each; what was played is in colour. */
export function Wave({ levels, played }: { levels: readonly number[]; played: number }) {
  const shown = levels.length > 0 ? levels : flat;
  const width = shown.length * (bar + gap) - gap;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${high}`}
      preserveAspectRatio="none"
      className="h-7 min-w-0 flex-1"
    >
      {shown.map((level, i) => {
        const height = Math.max(3, (level / 255) * high);
        return (
          <rect
            key={i}
            x={i * (bar + gap)}
            y={(high - height) / 2}
            width={bar}
            height={height}
            rx={1.5}
            className={i / shown.length < played ? "fill-accent" : "fill-control"}
          />
        );
      })}
    </svg>
  );
}
