/** There is an account and no workspace: create one, or join with a link. */
import { useEffect } from "react";
import { JoinProgressLink } from "../join/JoinProgressLink.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { navigate } from "../state/route.ts";
import { CreateOrJoin } from "../workspaces/CreateOrJoin.tsx";
import { Page } from "./Page.tsx";
import { PhraseReminder } from "../first-run/PhraseReminder.tsx";

export function StartPage() {
  const app = useApp();
  const joins = useAppState((s) => s.joins);
  const route = useAppState((s) => s.route);

  useEffect(() => {
    if (route.at !== "home") navigate(app, { at: "home" }, { replace: true });
  }, [app, route]);

  return (
    <Page title={t("start.title")} lead={t("start.lead")}>
      {Object.values(joins).map((join) => (
        <JoinProgressLink key={join.id} join={join} />
      ))}
      <CreateOrJoin onDone={() => app.store.setState({ firstRun: null })} />
      <div className="mt-6">
        <PhraseReminder />
      </div>
    </Page>
  );
}
