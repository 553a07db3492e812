import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { moveFocus } from "../design/move-focus.ts";
import { t } from "../i18n/messages.ts";
import { formatSettings } from "../state/address.ts";
import { useApp } from "../state/context.tsx";
import { openSettings } from "../state/settings-place.ts";
import type { SectionGroup, ShownSection } from "./use-sections.tsx";

interface Props {
  groups: readonly SectionGroup[];
  shown: ShownSection | null;
  /** It is alone in the window: a section comes in its place, and back leads here. */
  narrow: boolean;
}

export function SectionList({ groups, shown, narrow }: Props) {
  return (
    <nav aria-label={t("settings.sections")} className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
      {groups.map((group) => (
        <Group key={group.title} group={group} shown={shown} narrow={narrow} />
      ))}
    </nav>
  );
}

function Group({ group, shown, narrow }: Omit<Props, "groups"> & { group: SectionGroup }) {
  const app = useApp();
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-4">
      <h3 id={id} dir="auto" className="truncate px-3 py-1.5 text-12 font-medium text-quiet" title={group.title}>
        <bdi>{group.title}</bdi>
      </h3>
      <ul>
        {group.sections.map((section) => {
          const current = section.key === shown?.key;
          return (
            <li key={section.key}>
              <a
                href={formatSettings(section.place)}
                data-section={section.key}
                data-autofocus={current || undefined}
                aria-current={current ? "page" : undefined}
                onKeyDown={moveFocus}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  openSettings(app, section.place, { replace: !narrow });
                }}
                className={`flex min-h-9 items-center gap-3 rounded-s px-3 transition-colors focus-visible:-outline-offset-2 pointer-coarse:min-h-12 [&_svg]:size-4 [&_svg]:shrink-0 ${current ? "bg-accent-wash font-medium text-accent-text" : "hover:bg-hover"}`}
              >
                {section.icon}
                <span className="min-w-0 flex-1 wrap-anywhere">{section.title}</span>
                {section.waiting ? (
                  <span className="shrink-0 rounded-full bg-accent px-1.5 text-12 font-bold text-on-accent tabular-nums">
                    <span aria-hidden="true">{section.waiting}</span>
                    <span className="sr-only">{t("settings.waiting", { count: section.waiting })}</span>
                  </span>
                ) : null}
                {narrow && <ChevronRight aria-hidden="true" className="text-quiet" />}
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
