import type { Id, PersonCard } from "@multichat/client/contract";
import { useCallback } from "react";
import { useApp } from "../state/context.tsx";
import { useFetched, type Fetched } from "./use-fetched.ts";

/** All that is known of somebody, kept current while it is shown. */
export function usePersonCard(account: Id): Fetched<PersonCard> {
  const app = useApp();
  return useFetched(useCallback(async () => (await app.client.call("person.get", { account })).person, [app, account]));
}
