import { useEffect, useRef } from "react";
import type { Recording } from "./recording.ts";

/** How loud it is, drawn as it changes and not through React. */
export function Level({ recording }: { recording: Recording | null }) {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!recording) return;
    let frame = 0;
    const draw = () => {
      if (bar.current) bar.current.style.scale = `${recording.level()} 1`;
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [recording]);
  return (
    <span
      aria-hidden="true"
      className="block h-1.5 min-w-8 flex-1 overflow-hidden rounded-full bg-pressed"
    >
      <span
        ref={bar}
        className="block size-full origin-left scale-x-0 bg-accent rtl:origin-right"
      />
    </span>
  );
}
