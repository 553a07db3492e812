import type { PersonCard } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { Problem } from "../../design/Problem.tsx";
import { Skeleton } from "../../design/Skeleton.tsx";
import { TextArea } from "../../design/TextArea.tsx";
import { unseenName } from "../../design/unseen-name.ts";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { usePersonCard } from "../../trust/use-person-card.ts";
import { ProfilePicture } from "../ProfilePicture.tsx";
import { SectionBody } from "../SectionBody.tsx";

/** How others see this person. */
export function Profile() {
  const account = useAppState((s) => s.status?.account);
  if (!account) return null;
  return <OwnProfile account={account.id} />;
}

function OwnProfile({ account }: { account: string }) {
  const { value, problem } = usePersonCard(account);
  return (
    <SectionBody>
      {value ? (
        <>
          <ProfilePicture person={value} />
          <ProfileForm person={value} />
        </>
      ) : problem ? (
        <Problem text={problem} />
      ) : (
        <>
          <Skeleton className="size-16 rounded-full" />
          <Skeleton className="h-10 w-full max-w-104" />
          <Skeleton className="h-10 w-full max-w-104" />
        </>
      )}
    </SectionBody>
  );
}

function ProfileForm({ person }: { person: PersonCard }) {
  const app = useApp();
  const [name, setName] = useState(person.chosenName ?? person.name);
  const [pronouns, setPronouns] = useState(person.pronouns ?? "");
  const [about, setAbout] = useState(person.about ?? "");
  const [saved, setSaved] = useState(false);
  const task = useTask(
    useCallback(async () => {
      await app.client.call("account.set", { name: name.trim(), pronouns: pronouns.trim() || null, about: about.trim() || null });
      setSaved(true);
    }, [app, name, pronouns, about]),
  );
  const unseen = unseenName(name);
  const change = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    setSaved(false);
    set(event.target.value);
  };
  return (
    <form
      className="max-w-104 space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !unseen) void task.start();
      }}
    >
      <Field label={t("name.label")} hint={t("name.hint")} problem={unseen} value={name} maxLength={64} autoComplete="nickname" onChange={change(setName)} />
      <Field label={t("profile.pronouns")} hint={t("profile.pronounsHint")} value={pronouns} maxLength={40} autoComplete="off" onChange={change(setPronouns)} />
      <TextArea label={t("profile.about")} hint={t("profile.aboutHint")} rows={3} value={about} maxLength={500} onChange={change(setAbout)} />
      <Problem text={task.problem} />
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" disabled={!name.trim() || unseen !== null || task.busy}>
          {t("profile.save")}
        </Button>
        {saved && !task.busy && (
          <span role="status" className="text-13 text-quiet">
            {t("profile.saved")}
          </span>
        )}
      </div>
    </form>
  );
}
