/** How to get to the screens about people and own devices. */
import type { Linking, Recovery, Transfer } from "@multichat/client/contract";
import { openSettings } from "../../src/state/settings-place.ts";
import { openSheet, type App, type EntryWay, type Sheet } from "../../src/state/store.ts";
import { addTrust, aLinking, emoji, linkCode, someDevices } from "./people-and-devices.ts";
import type { personScreenNames } from "./person-screen-names.ts";
import { covered, garden, openCard, pause, team, type Screen } from "./screen.ts";
import { emptyWorld, idOf, me, person, type World } from "./world.ts";
import { teamWorld } from "./worlds.ts";

const bruno = idOf("Bruno Castellanos");

function trustWorld(): World {
  const world = teamWorld();
  addTrust(world, garden);
  world.devices = someDevices();
  return world;
}

function blockedWorld(): World {
  const world = trustWorld();
  const carol = world.members[garden]!.find(({ name }) => name === "Carol")!;
  carol.blocked = true;
  for (const messages of Object.values(world.messages)) {
    for (const message of messages) message.blocked = message.author.id === carol.id;
  }
  return world;
}

const entry = (way: EntryWay, of: Partial<World> = {}, prepare?: () => void | Promise<void>): Screen => ({
  world: () => {
    const world = { ...emptyWorld(), ...of };
    world.status.account = null;
    return world;
  },
  prepare: async ({ app }) => {
    app.store.setState({ firstRun: way });
    await pause(30);
    await prepare?.();
  },
});

const linking = (of: Partial<Linking>): Linking => aLinking({ side: "new", ...of });
const recovery = (of: Partial<Recovery>): Recovery => ({ step: "finding", account: null, spaces: 0, detail: "Asking devices on this network.", error: null, ...of });
const restore = (of: Partial<Transfer>): Transfer => ({ kind: "restore", path: "/home/ines/x", step: "running", items: 0, of: 0, bytes: 0, account: null, detail: "Beginning.", error: null, ...of });

const status = (of: Partial<World["status"]>): Screen => ({
  world: () => {
    const world = trustWorld();
    world.status = { ...world.status, ...of };
    return world;
  },
});

const sheet = (wanted: Sheet, then?: (app: App) => void): Screen =>
  team(async ({ app }) => {
    openSheet(app, wanted);
    await pause(60);
    then?.(app);
  }, trustWorld);

const section = (name: string, of: Partial<World["status"]> = {}): Screen =>
  team(
    ({ app }) => openSettings(app, { space: null, section: name }),
    () => {
      const world = trustWorld();
      world.status = { ...world.status, ...of };
      world.members[garden]!.find(({ name: who }) => who === "Eve")!.blocked = true;
      return world;
    },
  );

const card = (name: string): Screen => team(() => openCard(name), trustWorld);

export const personScreens: Record<(typeof personScreenNames)[number], Screen> = {
  existing: entry("existing"),
  "link-here": entry("link"),
  "link-here-no-camera": entry("link", {}, () => scan("NotAllowedError")),
  "link-here-compare": entry("link", { linking: linking({ step: "confirm", emoji }) }),
  "link-here-done": { ...team(({ app }) => app.store.setState({ firstRun: "link", linking: linking({ step: "done", other: me.name }) })) },
  recover: entry("recover"),
  "recover-wrong": entry("recover", {}, () => type("textarea", `${"abandon ability able about above absent absorb abstract absurdd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual"}`)),
  "recover-finding": entry("recover", { recovery: recovery({ detail: "Nobody who knows this account is reached yet (no answer within 5 seconds). Still trying." }) }),
  "recover-found": entry("recover", { recovery: recovery({ step: "found", account: person("Wolfeschlegelsteinhausenbergerdorff"), spaces: 3 }) }),
  restore: entry("restore"),
  "restore-wrong": entry("restore", {
    transfer: restore({ step: "failed", error: "wrong-passphrase", detail: "This is not the passphrase of this backup. Try again." }),
  }),
  "restore-running": entry("restore", { transfer: restore({ items: 3_200, of: 12_400, account: me }) }),
  unlock: status({ locked: true, protected: true }),
  "ended-revoked": status({ signedOut: "This device was signed out by Phone. What is here stays until you erase it." }),
  "ended-stopped": status({
    problems: [
      { code: "device-stopped", message: "This device’s data was copied or restored from a backup. To write again it has to be set up anew; nothing that was sent is lost.", remedy: "device.renew" },
    ],
  }),
  farewell: {
    ...status({ account: null }),
    prepare: ({ app }) => app.store.setState({ farewell: ["What you wrote stays with the members who have it.", "Your device Phone keeps what it holds until you erase it there."] }),
  },
  trust: team(undefined, trustWorld),
  "members-trust": covered(({ app }) => openSettings(app, { space: garden, section: "members" }), trustWorld),
  "profile-verified": card("Bruno Castellanos"),
  "profile-vouched": card("Carol"),
  "profile-keys-changed": card("Dan O’Sullivan-Featherstonehaugh"),
  "profile-look-alike": card("Eve"),
  "profile-petname": team(async () => {
    await openCard("Carol");
    document.querySelector<HTMLElement>("[popover]:popover-open ul button")!.click();
  }, trustWorld),
  blocked: team(undefined, blockedWorld),
  safety: sheet({ kind: "safety-number", account: idOf("Carol") }),
  "safety-changed": sheet({ kind: "safety-number", account: idOf("Dan O’Sullivan-Featherstonehaugh") }),
  vouch: sheet({ kind: "vouch", account: bruno, space: garden }),
  introduce: sheet({ kind: "introduce", account: bruno }),
  block: sheet({ kind: "block", account: bruno, name: "Bruno Castellanos" }),
  "link-device": sheet({ kind: "link-device" }),
  "link-device-compare": sheet({ kind: "link-device" }, (app) =>
    app.store.setState({ linking: aLinking({ step: "confirm", emoji, code: linkCode, other: "Linux computer" }) }),
  ),
  "revoke-device": team(async ({ app }) => {
    openSettings(app, { space: null, section: "devices" });
    await pause(60);
    openSheet(app, { kind: "revoke-device", device: idOf("device Phone") });
  }, trustWorld),
  rotate: sheet({ kind: "rotate-phrase" }),
  "settings-phrase": section("phrase", { phraseUnsaved: true }),
  "settings-backup-done": covered(async ({ app }) => {
    openSettings(app, { space: null, section: "backup" });
    await pause(60);
    app.store.setState({ reservedBackup: "/home/ines/x", transfer: { ...restore({}), kind: "backup", step: "done", bytes: 48_211_003 } });
  }, trustWorld),
  "settings-passphrase": section("passphrase"),
  "settings-passphrase-set": section("passphrase", { protected: true }),
  "settings-people": section("people"),
  "settings-presence": section("presence"),
  "settings-notifications": section("notifications"),
  "settings-account": section("account"),
};

async function scan(refusal: string): Promise<void> {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", refusal));
  document.querySelector<HTMLElement>("form button[aria-expanded]")!.click();
  await pause(200);
}

async function type(selector: string, text: string): Promise<void> {
  const field = document.querySelector<HTMLTextAreaElement>(selector)!;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await pause(60);
}
