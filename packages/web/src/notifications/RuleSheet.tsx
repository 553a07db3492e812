/** What one is told of from one person, thread, channel or workspace. */
import { type NotificationLevel, type NotificationRule, type NotificationScope } from "@multichat/client/contract";
import { Button } from "../design/Button.tsx";
import { Choice } from "../design/Choice.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { Switch } from "../design/Switch.tsx";
import { useNow } from "../design/use-now.ts";
import { useTask } from "../design/use-task.ts";
import { t } from "../i18n/messages.ts";
import { Radios } from "../settings/Radios.tsx";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { endless, untilText } from "./reason-text.ts";

const levels = ["same", "all", "mentions", "nothing"] as const;
const hour = 60 * 60_000;
const mutes = ["none", "hour", "evening", "day", "week", "good"] as const;
type Mute = (typeof mutes)[number];

function endOf(mute: Mute, now: number): number {
  const ends: Record<Mute, number> = { none: 0, hour: now + hour, evening: now + 8 * hour, day: now + 24 * hour, week: now + 168 * hour, good: endless };
  return ends[mute];
}

/** Without what says nothing. */
function bare({ level, until, everyone, anyway }: { level?: NotificationLevel | undefined; until?: number | undefined; everyone?: boolean | undefined; anyway?: boolean | undefined }): NotificationRule {
  return { ...(level && { level }), ...(until && { until }), ...(everyone === false && { everyone }), ...(anyway && { anyway }) };
}

export function RuleSheet({ scope, id, name }: { scope: NotificationScope; id: string; name: string }) {
  const app = useApp();
  const now = useNow();
  const listed = useListed("notify.rules", {}, "notification-rules", null);
  const rule = listed.value?.rules.rules.find((one) => one.scope === scope && one.id === id)?.rule ?? {};
  const task = useTask(async (next: NotificationRule) => listed.set(await app.client.call("notify.rule", { scope, id, rule: next })));
  const muted = (rule.until ?? 0) > now;
  const change = (next: Parameters<typeof bare>[0]) => void task.start(bare({ ...rule, ...next }));
  return (
    <Dialog title={t(`notify.rule.${scope}`, { name })} onClose={() => closeSheet(app)}>
      <div className="space-y-5">
        <Radios
          title={t("notify.level")}
          value={rule.level ?? "same"}
          options={levels.map((value) => ({ value, label: t(`notify.level.${value}`) }))}
          onChoose={(level) => change({ level: level === "same" ? undefined : level })}
        />
        {muted ? (
          <div>
            <p>{t("notify.isMuted", { until: untilText(rule.until!) })}</p>
            <Button className="mt-2" onClick={() => change({ until: undefined })}>
              {t("notify.unmute")}
            </Button>
          </div>
        ) : (
          <Choice<Mute>
            className="max-w-60"
            label={t("notify.mute")}
            value="none"
            options={mutes.map((value) => ({ value, label: t(`notify.mute.${value}`) }))}
            onChoose={(mute) => change({ until: endOf(mute, Date.now()) })}
          />
        )}
        {(scope === "channel" || scope === "space") && (
          <Switch label={t("notify.everyone")} about={t("notify.everyoneAbout")} checked={rule.everyone !== false} onChange={(on) => change({ everyone: on ? undefined : false })} />
        )}
        {scope === "person" && <Switch label={t("notify.anywayLabel")} about={t("notify.anywayAbout")} checked={rule.anyway === true} onChange={(anyway) => change({ anyway })} />}
        <Problem text={task.problem ?? listed.problem} />
      </div>
    </Dialog>
  );
}
