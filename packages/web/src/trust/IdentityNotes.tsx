/** What this person should know about who somebody is, in sentences: warnings first, then who says so. */
import type { Id, Identity } from "@multichat/client/contract";
import { BadgeCheck, ShieldAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { shortDate } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { findIdentity } from "../state/people.ts";
import { vouchedText } from "./vouched-text.ts";

export function IdentityNotes({ person }: { person: Identity }) {
  const { verified, looksLike, petname, chosenName } = person;
  const vouched = vouchedText(person);
  return (
    <div className="mt-3 space-y-2 text-13 empty:hidden">
      {looksLike && <LookAlike other={looksLike} />}
      {verified?.keysChanged && (
        <Note warn icon={<ShieldAlert />}>
          {t("trust.keysChangedLong")}
        </Note>
      )}
      {verified && !verified.keysChanged && (
        <Note icon={<ShieldCheck className="text-good" />}>{t("trust.verifiedOn", { date: shortDate(verified.at) })}</Note>
      )}
      {vouched && <Note icon={<BadgeCheck className="text-accent" />}>{capitalised(vouched)}</Note>}
      {petname !== null && chosenName !== null && petname !== chosenName && <p className="text-quiet wrap-anywhere">{t("trust.callsThemselves", { name: chosenName })}</p>}
    </div>
  );
}

function LookAlike({ other }: { other: Id }) {
  const known = useAppState((s) => findIdentity(s, other));
  const text = known ? t(known.you ? "trust.looksLikeYou" : "trust.looksLike", { name: known.name }) : t("trust.looksLikeOther");
  return (
    <Note warn icon={<TriangleAlert />}>
      {text}
    </Note>
  );
}

function Note({ icon, warn = false, children }: { icon: ReactNode; warn?: boolean; children: ReactNode }) {
  return (
    <p className={`flex items-start gap-2 wrap-anywhere [&_svg]:size-4 [&_svg]:shrink-0 ${warn ? "rounded-s border border-warn bg-warn-wash p-2 text-warn-text" : ""}`}>
      {icon}
      <span>{children}</span>
    </p>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
