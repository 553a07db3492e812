import type { ComponentProps } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { MissingSheet } from "../app/MissingSheet.tsx";
import { part, type Part } from "../app/part.ts";
import type { ProfileCard } from "./ProfileCard.tsx";

export const FetchedProfileCard: Part<ComponentProps<typeof ProfileCard>> = part(async () => (await import("./ProfileCard.tsx")).ProfileCard);

/** The card of a person, fetched when one is opened. */
export function LazyProfileCard(props: ComponentProps<typeof ProfileCard>) {
  return (
    <Fetched missing={<MissingSheet onClose={props.onClose} />}>
      <FetchedProfileCard {...props} />
    </Fetched>
  );
}
