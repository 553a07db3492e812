/** Tells the members of a workspace by which name one knows somebody, or takes that back. */
import type { Id, PersonCard } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Dialog, DialogActions } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { Problem } from "../design/Problem.tsx";
import { Skeleton } from "../design/Skeleton.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { usePersonCard } from "./use-person-card.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const lengths = { month: 30 * dayMs, year: 365 * dayMs, ever: 0 };
type Length = keyof typeof lengths;
const lengthNames: readonly Length[] = ["ever", "year", "month"];

export function VouchSheet({ account, space }: { account: Id; space: Id | null }) {
  const app = useApp();
  const { value, problem } = usePersonCard(account);
  return (
    <Dialog title={t("vouch.title", { name: value?.name ?? "" })} onClose={() => closeSheet(app)}>
      {value ? <VouchForm person={value} space={space} /> : problem ? <Problem text={problem} /> : <Skeleton className="h-32 w-full" />}
    </Dialog>
  );
}

function VouchForm({ person, space: wanted }: { person: PersonCard; space: Id | null }) {
  const app = useApp();
  const me = useAppState((s) => s.status?.account?.id);
  const spaces = useAppState((s) => s.spaces);
  const common = person.spaces.flatMap((id) => (spaces[id] ? [{ value: id, label: spaces[id].name }] : []));
  const [space, setSpace] = useState(common.find(({ value }) => value === wanted)?.value ?? common[0]?.value ?? "");
  const [claim, setClaim] = useState(person.chosenName ?? "");
  const [length, setLength] = useState<Length>("ever");
  const given = person.vouches.find((vouch) => vouch.by.id === me && vouch.space === space);
  const give = useTask(
    useCallback(async () => {
      const until = lengths[length] ? Date.now() + lengths[length] : 0;
      await app.client.call("contact.vouch", { account: person.id, space, claim: claim.trim(), until });
      closeSheet(app);
    }, [app, person.id, space, claim, length]),
  );
  const withdraw = useTask(
    useCallback(async () => {
      await app.client.call("contact.unvouch", { account: person.id, space });
      closeSheet(app);
    }, [app, person.id, space]),
  );

  if (common.length === 0) return <p>{t("vouch.nowhere")}</p>;
  return (
    <form
      autoComplete="off"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (claim.trim()) void give.start();
      }}
    >
      <p>{t("vouch.lead")}</p>
      <Choice label={t("vouch.where")} value={space} options={common} onChoose={setSpace} />
      <Field label={t("vouch.claim")} hint={t("vouch.claimHint", { name: person.chosenName ?? person.name })} value={claim} maxLength={64} onChange={(event) => setClaim(event.target.value)} />
      <Choice<Length> label={t("vouch.until")} value={length} options={lengthNames.map((value) => ({ value, label: t(`vouch.until.${value}`) }))} onChoose={setLength} />
      {given && <p className="text-13 text-quiet">{t("vouch.given", { claim: given.claim })}</p>}
      <Problem text={give.problem ?? withdraw.problem} />
      <DialogActions>
        <Button onClick={() => closeSheet(app)}>{t("dialog.cancel")}</Button>
        {given && (
          <Button disabled={withdraw.busy} onClick={() => void withdraw.start()}>
            {t("vouch.withdraw")}
          </Button>
        )}
        <Button type="submit" kind="primary" disabled={!claim.trim() || give.busy}>
          {t("vouch.give")}
        </Button>
      </DialogActions>
    </form>
  );
}
