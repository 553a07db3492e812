import type { Invite } from "@multichat/client/contract";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";

/** "Used 2 of 5 times. Expires 1 Dec 2026." */
export function inviteTerms(invite: Invite): string {
  const used =
    invite.maxUses > 0
      ? t("invite.usedOf", { uses: invite.uses, max: invite.maxUses })
      : t("invite.used", { uses: invite.uses });
  const until = invite.expires > 0 ? t("invite.expires", { date: shortDate(invite.expires) }) : t("invite.neverExpires");
  return `${used} ${until}`;
}
