import type { Space } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Confirm } from "../design/Confirm.tsx";
import { Switch } from "../design/Switch.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { errorCode } from "../i18n/problem-text.ts";
import { t } from "../i18n/messages.ts";
import { useMembers } from "../private/use-members.ts";
import { useApp } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";

/** Who owns the workspace, what that rests on, and handing it over. */
export function Ownership({ space }: { space: Space }) {
  const members = useMembers(space.id);
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const owners = members?.filter(({ roles }) => roles.includes("Owner")).map(({ name }) => name) ?? [];
  return (
    <>
      <p>{members && (owners.length > 0 ? t("owner.names", { names: owners.join(", ") }) : t("owner.nobody"))}</p>
      <p className="mt-1 text-13 text-quiet">{t("owner.key")}</p>
      {note && (
        <p role="status" className="mt-3 rounded-m border border-line bg-sunken px-3.5 py-2.5">
          {note}
        </p>
      )}
      {open ? (
        <Transfer
          space={space}
          onDone={(text) => {
            setNote(text);
            setOpen(false);
          }}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <Button className="mt-3" why={whyNot(space, "administer")} onClick={() => setOpen(true)}>
          {t("owner.transfer")}
        </Button>
      )}
    </>
  );
}

function Transfer({ space, onDone, onCancel }: { space: Space; onDone(note: string): void; onCancel(): void }) {
  const app = useApp();
  const others = useMembers(space.id)?.filter(({ you }) => !you) ?? [];
  const [account, setAccount] = useState("");
  const [stay, setStay] = useState(false);
  const [words, setWords] = useState<string | null>(null);
  const name = others.find(({ id }) => id === account)?.name;
  const run = useCallback(async () => {
    const typed = words?.trim().split(/\s+/u).filter(Boolean) ?? [];
    try {
      const { note } = await app.client.call("space.transfer-ownership", { space: space.id, account, stay, ...(typed.length > 0 ? { words: typed } : {}) });
      onDone(note);
    } catch (error) {
      if (errorCode(error) !== "phrase-erased") throw error;
      if (words !== null) throw error;
      setWords("");
    }
  }, [app, space.id, account, stay, words, onDone]);
  return (
    <div className="mt-3 rounded-m border border-line p-4">
      <Choice
        label={t("owner.to")}
        value={account}
        onChoose={setAccount}
        options={[{ value: "", label: t("owner.choose") }, ...others.map((member) => ({ value: member.id, label: member.name }))]}
      />
      <ul className="mt-3 list-disc space-y-1.5 ps-5 text-13 text-quiet">
        <li>{t("owner.what")}</li>
        <li>{t("owner.noWayBack")}</li>
      </ul>
      <Switch label={t("owner.stay")} about={t("owner.stayAbout")} checked={stay} onChange={setStay} />
      {words !== null && <TextArea className="mt-3" label={t("owner.words")} hint={t("owner.wordsHint")} rows={3} value={words} autoComplete="off" spellCheck={false} onChange={(event) => setWords(event.target.value)} />}
      <Confirm label={name ? t("owner.confirm", { name }) : t("owner.transfer")} disabled={!account} run={run} onCancel={onCancel} />
    </div>
  );
}
