import type { Invite } from "@multichat/client/contract";
import { QrCode } from "lucide-react";
import { useState } from "react";
import { Fetched } from "../app/Fetched.tsx";
import { part } from "../app/part.ts";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { Button } from "../design/Button.tsx";
import { CopyButton } from "../design/CopyButton.tsx";
import { t } from "../i18n/messages.ts";
import { inviteTerms } from "./invite-terms.ts";

const QrImage = part(async () => (await import("../codes/QrImage.tsx")).QrImage);

interface Props {
  invite: Invite;
  link: string;
  /** Who uses it waits for somebody's yes. */
  asks: boolean;
  onBack(): void;
}

/** A link to hand over. */
export function InviteLink({ invite, link, asks, onBack }: Props) {
  const [qr, setQr] = useState(false);
  return (
    <div className="mt-5">
      <label htmlFor="invite-link" className="mb-1 block text-13 font-medium">
        {t("invite.link")}
      </label>
      <textarea
        id="invite-link"
        readOnly
        rows={3}
        value={link}
        dir="ltr"
        onFocus={(event) => event.target.select()}
        className="block w-full resize-none rounded-s border border-control bg-sunken px-3 py-2 font-mono text-13 break-all"
      />
      <p className="mt-1.5 text-13 text-quiet">{t("invite.joinsAs", { role: invite.role })} {inviteTerms(invite)}</p>
      <p className="mt-1 text-13 text-quiet">{t(asks ? "invite.handOverAsk" : "invite.handOver")}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <CopyButton text={link} label={t("invite.copy")} />
        <Button aria-expanded={qr} onClick={() => setQr(!qr)}>
          <QrCode aria-hidden="true" className="size-4" />
          {t(qr ? "invite.hideQr" : "invite.showQr")}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t("invite.another")}
        </Button>
      </div>
      {qr && (
        <Fetched coming={<div className="mt-4 size-80" />} missing={<PartMissingNote />}>
          <QrImage text={link} label={t("invite.qr")} />
        </Fetched>
      )}
    </div>
  );
}
