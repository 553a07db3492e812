/** Every screen worth looking at, and how to get there. */
import type { SettingsPlace } from "../../src/state/address.ts";
import { navigate } from "../../src/state/route.ts";
import { openSettings } from "../../src/state/settings-place.ts";
import { emptyTimeline } from "../../src/state/timeline.ts";
import { sendMessage } from "../../src/state/sending.ts";
import { openSheet, type FirstRunStep, type Sheet } from "../../src/state/store.ts";
import { personScreens } from "./person-screens.ts";
import { garden, general, openCard, pause, team, type Screen } from "./screen.ts";
import type { ScreenName } from "./screen-names.ts";
import { emptyWorld, idOf, me, type World } from "./world.ts";
import { aloneWorld, attempts, bigWorld, joinWorld, offlineWorld, teamWorld, troubledWorld } from "./worlds.ts";

const sheet = (wanted: Sheet): Screen => team(({ app }) => openSheet(app, wanted));

const settings = (place: SettingsPlace, world = teamWorld): Screen =>
  team(({ app }) => openSettings(app, place), world);

const firstRun = (step: FirstRunStep): Screen => ({
  world: () => {
    const world = emptyWorld();
    if (step === "name") world.status.account = null;
    return world;
  },
  prepare: ({ app }) => app.store.setState({ firstRun: step }),
});

const join = (world: () => World): Screen => ({
  world,
  prepare: ({ app }) => navigate(app, { at: "join", join: "join-1" }),
});

export const screens: Record<ScreenName | "huge", Screen> = {
  "signed-out": { world: emptyWorld, link: "unauthorized" },
  away: { world: emptyWorld, link: "connecting", prepare: () => pause(3_000) },
  "first-run-name": firstRun("name"),
  "first-run-phrase": firstRun("phrase"),
  "first-run-confirm": firstRun("confirm"),
  "first-run-start": firstRun("start"),
  start: {
    world: () => {
      const world = emptyWorld();
      world.status.phraseUnsaved = true;
      return world;
    },
  },
  "join-finding": join(() => joinWorld("finding", { attempts, code: "no-member-reachable" })),
  "join-fetching": join(() =>
    joinWorld("fetching", { fetched: 2_310, total: 10_000, confirmedBy: 1, detail: "The newest messages come first." }),
  ),
  "join-failed": join(() =>
    joinWorld("failed", { code: "invite-used-up", detail: "This invite has been used 5 of 5 times." }),
  ),
  team: team(),
  list: { world: teamWorld, prepare: ({ app }) => navigate(app, { at: "space", space: garden, channel: null, pane: null }) },
  members: team(({ app }) => navigate(app, { at: "space", space: garden, channel: general, pane: "members" })),
  "profile-card": team(() => openCard("Carol")),
  "profile-own": team(() => openCard(me.name)),
  details: team(({ app }) => navigate(app, { at: "space", space: garden, channel: general, pane: "details" })),
  unread: team(({ app }) =>
    navigate(app, { at: "space", space: garden, channel: idOf("channel Garden Club design"), pane: null }),
  ),
  alone: team(undefined, aloneWorld),
  big: {
    world: () => bigWorld(3_000),
    prepare: async ({ app, fake }) => {
      const { id, space } = fake.world.channels[0]!;
      navigate(app, { at: "space", space, channel: id, pane: "members" });
      await pause(150);
    },
  },
  huge: {
    world: () => bigWorld(50_000),
    prepare: ({ app, fake }) => {
      const { id, space } = fake.world.channels[0]!;
      app.store.setState((s) => ({
        timelines: { ...s.timelines, [id]: { ...emptyTimeline, messages: fake.world.messages[id]!, hasOlder: false } },
      }));
      navigate(app, { at: "space", space, channel: id, pane: null });
    },
  },
  offline: team(undefined, offlineWorld),
  troubled: team(({ app }) => app.store.setState({ looksBack: true }), troubledWorld),
  gone: team(async ({ app, fake }) => {
    fake.failSends = true;
    await sendMessage(app, general, "This one could not be stored.\nIts text is kept.");
    fake.setState("connecting");
    await sendMessage(app, general, "And this one was written while Multichat was away.");
    await pause(1_600);
  }),
  invite: sheet({ kind: "invite", space: garden }),
  "invite-link": team(async ({ app }) => {
    openSheet(app, { kind: "invite", space: garden });
    while (!document.querySelector("dialog form")) await pause(20);
    document.querySelector<HTMLButtonElement>("dialog form button[type=submit]")?.click();
    await pause(120);
    document.querySelector<HTMLButtonElement>("dialog button[aria-expanded]")?.click();
    await pause(150);
  }),
  connections: sheet({ kind: "connections" }),
  "connections-none": team(({ app }) => openSheet(app, { kind: "connections" }), offlineWorld),
  switcher: sheet({ kind: "switcher" }),
  "settings-list": { world: teamWorld, prepare: ({ app }) => openSettings(app, { space: garden, section: null }) },
  "settings-profile": settings({ space: null, section: "profile" }),
  "settings-devices": settings({ space: null, section: "devices" }),
  "settings-backup": settings({ space: null, section: "backup" }, () => {
    const world = teamWorld();
    world.status.phraseUnsaved = true;
    return world;
  }),
  "settings-appearance": settings({ space: null, section: "appearance" }),
  "settings-members": settings({ space: garden, section: "members" }),
  "settings-invites": settings({ space: garden, section: "invites" }),
  shortcuts: sheet({ kind: "shortcuts" }),
  leave: sheet({ kind: "leave", space: garden }),
  "create-channel": sheet({ kind: "create-channel", space: garden }),
  topic: sheet({ kind: "topic", channel: general }),
  phrase: sheet({ kind: "phrase" }),
  "add-workspace": sheet({ kind: "add-workspace" }),
  ...personScreens,
};
