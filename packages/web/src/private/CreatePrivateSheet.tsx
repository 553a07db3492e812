import type { Id, Person } from "@multichat/client/contract";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import { NewChannelForm } from "../sidebar/NewChannelForm.tsx";
import { useApp } from "../state/context.tsx";
import { openPlace } from "./open-place.ts";
import { PeoplePicker } from "./PeoplePicker.tsx";
import { useMembers } from "./use-members.ts";

/** A channel for some members alone. */
export function CreatePrivateSheet({ space }: { space: Id }) {
  const app = useApp();
  const others = useMembers(space)?.filter(({ you }) => !you) ?? null;
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const create = async (name: string) => openPlace(app, await app.client.call("private.create", { space, name, members: chosen.map(({ id }) => id) }));
  return (
    <NewChannelForm title={t("private.create")} whoSees={t("private.whoSees")} create={create}>
      <PeoplePicker label={t("private.people")} people={others} chosen={chosen} onChange={setChosen} />
    </NewChannelForm>
  );
}
