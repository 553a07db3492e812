import type { Channel, Space } from "@multichat/client/contract";
import type { ReactNode } from "react";
import { useEffect, useMemo, useState } from "react";
import {
  Bookmark,
  CalendarClock,
  CheckCheck,
  Hash,
  Inbox,
  Keyboard,
  LayoutGrid,
  LogOut,
  MessageSquareText,
  Plus,
  Search,
  Settings,
  SquarePen,
  SunMoon,
  UserPlus,
  UserRound,
  Waypoints,
} from "lucide-react";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { may } from "../state/permissions.ts";
import { formatSettings, type SettingsPlace, type SpaceList } from "../state/address.ts";
import { placeName } from "../state/places.ts";
import { navigate } from "../state/route.ts";
import { openDirect } from "../private/open-place.ts";
import { PlaceIcon } from "../sidebar/PlaceIcon.tsx";
import { changeSettings } from "../state/settings.ts";
import { openSettings } from "../state/settings-place.ts";
import { loadMembers } from "../state/session.ts";
import { openSheet, type App, type AppState, type Sheet } from "../state/store.ts";
import { defaultChannel, shownSpace } from "../state/selectors.ts";
import type { Matchable } from "./matching.ts";

export interface Target extends Matchable {
  key: string;
  kind: "channel" | "space" | "person" | "action";
  icon: ReactNode;
  note: string;
  unread: boolean;
  go(): void;
}

/** Unread and recent channels before the others, then workspaces and people, then actions and settings. */
const unreadWeight = 10 ** 15;

export function useTargets(): readonly Target[] {
  const app = useApp();
  const channels = useAppState((s) => s.channels);
  const spaces = useAppState((s) => s.spaces);
  const members = useAppState((s) => s.members);
  const current = useAppState((s) => (s.route.at === "space" ? s.route.channel : null));
  const space = useAppState((s) => shownSpace(s)?.id ?? null);

  const settings = useSettingsTargets(app, space ? (spaces[space] ?? null) : null);

  useEffect(() => {
    const { spaces: known, members: listed } = app.store.getState();
    for (const { id, kind } of Object.values(known))
      // Whose members cannot be had now are missing here.
      if (kind === "team" && !listed[id]) void loadMembers(app, id).catch(() => undefined);
  }, [app]);

  return useMemo(() => {
    const state = { ...app.store.getState(), channels, spaces, members };
    return [
      ...channelTargets(app, state, current),
      ...spaceTargets(app, state, space),
      ...personTargets(app, state, space),
      ...actionTargets(app, state, space),
      ...settings,
    ];
  }, [app, channels, spaces, members, current, space, settings]);
}

/** What they are called and who is offered them is fetched with the first look. */
function useSettingsTargets(app: App, space: Space | null): readonly Target[] {
  const [make, setMake] = useState<((app: App, space: Space | null) => Target[]) | null>(null);
  useEffect(() => {
    // Where it cannot be fetched, the settings as a whole are there.
    void import("./settings-targets.tsx").then(
      ({ settingsTargets }) => setMake(() => settingsTargets),
      () => undefined,
    );
  }, []);
  return useMemo(() => make?.(app, space) ?? [], [make, app, space]);
}

function spaceTargets(app: App, state: AppState, current: string | null): Target[] {
  return Object.values(state.spaces)
    .filter(({ id, kind }) => kind === "team" && id !== current)
    .map(({ id, name, unread }) => ({
      key: id,
      kind: "space",
      label: name,
      icon: <LayoutGrid aria-hidden="true" />,
      note: t("switcher.space"),
      unread: unread > 0,
      weight: 0.9,
      go: () => {
        const channel = defaultChannel(app.store.getState(), id)?.id ?? null;
        navigate(app, { at: "space", space: id, channel, pane: null });
      },
    }));
}

/** @param current left out: one is there already */
export function channelTargets(app: App, state: AppState, current: string | null): Target[] {
  return Object.values(state.channels)
    .filter((channel) => channel.id !== current && !channel.archived)
    .map((channel) => ({
      key: channel.id,
      kind: "channel",
      ...placeLook(state, channel),
      unread: channel.unread > 0,
      weight: (channel.unread > 0 ? unreadWeight : 0) + (channel.lastActivity ?? 1),
      go: () =>
        navigate(app, { at: "space", space: channel.space, channel: channel.id, pane: null }),
    }));
}

function placeLook(
  { spaces }: AppState,
  channel: Channel,
): Pick<Target, "label" | "icon" | "note"> {
  const space = spaces[channel.space];
  if (!space) return { label: channel.name, icon: <Hash aria-hidden="true" />, note: "" };
  const workspace = spaces[space.parent?.id ?? ""] ?? space;
  return {
    label: placeName(space, channel),
    icon: <PlaceIcon kind={space.kind} people={space.people} type={channel.type} />,
    note: space.kind === "direct" ? t("direct.title") : workspace.name,
  };
}

/** Each once: where one is now before elsewhere. */
function personTargets(app: App, state: AppState, current: string | null): Target[] {
  const places = Object.keys(state.members).sort(
    (a, b) => Number(b === current) - Number(a === current),
  );
  const found = new Map<string, Target>();
  for (const space of places)
    for (const member of state.members[space] ?? []) {
      if (member.you || found.has(member.id)) continue;
      const word = t(member.connected ? "switcher.connected" : "switcher.person");
      found.set(member.id, {
        key: member.id,
        kind: "person",
        label: member.name,
        icon: <UserRound aria-hidden="true" />,
        note: space === current ? word : (state.spaces[space]?.name ?? word),
        unread: false,
        weight: member.connected ? 0.5 : 0,
        go: () => void openDirect(app, member.id),
      });
    }
  return [...found.values()];
}

function actionTargets(app: App, state: AppState, spaceId: string | null): Target[] {
  const space = spaceId ? state.spaces[spaceId] : undefined;
  const target = (key: string, label: string, icon: ReactNode, go: () => void): Target => ({
    key: `action-${key}`,
    kind: "action",
    label,
    icon,
    note: t("switcher.action"),
    unread: false,
    weight: -1,
    go,
  });
  const action = (label: string, icon: ReactNode, sheet: Sheet): Target =>
    target(sheet.kind, label, icon, () => openSheet(app, sheet));
  const settings = (label: string, place: SettingsPlace): Target =>
    target(formatSettings(place), label, <Settings />, () => openSettings(app, place));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = (state.settings.theme === "system" ? dark : state.settings.theme === "dark")
    ? "light"
    : "dark";
  const place = (list: SpaceList, label: string, icon: ReactNode): Target[] =>
    space
      ? [
          target(list, label, icon, () =>
            navigate(app, { at: "space", space: space.id, channel: null, pane: null, list }),
          ),
        ]
      : [];
  return [
    action(t("search.title"), <Search />, {
      kind: "search",
      scope: space ? "space" : "all",
      query: "",
    }),
    ...place("catch-up", t("catchUp.title"), <Inbox />),
    ...place("threads", t("threads.title"), <MessageSquareText />),
    ...place("saved", t("saved.title"), <Bookmark />),
    ...(space
      ? [
          target(
            "all-read",
            t("switcher.allRead", { name: space.name }),
            <CheckCheck />,
            () => void markAllRead(app, space.id),
          ),
        ]
      : []),
    action(t("schedule.show"), <CalendarClock />, { kind: "scheduled" }),
    target("theme", t(`switcher.theme.${theme}`), <SunMoon />, () =>
      changeSettings(app, { theme }),
    ),
    ...(space && may(space, "invite")
      ? [action(t("invite.action"), <UserPlus />, { kind: "invite", space: space.id })]
      : []),
    ...(space && may(space, "createChannel")
      ? [action(t("channel.create"), <Plus />, { kind: "create-channel", space: space.id })]
      : []),
    action(t("direct.new"), <SquarePen />, { kind: "new-message" }),
    action(t("rail.add"), <Plus />, { kind: "add-workspace" }),
    action(t("connections.title"), <Waypoints />, { kind: "connections" }),
    settings(t("settings.title"), { space: null, section: null }),
    ...(space ? [settings(t("settings.ofWorkspace"), { space: space.id, section: null })] : []),
    action(t("shortcuts.title"), <Keyboard />, { kind: "shortcuts" }),
    ...(space
      ? [
          action(t("leave.title", { name: space.name }), <LogOut />, {
            kind: "leave",
            space: space.id,
          }),
        ]
      : []),
  ];
}

/** The way to it is fetched when it is first gone. */
async function markAllRead(app: App, space: string): Promise<void> {
  const { markSpaceRead } = await import("../catch-up/unread-places.ts");
  await markSpaceRead(app, space);
}

/** Among the messages, for what is no place, person or action. */
export function searchTarget(app: App, query: string): Target {
  const wanted = query.trim();
  return {
    key: "search-for",
    kind: "action",
    label: t("switcher.searchFor", { query: wanted }),
    icon: <Search />,
    note: "",
    unread: false,
    weight: -1,
    go: () => openSheet(app, { kind: "search", scope: "all", query: wanted }),
  };
}
