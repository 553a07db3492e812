/** Every screen worth looking at, and how to get there. */
import type { Channel, Id, KeyHolder, Member, Space } from "@multichat/client/contract";
import { t, type MessageId } from "../../src/i18n/messages.ts";
import type { SettingsPlace } from "../../src/state/address.ts";
import { navigate } from "../../src/state/route.ts";
import { openSettings } from "../../src/state/settings-place.ts";
import { emptyTimeline } from "../../src/state/timeline.ts";
import { sendMessage } from "../../src/state/sending.ts";
import { openSheet, type FirstRunStep, type Sheet } from "../../src/state/store.ts";
import type { FakeClient } from "./fake-client.ts";
import { contentScreens } from "./content-screens.ts";
import { someDevices } from "./people-and-devices.ts";
import { personScreens } from "./person-screens.ts";
import { writingScreens } from "./writing-screens.ts";
import { covered, garden, general, openCard, pause, team, type Screen } from "./screen.ts";
import type { ScreenName } from "./screen-names.ts";
import { rightsBut } from "./rights.ts";
import { emptyWorld, hour, idOf, me, minute, now, person, type World } from "./world.ts";
import {
  aloneWorld,
  attempts,
  bigWorld,
  governedWorld,
  joinWorld,
  offlineWorld,
  teamWorld,
  troubledWorld,
} from "./worlds.ts";

const sheet = (wanted: Sheet): Screen => covered(({ app }) => openSheet(app, wanted));

const settings = (place: SettingsPlace, world = teamWorld): Screen =>
  covered(({ app }) => openSettings(app, place), world);

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
    joinWorld("fetching", {
      fetched: 2_310,
      total: 10_000,
      confirmedBy: 1,
      detail: "The newest messages come first.",
    }),
  ),
  "join-failed": join(() =>
    joinWorld("failed", {
      code: "invite-used-up",
      detail: "This invite has been used 5 of 5 times.",
    }),
  ),
  team: team(),
  list: {
    world: teamWorld,
    prepare: ({ app }) => navigate(app, { at: "space", space: garden, channel: null, pane: null }),
  },
  members: team(({ app }) =>
    navigate(app, { at: "space", space: garden, channel: general, pane: "members" }),
  ),
  "profile-card": team(() => openCard("Carol")),
  "profile-own": team(() => openCard(me.name)),
  details: team(({ app }) =>
    navigate(app, { at: "space", space: garden, channel: general, pane: "details" }),
  ),
  unread: team(({ app }) =>
    navigate(app, {
      at: "space",
      space: garden,
      channel: idOf("channel Garden Club design"),
      pane: null,
    }),
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
        timelines: {
          ...s.timelines,
          [id]: { ...emptyTimeline, messages: fake.world.messages[id]!, hasOlder: false },
        },
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
  "invite-link": covered(async ({ app }) => {
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
  "settings-list": {
    world: teamWorld,
    prepare: ({ app }) => openSettings(app, { space: garden, section: null }),
  },
  "settings-profile": settings({ space: null, section: "profile" }),
  "settings-devices": settings({ space: null, section: "devices" }, () => {
    const world = teamWorld();
    world.devices = someDevices();
    return world;
  }),
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
  governed: team(undefined, governedWorld),
  "settings-overview": settings({ space: garden, section: "overview" }, governedWorld),
  "settings-roles": settings({ space: garden, section: "roles" }, governedWorld),
  "settings-role": covered(async ({ app }) => {
    openSettings(app, { space: garden, section: "roles" });
    await press(/^Moderator/u);
  }, governedWorld),
  "settings-channels": team(async ({ app }) => {
    openSettings(app, { space: garden, section: "channels" });
    await choose(1, `role ${idOf("role Guest")}`);
    await choose(2, `role ${idOf("role Guest")}`);
  }, governedWorld),
  "settings-governed-members": settings({ space: garden, section: "members" }, governedWorld),
  "settings-departed": covered(async ({ app }) => {
    openSettings(app, { space: garden, section: "members" });
    await press("memberList.departed");
  }, governedWorld),
  "settings-requests": settings({ space: garden, section: "requests" }, governedWorld),
  "settings-reports": settings({ space: garden, section: "reports" }, governedWorld),
  "settings-ownership": settings({ space: garden, section: "ownership" }, governedWorld),
  "settings-recovery": covered(async ({ app }) => {
    openSettings(app, { space: garden, section: "ownership" });
    await press("regain.setUp");
    for (const name of ["Carol", "Eve", "Bruno Castellanos"])
      await press(new RegExp(`${name}$`, "u"));
  }, governedWorld),
  "settings-ownership-asked": settings({ space: garden, section: "ownership" }, askedWorld),
  "settings-import": settings({ space: garden, section: "import" }, governedWorld),
  "settings-audit": settings({ space: garden, section: "audit" }, governedWorld),
  private: place("private"),
  direct: place("direct"),
  "group-members": {
    world: governedWorld,
    prepare: ({ app, fake }) => {
      const { id } = fake.world.spaces.find(({ group }) => group)!;
      navigate(app, { at: "space", space: id, channel: channelOf(fake, id), pane: "members" });
    },
  },
  requests: governedSheet({ kind: "requests" }),
  "new-message": governedSheet({ kind: "new-message" }),
  "create-private": governedSheet({ kind: "create-private", space: garden }),
  "make-private": governedSheet({ kind: "make-private", channel: general }),
  "add-people": team(
    ({ app, fake }) =>
      openSheet(app, {
        kind: "add-people",
        space: fake.world.spaces.find(({ kind }) => kind === "private")!.id,
      }),
    governedWorld,
  ),
  member: governedSheet({ kind: "member", space: garden, account: idOf("Eve") }),
  "member-senior": governedSheet({
    kind: "member",
    space: garden,
    account: idOf("Bruno Castellanos"),
  }),
  "member-mute": memberStep("member.mute.action"),
  "member-roles": memberStep("member.roles.action"),
  "member-ban-stale": memberStep("member.ban.action", () => {
    const world = governedWorld();
    world.governed.stale = stale;
    return world;
  }),
  "clean-up": team(async ({ app }) => {
    openSheet(app, { kind: "clean-up", space: garden });
    await choose(0, "i2");
  }, governedWorld),
  adopt: governedSheet({ kind: "adopt", space: garden, cause: null }),
  "delete-message": team(
    ({ app, fake }) =>
      openSheet(app, { kind: "delete-message", message: fake.world.messages[general]![2]! }),
    governedWorld,
  ),
  report: team(
    ({ app, fake }) =>
      openSheet(app, { kind: "report", message: fake.world.messages[general]![0]! }),
    governedWorld,
  ),
  muted: team(undefined, () =>
    restricted(
      (_, own) =>
        (own.muted = { by: person("Bruno Castellanos"), at: now - hour, until: now + 12 * minute }),
    ),
  ),
  slow: team(undefined, () =>
    restricted((channel) => Object.assign(channel, { slow: 300, writableAt: now + 72_000 })),
  ),
  locked: team(undefined, () =>
    restricted((channel) =>
      Object.assign(channel, {
        locked: true,
        permissions: rightsBut(["send", "reply", "react"], "This channel is locked."),
      }),
    ),
  ),
  archived: team(undefined, () => restricted((channel) => (channel.archived = true))),
  removed: team(undefined, removedWorld),
  forget: team(({ app }) => openSheet(app, { kind: "leave", space: garden }), removedWorld),
  ...contentScreens,
  ...personScreens,
  ...writingScreens,
};

const stale =
  "You have not heard from other members since 2026-11-02 09:14 UTC. Everything that Eve did in the meantime would become void for everybody: people they let in, roles they gave, channels and invites they made, and messages you have not received. What you see here of Eve (Member) stays as it is.";

function governedSheet(wanted: Sheet): Screen {
  return covered(({ app }) => openSheet(app, wanted), governedWorld);
}

function place(kind: Space["kind"]): Screen {
  return {
    world: governedWorld,
    prepare: ({ app, fake }) => {
      const { id } = fake.world.spaces.find((space) => space.kind === kind)!;
      navigate(app, { at: "space", space: garden, channel: general, pane: null });
      navigate(app, { at: "space", space: id, channel: channelOf(fake, id), pane: null });
    },
  };
}

function channelOf(fake: FakeClient, space: Id): Id {
  return fake.world.channels.find((channel) => channel.space === space)!.id;
}

function memberStep(action: MessageId, world = governedWorld): Screen {
  return covered(async ({ app }) => {
    openSheet(app, { kind: "member", space: garden, account: idOf("Eve") });
    await press(action);
  }, world);
}

function restricted(change: (channel: Channel, own: Member) => unknown): World {
  const world = governedWorld();
  change(
    world.channels.find(({ id }) => id === general)!,
    world.members[garden]!.find(({ you }) => you)!,
  );
  return world;
}

/** Somebody asks for the root key, and it is for this account and two others to give it. */
function askedWorld(): World {
  const world = governedWorld();
  const holder = (name: string, of: Partial<KeyHolder> = {}): KeyHolder => ({
    person: person(name),
    you: false,
    member: true,
    current: true,
    ...of,
  });
  const asking = {
    id: idOf("asks"),
    by: person("Nguyễn Thị Minh Khai"),
    own: false,
    at: now - 3 * hour,
    approvedBy: [person("Bruno Castellanos")],
    needed: 2,
    approved: false,
  };
  Object.assign(world.governed.ownership, {
    owners: [person("Dan O’Sullivan-Featherstonehaugh")],
    holders: [holder("Dan O’Sullivan-Featherstonehaugh")],
    recovery: {
      holders: [
        holder(me.name, { you: true }),
        holder("Bruno Castellanos"),
        holder("Carol", { current: false }),
      ],
      needed: 2,
    },
    requests: [asking],
  });
  return world;
}

function removedWorld(): World {
  const world = governedWorld();
  Object.assign(world.spaces[0]!, {
    removed: { how: "removed", by: person("Bruno Castellanos"), at: now - 26 * hour, until: 0 },
    readOnly:
      "You were removed by Bruno Castellanos on 2026-11-23. What you have here stays readable.",
  });
  return world;
}

/** Presses what begins with these words in the dialog, whatever language it is in, as soon as it is there and can be used. */
async function press(words: MessageId | RegExp): Promise<void> {
  const says = ({ textContent }: Element) =>
    typeof words === "string" ? textContent.startsWith(t(words)) : words.test(textContent);
  const found = () =>
    [
      ...document.querySelectorAll<HTMLElement>(
        "dialog button:not([aria-disabled=true]), dialog label",
      ),
    ].find(says);
  while (!found()) await pause(20);
  found()!.click();
  await pause(80);
}

/** Chooses in the dialog's nth select, as soon as there is such an option. */
async function choose(nth: number, value: string): Promise<void> {
  const found = () => document.querySelectorAll<HTMLSelectElement>("dialog select")[nth];
  while (![...(found()?.options ?? [])].some((option) => option.value === value)) await pause(20);
  const select = found()!;
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value")!.set!.call(select, value);
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await pause(80);
}
