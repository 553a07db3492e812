import type { ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import type { SettingsPlace } from "../state/address.ts";
import { useAppState } from "../state/context.tsx";
import { personalSections, workspaceSections } from "./sections.tsx";

export interface ShownSection {
  /** Differs between the sections of the sheet. */
  key: string;
  place: SettingsPlace;
  title: string;
  icon: ReactNode;
  view: ReactNode;
  /** How much waits there for the person. */
  waiting?: number;
}

export interface SectionGroup {
  title: string;
  sections: readonly ShownSection[];
}

/**
 * The personal sections, and those of the workspace that the address names or that lies behind; and which of them is
 * shown. `always`: where the address names none, the first is.
 */
export function useSections(
  place: SettingsPlace,
  { always }: { always: boolean },
): { groups: readonly SectionGroup[]; shown: ShownSection | null } {
  const space = useAppState((s) => s.spaces[place.space ?? (s.route.at === "space" ? s.route.space : "")]);
  const introductions = useAppState((s) => s.introductions);
  const personal = personalSections.map(({ name, icon, View }): ShownSection => ({
    key: name,
    place: { space: null, section: name },
    title: t(`settings.section.${name}`),
    icon,
    view: <View />,
    waiting: name === "people" ? introductions : 0,
  }));
  const ofSpace = space
    ? workspaceSections
        .filter((section) => section.offeredTo(space))
        .map(({ name, icon, View }): ShownSection => ({
          key: `${space.id}-${name}`,
          place: { space: space.id, section: name },
          title: t(`settings.section.${name}`),
          icon,
          view: <View space={space} />,
        }))
    : [];
  const addressed = place.space ? ofSpace : personal;
  const named = addressed.find((section) => section.place.section === place.section);
  const groups = [
    { title: t("settings.personal"), sections: personal },
    ...(space ? [{ title: space.name, sections: ofSpace }] : []),
  ];
  return { groups, shown: named ?? (always ? (addressed[0] ?? personal[0] ?? null) : null) };
}
