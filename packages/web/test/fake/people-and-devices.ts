/** The part of the in-memory local API that is about people and own devices. */
import type { CommandName, Commands, Device, Id, Linking, Member, PersonCard, WordsCheck } from "@multichat/client/contract";
import { FakeError } from "./fake-error.ts";
import { day, idOf, now, person, type World } from "./world.ts";

type Handlers = { [C in CommandName]?: (params: Commands[C][0]) => Commands[C][1] };

export const emoji: NonNullable<Linking["emoji"]> = [
  ["🐙", "octopus"],
  ["🍄", "mushroom"],
  ["🚲", "bicycle"],
  ["🌶️", "chilli"],
  ["🏰", "castle"],
  ["🐢", "turtle"],
  ["⏰", "alarm clock"],
].map(([symbol, name]) => ({ symbol: symbol!, name: name! }));

export const linkCode = `multichat://link/#${"Rk3vQ9xT0bWc4HkZp2_yLm8sDfGjE1nU".repeat(5)}`;

/** As somebody's own screen shows it. */
export function verificationCode(account: Id, keys = "keys"): string {
  return `multichat://verify/#${account.slice(0, 48)}${keys.padEnd(48, "_")}`;
}

/** A one-pixel PNG. */
export const tinyPicture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADhgGAWjR9awAAAABJRU5ErkJggg==";

export function aLinking(of: Partial<Linking> = {}): Linking {
  return { side: "existing", step: "waiting", code: null, expires: now + 10 * 60_000, emoji: null, other: null, detail: "", error: null, ...of };
}

export function someDevices(): Device[] {
  const device = (name: string, of: Partial<Device> = {}): Device => ({
    id: idOf(`device ${name}`),
    peer: `12D3KooW${name}`,
    name,
    this: false,
    standing: "good",
    addedAt: now - 40 * day,
    addedBy: null,
    revoked: null,
    connected: false,
    lastSeen: null,
    ...of,
  });
  return [
    device("Laptop in the study", { this: true, connected: true, lastSeen: now }),
    device("Phone", { connected: true, lastSeen: now, addedAt: now - 3 * day, addedBy: idOf("device Laptop in the study") }),
    device("Old desktop with a name that somebody wrote in one go and never shortened", { lastSeen: now - 9 * day }),
    device("First laptop", { standing: "revoked", revoked: { at: now - 2 * day, by: idOf("device Phone"), reason: "stolen" } }),
  ];
}

export function peopleAndDevices(world: World, push: { people(): void; status(): void }): Handlers {
  const members = (): Member[] => Object.values(world.members).flat();
  const change = (account: Id, of: Partial<Member>): { person: PersonCard } => {
    for (const member of members()) if (member.id === account) Object.assign(member, of);
    push.people();
    return { person: cardOf(account) };
  };
  const cardOf = (account: Id): PersonCard => {
    const member = members().find(({ id }) => id === account);
    if (!member) throw new FakeError("not-found", "Nobody of this id is known here.");
    const { roles: _roles, connected: _connected, devices: _devices, joinedAt: _joined, lastSeen: _seen, ...identity } = member;
    const spaces = Object.entries(world.members).flatMap(([space, list]) => (list.some(({ id }) => id === account) ? [space] : []));
    return { ...identity, spaces, vouches: world.vouches.filter((vouch) => vouch.account === account).map(({ account: _account, ...vouch }) => vouch) };
  };
  const everybody = (): PersonCard[] => [...new Set(members().map(({ id }) => id))].map(cardOf);
  const setLinking = (of: Partial<Linking>): { linking: Linking } => ({ linking: (world.linking = aLinking({ ...world.linking, ...of })) });

  return {
    "device.list": () => ({ devices: world.devices }),
    "device.name": ({ device, name }) => ({ device: Object.assign(world.devices.find(({ id }) => id === device)!, { name }) }),
    "device.revoke": ({ device, reason }) => ({
      device: Object.assign(world.devices.find(({ id }) => id === device)!, { standing: "revoked", revoked: { at: now, by: null, reason } }),
    }),
    "device.link": () => setLinking({ side: "existing", step: "waiting", code: linkCode }),
    "device.link-enter": ({ code }) => {
      if (!code.startsWith("multichat://link/#")) throw new FakeError("code-garbled", "This is not a whole device code. Copy it again, from the first to the last character.");
      return setLinking({ side: "new", step: "connecting", detail: "Connecting to the other device." });
    },
    "device.link-confirm": ({ same }) =>
      setLinking(same ? { step: "confirmed" } : { step: "failed", error: "declined", detail: "The pictures were not the same, so nothing was passed on. Make a new code." }),
    "device.link-cancel": () => ({}),
    "device.link-get": () => ({ linking: world.linking }),
    "account.check-words": ({ words }) => checkWords(words),
    "account.recover": () => ({ recovery: (world.recovery = { step: "finding", account: null, spaces: 0, detail: "Asking devices on this network.", error: null }) }),
    "account.recover-confirm": () => ({ recovery: (world.recovery = { ...world.recovery!, step: "done" }) }),
    "account.recover-cancel": () => ({}),
    "account.recover-get": () => ({ recovery: world.recovery }),
    "account.rotate": () => {
      world.status = { ...world.status, phraseUnsaved: true };
      push.status();
      return { words: [], rooted: [] };
    },
    "account.delete": () => ({ remains: ["What you wrote stays with the members who have it.", "Your device Phone keeps what it holds until you erase it there."] }),
    "account.set": (change_) => {
      const { name, avatar, ...rest } = change_;
      const named = name === undefined ? {} : { name, chosenName: name };
      const pictured = avatar === undefined ? {} : { avatar: avatar === null ? null : `picture-${avatar.length}` };
      if (avatar) world.avatars[`picture-${avatar.length}`] = avatar;
      return change(world.status.account!.id, { ...rest, ...named, ...pictured });
    },
    "import.get": () => ({ import: null }),
    "import.cancel": () => ({ import: null }),
    "import.start": ({ format, path, space, channel = null }) => ({
      import: {
        format, path, space, channel, step: "checking", messages: 0, of: 0, problems: [], detail: "Looking at it.", error: null,
        summary: { channels: [], messages: 0, already: 0, authors: 0, replies: 0, orphans: 0, unlinked: 0, reactions: 0, files: 0, edited: 0, split: 0, skipped: [] },
      },
    }),
    "backup.get": () => ({ transfer: world.transfer }),
    "backup.write": ({ path }) => ({ transfer: (world.transfer = { kind: "backup", path, step: "running", items: 0, of: 0, bytes: 0, account: null, detail: "Beginning.", error: null }) }),
    "backup.restore": ({ path }) => ({ transfer: (world.transfer = { kind: "restore", path, step: "running", items: 0, of: 0, bytes: 0, account: null, detail: "Beginning.", error: null }) }),
    "keys.protect": ({ passphrase, current }) => {
      if (world.status.protected && current !== "right") throw new FakeError("wrong-passphrase", "This is not the passphrase that is set now.");
      world.status = { ...world.status, protected: passphrase !== null };
      return {};
    },
    "keys.unlock": ({ passphrase }) => {
      if (passphrase !== "right") throw new FakeError("wrong-passphrase", "This is not the passphrase. Try again.");
      return {};
    },
    "person.get": ({ account }) => ({ person: cardOf(account) }),
    "person.list": () => ({ people: everybody() }),
    "person.avatar": ({ account }) => {
      const { avatar } = cardOf(account);
      const data = avatar === null ? undefined : world.avatars[avatar];
      return { avatar: data === undefined ? null : { type: "image/png", width: 1, height: 1, data } };
    },
    "contact.name": ({ account, petname }) => change(account, { petname: petname || null, contact: true, name: petname || cardOf(account).chosenName! }),
    "contact.safety-number": ({ account }) => ({
      digits: Array.from({ length: 12 }, (_, index) => String((Number.parseInt(account.slice(index * 4, index * 4 + 6), 16) % 90_000) + 10_000)).join(" "),
      code: verificationCode(world.status.account!.id),
      verified: cardOf(account).verified,
    }),
    "contact.verify": ({ account, method, code }) => {
      if (method === "qr") {
        if (!code?.startsWith("multichat://verify/#")) throw new FakeError("bad-request", "That is no verification code. It begins with multichat://verify/#");
        if (!code.includes(account.slice(0, 48))) throw new FakeError("verification-other", "This is another account's code.");
        if (code !== verificationCode(account)) throw new FakeError("verification-mismatch", "The keys here are not those on their screen.");
      }
      return change(account, { verified: { at: now, method, keysChanged: false }, contact: true });
    },
    "contact.block": ({ account }) => change(account, { blocked: true }),
    "contact.unblock": ({ account }) => change(account, { blocked: false }),
    "contact.vouch": ({ account, space, claim, until = 0 }) => {
      world.vouches.push({ account, by: world.status.account!, space, claim: claim ?? cardOf(account).chosenName!, until, at: now });
      return change(account, {});
    },
    "contact.unvouch": ({ account, space }) => {
      world.vouches = world.vouches.filter((vouch) => vouch.account !== account || vouch.space !== space || vouch.by.id !== world.status.account!.id);
      return change(account, {});
    },
    "introduction.list": () => ({ introductions: world.introductions }),
    "introduction.create": ({ account, to }) => {
      const introduction = {
        id: idOf(`introduction ${account} ${to}`),
        role: "made" as const,
        by: world.status.account!,
        people: [account, to].map((id) => ({ id, name: cardOf(id).name, accepted: null })),
        answer: null,
        until: now + 60 * day,
        state: "open" as const,
      };
      world.introductions.push(introduction);
      return { introduction };
    },
    "introduction.answer": ({ introduction, accept }) => {
      const found = world.introductions.find(({ id }) => id === introduction)!;
      Object.assign(found, { answer: accept, state: accept ? "open" : "declined" });
      push.people();
      return { introduction: found };
    },
  };
}

/** "absurdd" is in no list; "actual" as the last word makes them fit. */
function checkWords(words: readonly string[]): WordsCheck {
  const unlisted = words.flatMap((word, position) => (word === "absurdd" ? [{ position, word, suggestions: ["absurd"] }] : []));
  const last = words[23];
  const corrections = unlisted.length === 0 && last !== undefined && last !== "actual" ? [{ position: 23, word: last, instead: "actual" }] : [];
  const ok = words.length === 24 && unlisted.length === 0 && corrections.length === 0;
  return { ok, unlisted, corrections, detail: ok ? "" : `There are ${words.length} words; a recovery phrase has 24.` };
}

/** Everything that can be known about people, in one workspace. */
export function addTrust(world: World, space: Id): void {
  const list = world.members[space]!;
  const set = (name: string, of: Partial<Member>) => Object.assign(list.find((member) => member.chosenName === name)!, of);
  const [, bruno, carol] = list;
  set(bruno!.chosenName!, { verified: { at: now - 5 * day, method: "digits", keysChanged: false }, contact: true, about: "Beds 4 to 7. Ask me about compost.", pronouns: "he/him", avatar: "bruno" });
  set(carol!.chosenName!, { vouchedBy: [person(bruno!.name), person(list[3]!.name)] });
  set(list[3]!.chosenName!, { verified: { at: now - 30 * day, method: "qr", keysChanged: true }, contact: true });
  set(list[4]!.chosenName!, { looksLike: bruno!.id });
  world.avatars["bruno"] = tinyPicture;
  world.vouches.push(
    { account: carol!.id, by: person(bruno!.name), space, claim: carol!.chosenName!, until: 0, at: now - day },
    { account: carol!.id, by: world.status.account!, space, claim: carol!.chosenName!, until: now + 300 * day, at: now - day },
  );
  world.introductions.push(
    { id: "in-1", role: "received", by: person(bruno!.name), people: [{ ...person("Zoë Ångström-Featherstonehaugh"), accepted: null }], answer: null, until: now + 40 * day, state: "open" },
    { id: "in-2", role: "made", by: world.status.account!, people: [{ ...person(bruno!.name), accepted: true }, { ...person(carol!.name), accepted: null }], answer: null, until: now + 20 * day, state: "open" },
  );
}
