import type { Id, Person, Space } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { peopleNames } from "../state/places.ts";
import { closeSheet, openSheet, type App } from "../state/store.ts";
import { openPlace } from "./open-place.ts";
import { PeoplePicker } from "./PeoplePicker.tsx";
import { useMembers } from "./use-members.ts";

/** Lets more people into a private channel or a conversation. */
export function AddPeopleSheet({ space }: { space: Id }) {
  const app = useApp();
  const info = useAppState((s) => s.spaces[space]);
  const inside = useMembers(space);
  const candidates = useCandidates(app, info);
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const direct = info?.kind === "direct";
  const task = useTask(
    useCallback(async () => {
      openPlace(app, await app.client.call(direct ? "dm.add" : "private.add", { space, accounts: chosen.map(({ id }) => id) }));
    }, [app, space, direct, chosen]),
  );
  if (!info) return null;
  const outside = candidates?.filter(({ id }) => !inside?.some((member) => member.id === id)) ?? null;
  const note = direct && !info.group ? "addPeople.pair" : (`addPeople.${direct ? "group" : "private"}.${info.history}` as const);

  return (
    <Dialog title={t("addPeople.title", { name: direct ? peopleNames(info) : info.name })} onClose={() => closeSheet(app)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) void task.start();
        }}
      >
        <PeoplePicker label={t("addPeople.who")} people={outside} chosen={chosen} onChange={setChosen} autoFocus />
        <p className="mt-3 text-13 text-quiet">{t(note)}</p>
        <Problem text={task.problem} />
        {info.kind === "private" && (
          <Button className="mt-4 w-full" why={whyNot(info, "invite")} onClick={() => openSheet(app, { kind: "invite", space })}>
            {t("invite.guest")}
          </Button>
        )}
        <DialogActions>
          <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={chosen.length === 0 || task.busy}>
            {t("addPeople.button")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** For a private channel the members of its workspace; for a conversation everybody who is known. */
function useCandidates(app: App, info: Space | undefined): readonly Person[] | null {
  const ofWorkspace = useMembers(info?.kind === "private" ? (info.parent?.id ?? null) : null);
  const [known, setKnown] = useState<readonly Person[] | null>(null);
  const direct = info?.kind === "direct";
  useEffect(() => {
    if (!direct) return;
    app.client.call("person.list", {}).then(
      ({ people }) => setKnown(people.filter(({ you, blocked }) => !you && !blocked)),
      () => setKnown([]),
    );
  }, [app, direct]);
  return direct ? known : ofWorkspace;
}
