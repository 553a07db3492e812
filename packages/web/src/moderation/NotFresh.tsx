import { TriangleAlert } from "lucide-react";
import { t } from "../i18n/messages.ts";

/** What removing somebody would make void for all, as this computer has not heard from the others for long. */
export function NotFresh({ text }: { text: string }) {
  return (
    <div role="alert" className="mt-4 flex gap-3 rounded-m border border-warn bg-warn-wash px-3.5 py-3 text-warn-text">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-medium">{t("notFresh.title")}</p>
        <p className="mt-1 text-13 wrap-anywhere">{text}</p>
        <p className="mt-1 text-13">{t("notFresh.advice")}</p>
      </div>
    </div>
  );
}
