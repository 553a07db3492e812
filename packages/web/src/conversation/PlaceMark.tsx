import type { Space } from "@multichat/client/contract";
import { Lock } from "lucide-react";
import { t } from "../i18n/messages.ts";

/** Before a place's name: a number sign, or a lock. People need none. */
export function PlaceMark({ kind }: { kind: Space["kind"] }) {
  if (kind === "direct") return null;
  if (kind === "private") {
    return (
      <>
        <Lock aria-hidden="true" className="me-1.5 inline size-[0.8em] align-baseline text-quiet" />
        <span className="sr-only">{t("private.mark")} </span>
      </>
    );
  }
  return (
    <span aria-hidden="true" className="me-0.5 font-normal text-quiet">
      #
    </span>
  );
}
