/** How this person is shown: whether they are there, what they say of themselves, and to whom. */
import {
  type Params,
  type PresenceChoice,
  type PresenceSettings,
  presenceChoices,
  presenceVisibilities,
} from "@multichat/client/contract";
import { useCallback, useEffect, useState } from "react";
import { Problem } from "../../design/Problem.tsx";
import { Skeleton } from "../../design/Skeleton.tsx";
import { Switch } from "../../design/Switch.tsx";
import { useTask } from "../../design/use-task.ts";
import { t } from "../../i18n/messages.ts";
import { problemText } from "../../i18n/problem-text.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { workspacesOf } from "../../state/places.ts";
import { PresenceExceptions } from "../../presence/PresenceExceptions.tsx";
import { StatusForm } from "../../presence/StatusForm.tsx";
import { Radios } from "../Radios.tsx";
import { Piece, SectionBody } from "../SectionBody.tsx";

type Change = Params<"presence.set-settings">;

export function Presence() {
  const app = useApp();
  const own = useAppState((s) => s.ownPresence);
  const { settings, problem, change } = useSettings();
  const choose = useTask(
    useCallback(
      async (state: PresenceChoice) => void (await app.client.call("presence.set", { state })),
      [app],
    ),
  );
  const spaces = useAppState((s) => s.spaces);
  // In what one was removed from there is nobody to see it.
  const workspaces = workspacesOf(spaces).filter(({ removed }) => removed === null);
  if (!own || !settings)
    return (
      <SectionBody>
        {problem ? <Problem text={problem} /> : <Skeleton className="h-40 w-full" />}
      </SectionBody>
    );
  return (
    <SectionBody>
      <Radios
        title={t("presence.choose")}
        value={own.chosen}
        options={presenceChoices.map((value) => ({ value, label: t(`presence.choice.${value}`) }))}
        onChoose={(state) => void choose.start(state)}
      />
      {own.chosen === "invisible" && (
        <p className="text-13 text-quiet">{t("presence.invisible")}</p>
      )}
      <Problem text={choose.problem ?? problem} />
      <Piece title={t("status.title")}>
        <StatusForm key={JSON.stringify(own.status)} own={own} />
      </Piece>
      <Piece title={t("presence.who")}>
        <p className="mb-3 text-13 text-quiet">{t("presence.whoLead")}</p>
        <Radios
          title={t("presence.general")}
          value={settings.visibility}
          options={presenceVisibilities.map((value) => ({
            value,
            label: t(`presence.visible.${value}`),
          }))}
          onChoose={(visibility) => change({ visibility })}
        />
        {workspaces.map((space) => (
          <div key={space.id} className="mt-4">
            <Radios
              title={space.name}
              value={settings.spaces.find((one) => one.space === space.id)?.visibility ?? "general"}
              options={(["general", "everyone", "contacts", "nobody"] as const).map((value) => ({
                value,
                label: t(`presence.visible.${value}`),
              }))}
              onChoose={(value) =>
                change({
                  spaces: [{ space: space.id, visibility: value === "general" ? null : value }],
                })
              }
            />
          </div>
        ))}
      </Piece>
      <Piece title={t("exceptions.title")}>
        <PresenceExceptions people={settings.people} onChange={(account, show) => change({ people: [{ account, show }] })} />
      </Piece>
      <Piece title={t("presence.both")}>
        <Switch
          label={t("presence.showLastSeen")}
          about={t("presence.showLastSeenAbout")}
          checked={settings.lastSeen}
          onChange={(lastSeen) => change({ lastSeen })}
        />
        <Switch
          label={t("presence.showTyping")}
          about={t("presence.showTypingAbout")}
          checked={settings.typing}
          onChange={(typing) => change({ typing })}
        />
        <Switch
          label={t("presence.showReceipts")}
          about={t("presence.showReceiptsAbout")}
          checked={settings.receipts}
          onChange={(receipts) => change({ receipts })}
        />
      </Piece>
    </SectionBody>
  );
}

function useSettings() {
  const app = useApp();
  const [settings, setSettings] = useState<PresenceSettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback((call: Promise<{ settings: PresenceSettings }>) => {
    call.then(
      (answer) => {
        setSettings(answer.settings);
        setProblem(null);
      },
      (error: unknown) => setProblem(problemText(error)),
    );
  }, []);
  useEffect(() => run(app.client.call("presence.settings", {})), [app, run]);
  const change = (given: Change) => run(app.client.call("presence.set-settings", given));
  return { settings, problem, change };
}
