/** The workspaces, those being joined, and at the foot the person. */
import { Inbox, Plus, Settings } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { homeSpace, workspacesOf } from "../state/places.ts";
import { openSettings } from "../state/settings-place.ts";
import { openSheet } from "../state/store.ts";
import { JoinTile } from "./JoinTile.tsx";
import { OwnPresenceButton } from "./OwnPresenceButton.tsx";
import { SkipToComposer } from "./SkipToComposer.tsx";
import { SpaceTile } from "./SpaceTile.tsx";

export function Rail() {
  const app = useApp();
  const introductions = useAppState((s) => s.introductions);
  const waiting = useAppState((s) => s.inboxUnread);
  const spaces = useAppState((s) => s.spaces);
  const joins = useAppState((s) => s.joins);
  const current = useAppState((s) => (s.route.at === "space" ? (homeSpace(s)?.id ?? null) : null));
  const underWay = Object.values(joins).filter((join) => join.step !== "done" && !spaces[join.space.id]);

  return (
    <nav aria-label={t("rail.label")} className="flex w-16 shrink-0 flex-col items-center border-e border-line bg-sunken">
      <SkipToComposer />
      <ul className="flex w-full min-h-0 flex-1 flex-col items-center gap-2 overflow-y-auto py-3 [scrollbar-width:none]">
        {workspacesOf(spaces).map((space) => (
          <SpaceTile key={space.id} space={space} current={space.id === current} />
        ))}
        {underWay.map((join) => (
          <JoinTile key={join.id} join={join} />
        ))}
        <li>
          <button
            type="button"
            aria-label={t("rail.add")}
            title={t("rail.add")}
            onClick={() => openSheet(app, { kind: "add-workspace" })}
            className="grid size-10 place-items-center rounded-m border border-dashed border-control text-quiet transition-colors hover:border-accent hover:text-accent-text pointer-coarse:size-11"
          >
            <Plus aria-hidden="true" className="size-4.5" />
          </button>
        </li>
      </ul>
      <div className="grid place-items-center gap-1 py-3">
        <OwnPresenceButton />
        <span className="relative">
          <IconButton label={waiting > 0 ? t("inbox.open", { count: waiting }) : t("inbox.title")} icon={<Inbox />} onClick={() => openSheet(app, { kind: "inbox" })} />
          {waiting > 0 && <span aria-hidden="true" className="pointer-events-none absolute end-1 top-1 size-2 rounded-full bg-accent" />}
        </span>
        <span className="relative">
          <IconButton
            label={introductions > 0 ? `${t("settings.title")}. ${t("settings.waiting", { count: introductions })}` : t("settings.title")}
            icon={<Settings />}
            onClick={() => openSettings(app, { space: null, section: introductions > 0 ? "people" : null })}
          />
          {introductions > 0 && <span aria-hidden="true" className="pointer-events-none absolute end-1 top-1 size-2 rounded-full bg-accent" />}
        </span>
      </div>
    </nav>
  );
}
