/** What one is told of, on all one's devices; and whether this browser shows it. */
import type { NotificationLevel, NotificationRules, NotificationSettings } from "@multichat/client/contract";
import { useState } from "react";
import { Button } from "../../design/Button.tsx";
import { Field } from "../../design/Field.tsx";
import { Problem } from "../../design/Problem.tsx";
import { Switch } from "../../design/Switch.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { askPermission } from "../../notifications/permission.ts";
import { Pause } from "../../notifications/Pause.tsx";
import { QuietHours } from "../../notifications/QuietHours.tsx";
import { usePermission } from "../../notifications/use-permission.ts";
import { WhileClosed } from "../../notifications/WhileClosed.tsx";
import { useApp } from "../../state/context.tsx";
import { useListed } from "../../state/use-listed.ts";
import { Radios } from "../Radios.tsx";
import { SectionBody } from "../SectionBody.tsx";

const levels = ["all", "mentions", "nothing"] as const satisfies NotificationLevel[];
const switches = ["everyone", "reactions", "requests", "reports", "sound"] as const;

export function Notifications() {
  const app = useApp();
  const listed = useListed("notify.rules", {}, "notification-rules", null);
  const task = useTask(async (change: Partial<NotificationSettings>) => listed.set(await app.client.call("notify.settings", change)));
  const rules = listed.value?.rules;
  return (
    <SectionBody>
      <BrowserPermission />
      <Problem text={task.problem ?? listed.problem} />
      {rules && <Rules rules={rules} change={(change) => void task.start(change)} />}
      <WhileClosed />
    </SectionBody>
  );
}

function Rules({ rules, change }: { rules: NotificationRules; change(change: Partial<NotificationSettings>): void }) {
  return (
    <>
      <Pause until={rules.pausedUntil} onChange={(pausedUntil) => change({ pausedUntil })} />
      {(["workspaces", "conversations"] as const).map((of) => (
        <Radios key={of} title={t(`notify.${of}`)} value={rules[of]} options={levels.map((value) => ({ value, label: t(`notify.level.${value}`) }))} onChoose={(level) => change({ [of]: level })} />
      ))}
      <div>
        {switches.map((name) => (
          <Switch key={name} label={t(`notify.switch.${name}`)} checked={rules[name]} onChange={(on) => change({ [name]: on })} />
        ))}
      </div>
      <Keywords key={rules.keywords.join("\n")} keywords={rules.keywords} onChange={(keywords) => change({ keywords })} />
      <QuietHours quiet={rules.quiet} onChange={(quiet) => change({ quiet })} />
    </>
  );
}

function Keywords({ keywords, onChange }: { keywords: readonly string[]; onChange(keywords: string[]): void }) {
  const [typed, setTyped] = useState(keywords.join(", "));
  const list = typed.split(",").map((word) => word.trim()).filter(Boolean).slice(0, 50);
  const changed = list.join("\n") !== keywords.join("\n");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) onChange(list);
      }}
    >
      <Field label={t("notify.keywords")} hint={t("notify.keywordsAbout")} value={typed} onChange={(event) => setTyped(event.target.value)} />
      <Button className="mt-2" type="submit" disabled={!changed}>
        {t("notify.keywordsSave")}
      </Button>
    </form>
  );
}

/** A browser that was told no once does not ask again: then it says where to change that. */
function BrowserPermission() {
  const state = usePermission();
  const ask = useTask(async () => void (await askPermission()));
  return (
    <div>
      <p>{t(`notify.browser.${state}`)}</p>
      {state === "default" && (
        <Button className="mt-2" kind="primary" disabled={ask.busy} onClick={() => void ask.start()}>
          {t("notify.browserAsk")}
        </Button>
      )}
    </div>
  );
}
