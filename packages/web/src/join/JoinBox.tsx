/** Paste an invite link: says which workspace it leads to and who invites, before anybody is asked. */
import type { InvitePreview } from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { ScanCode } from "../codes/ScanCode.tsx";
import { Avatar } from "../design/Avatar.tsx";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { hasInviteLink, inviteLinkIn } from "./invite-link.ts";

interface Props {
  /** What was pasted elsewhere, or nothing. */
  given: string;
  onDone(): void;
}

export function JoinBox({ given, onDone }: Props) {
  const app = useApp();
  const [pasted, setPasted] = useState(given);
  const [preview, setPreview] = useState<InvitePreview | null>(null);

  const look = useTask(
    useCallback(
      async (text: string) => {
        const answer = await app.client.call("invite.preview", { link: inviteLinkIn(text) });
        setPreview(answer.preview);
      },
      [app],
    ),
  );
  const join = useTask(
    useCallback(async () => {
      const answer = await app.client.call("join.start", { link: inviteLinkIn(pasted) });
      app.store.setState((s) => ({ joins: { ...s.joins, [answer.join.id]: answer.join } }));
      navigate(app, { at: "join", join: answer.join.id });
      onDone();
    }, [app, pasted, onDone]),
  );

  const { start } = look;
  useEffect(() => {
    if (given) void start(given);
  }, [given, start]);
  const change = useCallback(
    (text: string) => {
      setPasted(text);
      setPreview(null);
      if (hasInviteLink(text)) void start(text);
    },
    [start],
  );

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (preview && !preview.member) void join.start();
        else if (pasted.trim()) void look.start(pasted);
      }}
    >
      <Field
        label={t("join.linkLabel")}
        placeholder="multichat://join/#…"
        hint={t("join.linkHint")}
        value={pasted}
        onChange={(event) => change(event.target.value)}
        autoFocus={given !== ""}
        verbatim
        large
        problem={look.problem ?? join.problem}
      />
      <ScanCode className="mt-3" wanted="invite" label={t("join.scan")} instead={t("join.scanInstead")} onCode={change} />
      {preview && <Preview preview={preview} onOpen={onDone} />}
      {preview?.member !== true && (
        <Button type="submit" kind={preview ? "primary" : "plain"} large className="mt-4 w-full py-2 wrap-anywhere" disabled={!pasted.trim() || look.busy || join.busy}>
          {preview ? t("join.button", { name: preview.space.name }) : t("join.look")}
        </Button>
      )}
    </form>
  );
}

function Preview({ preview, onOpen }: { preview: InvitePreview; onOpen(): void }) {
  const app = useApp();
  const open = () => {
    navigate(app, { at: "space", space: preview.space.id, channel: null, pane: null });
    onOpen();
  };
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3 rounded-m border border-line bg-sunken p-3" role="status">
      <Avatar id={preview.space.id} name={preview.space.name} size="l" square />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p className="font-bold">{preview.space.name}</p>
        <p className="text-13 text-quiet">
          {preview.member ? t("join.alreadyMember") : t("join.invitedBy", { name: preview.inviter })}
        </p>
      </div>
      {preview.member && <Button onClick={open}>{t("join.open")}</Button>}
    </div>
  );
}
