/** The channel last looked at in each workspace, kept in localStorage so that a workspace opens where one left it. */
import type { Id } from "@multichat/client/contract";
import type { Route } from "./address.ts";
import { keptKeys } from "./kept-keys.ts";

export function readLastChannels(storage: Pick<Storage, "getItem">): Record<Id, Id> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(keptKeys.lastChannel) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter(([, channel]) => typeof channel === "string"),
    );
  } catch {
    return {};
  }
}

/** What is remembered once the person is at `route`. */
export function rememberChannel(
  storage: Pick<Storage, "setItem">,
  last: Record<Id, Id>,
  route: Route,
): Record<Id, Id> {
  if (route.at !== "space" || !route.channel || last[route.space] === route.channel) return last;
  const next = { ...last, [route.space]: route.channel };
  storage.setItem(keptKeys.lastChannel, JSON.stringify(next));
  return next;
}

export function readLastSpace(storage: Pick<Storage, "getItem">): Id | null {
  return storage.getItem(keptKeys.lastSpace);
}

export function rememberSpace(storage: Pick<Storage, "setItem">, space: Id): void {
  storage.setItem(keptKeys.lastSpace, space);
}
