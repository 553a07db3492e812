import type { Identity } from "@multichat/client/contract";
import { ShieldAlert, ShieldCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { t, type MessageId } from "../i18n/messages.ts";

/** Beside a name: verified, keys changed since, or a name that somebody better known has. */
export function IdentityMarks({ identity }: { identity: Pick<Identity, "verified" | "looksLike"> | undefined }) {
  if (!identity) return null;
  const { verified, looksLike } = identity;
  return (
    <>
      {verified && !verified.keysChanged && <Mark text="trust.verified" icon={<ShieldCheck />} colour="text-good" />}
      {verified?.keysChanged && <Mark text="trust.keysChanged" icon={<ShieldAlert />} colour="text-warn-text" />}
      {looksLike && <Mark text="trust.looksLikeOther" icon={<TriangleAlert />} colour="text-warn-text" />}
    </>
  );
}

function Mark({ text, icon, colour }: { text: MessageId; icon: ReactNode; colour: string }) {
  return (
    <span role="img" aria-label={t(text)} title={t(text)} className={`inline-block shrink-0 self-center align-[-0.1em] [&_svg]:size-3.5 ${colour}`}>
      {icon}
    </span>
  );
}
