import { Suspense, type ComponentProps } from "react";
import { part, type Part } from "../app/part.ts";
import type { ProfileCard } from "./ProfileCard.tsx";

export const FetchedProfileCard: Part<ComponentProps<typeof ProfileCard>> = part(async () => (await import("./ProfileCard.tsx")).ProfileCard);

/** The card of a person, fetched when one is opened. */
export function LazyProfileCard(props: ComponentProps<typeof ProfileCard>) {
  return (
    <Suspense fallback={null}>
      <FetchedProfileCard {...props} />
    </Suspense>
  );
}
