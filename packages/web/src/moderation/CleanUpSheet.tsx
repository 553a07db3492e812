import type { CleanUp, Id, Person } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Choice } from "../design/Choice.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Field } from "../design/Field.tsx";
import { Button } from "../design/Button.tsx";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { PeoplePicker } from "../private/PeoplePicker.tsx";
import { useMembers } from "../private/use-members.ts";
import { Radios } from "../settings/Radios.tsx";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { localInput } from "./local-input.ts";
import { NotFresh } from "./NotFresh.tsx";
import { useFreshness } from "./use-freshness.ts";

const ways = ["invite", "people"] as const;
type Way = (typeof ways)[number];
const dayMs = 86_400_000;

/** After a raid: bans those who came by one invite, or chosen people, and deletes what they wrote since a time. */
export function CleanUpSheet({ space }: { space: Id }) {
  const app = useApp();
  const [way, setWay] = useState<Way>("invite");
  const [invite, setInvite] = useState("");
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const [since, setSince] = useState(() => localInput(Date.now() - dayMs));
  const [done, setDone] = useState<CleanUp | null>(null);
  const invites = useListed("invite.list", { space }, "invites", space);
  const members = useMembers(space);
  const used = (invites.value?.invites ?? []).filter(({ uses }) => uses > 0).sort((a, b) => b.createdAt - a.createdAt);
  const whom = way === "invite" ? (invite ? { invite } : null) : chosen.length > 0 ? { accounts: chosen.map(({ id }) => id) } : null;
  const from = new Date(since).getTime();
  const asked = whom && Number.isFinite(from) ? JSON.stringify({ space, ...whom, since: from }) : null;
  const { preview, problem } = usePreview(asked);
  const { stale, guard } = useFreshness(space, null);
  const run = useCallback(
    () =>
      guard(async (override) => {
        if (asked === null) return;
        const { cleanUp } = await app.client.call("moderation.cleanup", { ...(JSON.parse(asked) as { space: Id; since: number }), ...override });
        setDone(cleanUp);
      }),
    [app, asked, guard],
  );
  const close = () => closeSheet(app);

  if (done) {
    return (
      <Dialog title={t("cleanUp.done")} onClose={close}>
        <Outcome cleanUp={done} kind="did" />
        <p className="mt-3 text-13 text-quiet">{t("cleanUp.wayBack")}</p>
        <Button className="mt-5 w-full" data-autofocus onClick={close}>
          {t("dialog.close")}
        </Button>
      </Dialog>
    );
  }
  return (
    <Dialog title={t("cleanUp.title")} onClose={close}>
      <p className="mb-4 text-quiet">{t("cleanUp.lead")}</p>
      <Radios title={t("cleanUp.who")} value={way} options={ways.map((value) => ({ value, label: t(`cleanUp.by.${value}`) }))} onChoose={(value: Way) => setWay(value)} />
      <div className="mt-4">
        {way === "invite" ? (
          <Choice
            label={t("cleanUp.invite")}
            value={invite}
            onChoose={setInvite}
            options={[
              { value: "", label: t("cleanUp.chooseInvite") },
              ...used.map(({ id, role, createdBy, createdAt, uses }) => ({
                value: id,
                label: t("cleanUp.inviteName", { role, name: createdBy.name, date: shortDate(createdAt), uses }),
              })),
            ]}
          />
        ) : (
          <PeoplePicker label={t("cleanUp.people")} people={members?.filter(({ you }) => !you) ?? null} chosen={chosen} onChange={setChosen} />
        )}
      </div>
      <Field className="mt-4" label={t("cleanUp.since")} type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
      <div aria-live="polite" className="mt-4 min-h-12">
        {problem && <p className="text-13 text-bad-text">{problem}</p>}
        {preview && <Outcome cleanUp={preview} kind="would" />}
      </div>
      {stale && <NotFresh text={stale} />}
      <Confirm
        label={stale ? t("notFresh.cleanUp") : t("cleanUp.confirm", { people: preview?.accounts.length ?? 0, messages: preview?.messages ?? 0 })}
        disabled={!preview || preview.accounts.length === 0}
        run={run}
        onCancel={close}
      />
    </Dialog>
  );
}

/** What would happen, asked for again with every change of the choice. */
function usePreview(asked: string | null): { preview: CleanUp | null; problem: string | null } {
  const app = useApp();
  const [answer, setAnswer] = useState<{ asked: string; preview: CleanUp | null; problem: string | null } | null>(null);
  useEffect(() => {
    if (asked === null) return;
    app.client.call("moderation.preview", JSON.parse(asked) as { space: Id; since: number }).then(
      ({ cleanUp }) => setAnswer({ asked, preview: cleanUp, problem: null }),
      (error: unknown) => setAnswer({ asked, preview: null, problem: problemText(error) }),
    );
  }, [app, asked]);
  return answer?.asked === asked && answer ? answer : { preview: null, problem: null };
}

function Outcome({ cleanUp, kind }: { cleanUp: CleanUp; kind: "would" | "did" }) {
  const names = (people: readonly Person[]) => people.map(({ name }) => name).join(", ");
  const { accounts, messages, channels, spared } = cleanUp;
  return (
    <div className="space-y-1.5">
      <p className="font-medium">{t(`cleanUp.${kind}`, { people: accounts.length, messages, channels })}</p>
      {accounts.length > 0 && <p className="line-clamp-3 text-13 text-quiet wrap-anywhere">{names(accounts)}</p>}
      {spared.length > 0 && <p className="text-13 text-warn-text wrap-anywhere">{t("cleanUp.spared", { count: spared.length, names: names(spared) })}</p>}
    </div>
  );
}
