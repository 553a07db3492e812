import type { AuditDeed, Person } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { deedText } from "./deed-text.ts";

/** Stands where the name goes, so that it can be set apart whatever the order of the words. */
const place = "\u0000";

/** Who did what, with the name set apart. */
export function Deed({ by, of, deed }: { by: Person | null; of: Person | null; deed: AuditDeed }) {
  const [before, after] = deedText(deed, place, of?.name ?? null).split(place);
  return (
    <>
      {before}
      <bdi className="font-medium">{by?.name ?? t("removed.root")}</bdi>
      {after}
    </>
  );
}
