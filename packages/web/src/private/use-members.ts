import type { Id, Member } from "@multichat/client/contract";
import { useEffect } from "react";
import { useApp, useAppState } from "../state/context.tsx";
import { loadMembers } from "../state/session.ts";

/** The members of a workspace, asked for if they are not here yet; null until then. */
export function useMembers(space: Id | null): readonly Member[] | null {
  const app = useApp();
  const members = useAppState((s) => (space ? s.members[space] : undefined));
  useEffect(() => {
    // What fails here is tried again when the connection is back; until then the skeletons stay.
    if (space && !members) void loadMembers(app, space).catch(() => undefined);
  }, [app, space, members]);
  return members ?? null;
}
