import { useCallback, useState } from "react";
import { Switch } from "../design/Switch.tsx";
import { t } from "../i18n/messages.ts";
import { NotFresh } from "../moderation/NotFresh.tsx";
import { useFreshness } from "../moderation/use-freshness.ts";
import { noteChange } from "../state/changes.ts";
import { useApp } from "../state/context.tsx";
import { RootConfirm } from "./RootConfirm.tsx";
import type { StepProps } from "./steps.ts";

/** Becoming the owner, with the root key one has or once those asked have agreed. */
export function Take({ space, ownership, asked = false, onDone, onCancel }: StepProps & { asked?: boolean }) {
  const app = useApp();
  const [keep, setKeep] = useState(false);
  const [anew, setAnew] = useState(false);
  const { stale, guard } = useFreshness(space.id, null);
  const run = useCallback(
    (words: { words?: string[] }) =>
      guard(async (override) => {
        await app.client.call("ownership.take", { space: space.id, keep, ...(asked ? { anew } : {}), ...override, ...words });
        noteChange(app, "ownership", space.id);
        onDone(null);
      }),
    [app, guard, space.id, keep, anew, asked, onDone],
  );
  return (
    <>
      <p className="text-13 text-quiet">{t(asked ? "regain.takeAsked" : "regain.takeWhat")}</p>
      <Switch label={t("regain.keep")} about={t("regain.keepAbout")} checked={keep} onChange={setKeep} />
      {asked && <Switch label={t("regain.anew")} about={t("regain.anewAbout")} checked={anew} onChange={setAnew} />}
      {stale && <NotFresh text={stale} />}
      <RootConfirm label={t(stale ? "notFresh.confirm" : "regain.takeConfirm")} earlier={!asked && ownership.holders.some(({ you, current }) => you && !current)} run={run} onCancel={onCancel} />
    </>
  );
}
