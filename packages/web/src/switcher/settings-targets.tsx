import type { Space } from "@multichat/client/contract";
import { t } from "../i18n/messages.ts";
import { personalSections, workspaceSections } from "../settings/sections.tsx";
import { formatSettings, type SettingsPlace } from "../state/address.ts";
import { openSettings } from "../state/settings-place.ts";
import type { App } from "../state/store.ts";
import type { Target } from "./use-targets.tsx";

/** Every section of the settings: one's own, and those of the workspace that is shown. */
export function settingsTargets(app: App, space: Space | null): Target[] {
  const target = (
    { name, icon }: (typeof personalSections)[number] | (typeof workspaceSections)[number],
    note: string,
    place: SettingsPlace,
  ): Target => ({
    key: formatSettings(place),
    kind: "action",
    label: t(`settings.section.${name}`),
    icon,
    note,
    unread: false,
    weight: -2,
    go: () => openSettings(app, place),
  });
  return [
    ...personalSections.map((section) =>
      target(section, t("settings.title"), { space: null, section: section.name }),
    ),
    ...(space
      ? workspaceSections
          .filter((section) => section.offeredTo(space))
          .map((section) => target(section, space.name, { space: space.id, section: section.name }))
      : []),
  ];
}
