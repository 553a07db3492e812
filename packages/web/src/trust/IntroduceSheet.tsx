/** Introduces two people one knows to each other. Both are asked, and neither sees the other before both agree. */
import type { Id, PersonCard } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { matchingPeople } from "../members/matching-people.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { IdentityMarks } from "./IdentityMarks.tsx";
import { PersonAvatar } from "./PersonAvatar.tsx";
import { useFetched } from "./use-fetched.ts";
import { usePersonCard } from "./use-person-card.ts";

/** As many as are worth scrolling through; typing finds the others. */
const shownAtOnce = 50;

export function IntroduceSheet({ account }: { account: Id }) {
  const app = useApp();
  const person = usePersonCard(account);
  const people = useFetched(useCallback(async () => (await app.client.call("person.list", {})).people, [app]));
  const [filter, setFilter] = useState("");
  const [to, setTo] = useState<PersonCard | null>(null);
  const [asked, setAsked] = useState(false);
  const task = useTask(
    useCallback(async () => {
      if (!to) return;
      await app.client.call("introduction.create", { account, to: to.id });
      setAsked(true);
    }, [app, account, to]),
  );
  const name = person.value?.name ?? "";
  const close = () => closeSheet(app);
  const others = people.value?.filter((candidate) => !candidate.you && !candidate.blocked && candidate.id !== account) ?? [];
  const found = matchingPeople(others, filter).slice(0, shownAtOnce);

  if (asked && to) {
    return (
      <Dialog title={t("introduce.title", { name })} onClose={close}>
        <p role="status">{t("introduce.asked", { name, other: to.name })}</p>
        <DialogActions>
          <Button kind="primary" onClick={close}>
            {t("dialog.close")}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("introduce.title", { name })} onClose={close}>
      <p className="mb-4">{t("introduce.lead", { name })}</p>
      <Field label={t("introduce.to")} type="search" autoComplete="off" value={filter} onChange={(event) => setFilter(event.target.value)} />
      {people.value || people.problem ? (
        <fieldset className="mt-3 max-h-72 min-w-0 overflow-y-auto">
          <legend className="sr-only">{t("introduce.to")}</legend>
          {found.map((candidate) => (
            <label key={candidate.id} className="flex min-h-12 cursor-pointer items-center gap-3 rounded-s px-2 hover:bg-hover has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent">
              <input type="radio" name="introduce-to" className="accent-accent" checked={to?.id === candidate.id} onChange={() => setTo(candidate)} />
              <PersonAvatar person={candidate} size="s" />
              <bdi className="min-w-0 truncate">{candidate.name}</bdi>
              <IdentityMarks identity={candidate} />
            </label>
          ))}
          {found.length === 0 && <p className="py-3 text-quiet">{t("introduce.nobody")}</p>}
        </fieldset>
      ) : (
        <Skeleton className="mt-3 h-32 w-full" />
      )}
      <Problem text={task.problem ?? people.problem} />
      <DialogActions>
        <Button onClick={close}>{t("dialog.cancel")}</Button>
        <Button kind="primary" disabled={!to || task.busy} onClick={() => void task.start()}>
          {t("introduce.ask")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
