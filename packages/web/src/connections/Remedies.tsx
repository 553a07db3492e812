import { t } from "../i18n/messages.ts";

/** What a person can try when nobody is in reach. */
export function Remedies({ known }: { known: number }) {
  return (
    <div className="mt-4 rounded-m border border-line bg-sunken p-4">
      <h3 className="font-bold">{t("remedies.title")}</h3>
      <ul className="mt-1.5 list-disc space-y-1 ps-5 text-quiet">
        <li>{t("remedies.waiting")}</li>
        <li>{t("remedies.network")}</li>
        {known > 0 && <li>{t("remedies.ask")}</li>}
        <li>{t("remedies.firewall")}</li>
      </ul>
    </div>
  );
}
