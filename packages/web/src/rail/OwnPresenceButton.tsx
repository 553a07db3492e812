/** How this person is shown to others, and the way to change it. */
import { presenceChoices } from "@multichat/client/contract";
import { CircleUserRound, Smile } from "lucide-react";
import { Menu } from "../design/Menu.tsx";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { presenceText, statusText } from "../presence/presence-text.ts";
import { PresenceDot } from "../presence/PresenceDot.tsx";
import { useApp, useAppState } from "../state/context.tsx";
import { openSettings } from "../state/settings-place.ts";

export function OwnPresenceButton() {
  const app = useApp();
  const account = useAppState((s) => s.status?.account);
  const own = useAppState((s) => s.ownPresence);
  const now = useNow();
  if (!account || !own) return null;
  const shown =
    own.chosen === "invisible"
      ? t("presence.choice.invisible")
      : presenceText({ account: account.id, state: own.state, lastSeen: null, status: null }, now);
  const status = statusText(own.status, "online", now);
  const items = () => [
    ...presenceChoices.map((state) => ({
      label: t(`presence.choice.${state}`),
      icon: <PresenceDot state={state === "invisible" ? "offline" : state} />,
      chosen: state === own.chosen,
      // If it fails, what is shown stays as it is.
      onSelect: () => void app.client.call("presence.set", { state }).catch(() => undefined),
    })),
    {
      label: t("status.set"),
      icon: <Smile />,
      onSelect: () => openSettings(app, { space: null, section: "presence" }),
    },
  ];
  return (
    <Menu
      label={t("presence.own", { state: status ? `${shown} · ${status}` : shown })}
      buttonClass="relative grid size-10 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text pointer-coarse:size-11"
      button={
        <span aria-hidden="true">
          <CircleUserRound className="size-5" />
          <span className="absolute end-1 bottom-1 grid size-4 place-items-center rounded-full bg-sunken">
            <PresenceDot state={own.state} />
          </span>
        </span>
      }
      items={items}
    />
  );
}
