import type { Space } from "@multichat/client/contract";
import { useEffect } from "react";
import { Members } from "../../members/Members.tsx";
import { useApp } from "../../state/context.tsx";
import { loadMembers } from "../../state/session.ts";

/** Who belongs to the workspace. */
export function WorkspaceMembers({ space }: { space: Space }) {
  const app = useApp();
  useEffect(() => {
    // What fails here is tried again when the connection is back; until then the skeletons stay.
    if (!app.store.getState().members[space.id]) void loadMembers(app, space.id).catch(() => undefined);
  }, [app, space.id]);
  return <Members space={space} />;
}
