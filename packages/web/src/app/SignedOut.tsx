import { t } from "../i18n/messages.ts";
import { Page } from "./Page.tsx";

/** This browser holds no session: only someone at this computer can open one. */
export function SignedOut() {
  return (
    <Page title={t("signedOut.title")} lead={t("signedOut.lead")}>
      <div className="rounded-m border border-line bg-sunken p-4">
        <p className="text-13 text-quiet">{t("signedOut.command")}</p>
        <p className="mt-2 font-mono text-15">
          <code>npm start</code>
        </p>
        <p className="mt-3 text-13 text-quiet">{t("signedOut.installed")}</p>
        <p className="mt-2 font-mono text-15">
          <code>multichat start</code>
        </p>
      </div>
      <p className="mt-4 text-13 text-quiet">{t("signedOut.why")}</p>
    </Page>
  );
}
