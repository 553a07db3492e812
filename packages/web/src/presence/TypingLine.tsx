import type { Id } from "@multichat/client/contract";
import { useAppState } from "../state/context.tsx";
import { typingText } from "./presence-text.ts";

/** Who is writing here just now. Its line is kept free, so that nothing moves. */
export function TypingLine({ place }: { place: Id }) {
  const people = useAppState((s) => s.typing[place]);
  return (
    <p role="status" className="mt-0.5 min-h-4 truncate text-12 text-quiet">
      {people && typingText(people)}
    </p>
  );
}
