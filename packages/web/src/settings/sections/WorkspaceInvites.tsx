import type { Space } from "@multichat/client/contract";
import { Admission } from "../../invites/Admission.tsx";
import { Invites } from "../../invites/Invites.tsx";
import { SectionBody } from "../SectionBody.tsx";

/** The invite links of the workspace, and new ones. */
export function WorkspaceInvites({ space }: { space: Space }) {
  return (
    <SectionBody>
      <Admission space={space} />
      <div>
        <Invites space={space} headingLevel={4} />
      </div>
    </SectionBody>
  );
}
