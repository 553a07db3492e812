import { useEffect, useState } from "react";
import { type Drawable, drawable } from "./drawable.ts";

/** Whether the picture at this address may be drawn; null while that is looked at. `failed`: the browser could not draw it. */
export function useDrawable(
  source: string | null,
  pixels: number,
): { fits: Drawable | null; failed(): void } {
  const [found, setFound] = useState<{ source: string; fits: Drawable } | null>(null);
  useEffect(() => {
    if (source === null) return;
    let current = true;
    void drawable(source, pixels).then((fits) => current && setFound({ source, fits }));
    return () => {
      current = false;
    };
  }, [source, pixels]);
  return {
    fits: found && found.source === source ? found.fits : null,
    failed() {
      if (source !== null) setFound({ source, fits: "broken" });
    },
  };
}
