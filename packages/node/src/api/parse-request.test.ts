import type { CommandName, Commands } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { commandParams } from "./command-params.ts";
import { parseCommand } from "./parse-request.ts";

const id = "0123456789abcdef".repeat(4);

const words = Array.from({ length: 24 }, () => "abandon");

/** One good set of parameters for every command, optional ones included. */
const good: { [C in CommandName]: object } = {
  "status.get": {},
  "doctor.run": {},
  "account.create": { name: "Alice" },
  "account.get": {},
  "account.phrase": {},
  "account.confirm-phrase": {
    words: [0, 7, 23].map((position) => ({ position, word: "abandon" })),
  },
  "device.renew": {},
  "space.create": { name: "Team" },
  "space.list": {},
  "space.leave": { space: id },
  "channel.create": { space: id, name: "design", topic: "How it looks", type: "forum" },
  "channel.list": { space: id },
  "channel.topic": { channel: id, topic: "" },
  "member.list": { space: id },
  "invite.create": { space: id, role: "Guest", expiresIn: 60_000, uses: 5 },
  "invite.list": { space: id },
  "invite.revoke": { space: id, invite: id },
  "invite.preview": { link: "multichat://join/#x" },
  "join.start": { link: "multichat://join/#x" },
  "join.list": {},
  "join.cancel": { join: "join-1" },
  "message.send": { channel: id, text: "  indented", reply: id, thread: id, also: true, title: "Plans", tags: ["one"], expiresIn: 10_000 },
  "message.get": { message: id },
  "message.edit": { message: id, text: "better", title: "Plans", tags: [] },
  "message.history": { message: id },
  "message.forward": { message: id, channel: id },
  "reaction.set": { message: id, emoji: "👍", on: true },
  "pin.set": { message: id, on: true },
  "pin.list": { channel: id },
  "save.set": { message: id, on: false },
  "save.list": {},
  "thread.list": { space: id },
  "read.unmark": { message: id },
  "content.create": { channel: id, kind: "poll", value: { question: "When?" } },
  "file.get": { message: id, blob: id },
  "file.fetch": { message: id, blob: id },
  "file.cancel": { message: id, blob: id },
  "file.looked": { message: id },
  "space.storage": { space: id },
  "space.keep-files": { space: id, days: 30 },
  "space.file-limit": { space: id, bytes: 0 },
  "content.annotate": { message: id, kind: "vote", value: { choices: [0] } },
  search: { query: "plans", space: id, channel: id, from: id, before: 2, after: 1, pinned: true, hasFile: false, cursor: "c", limit: 100, relevance: true },
  "schedule.create": { channel: id, text: "later", at: 1, reply: id, thread: id, also: false, title: "Plans", tags: [], expiresIn: 1_000 },
  "channel.retention": { channel: id, seconds: 86_400 },
  "channel.expired": { channel: id },
  "space.retention": { space: id, seconds: 0 },
  "schedule.list": {},
  "schedule.cancel": { scheduled: "s" },
  "message.list": { channel: id, thread: id, before: "b", after: "a", limit: 200 },
  "message.delivery": { message: id },
  "read.mark": { channel: id, thread: id, message: id },
  "presence.get": {},
  "presence.set": { state: "dnd", until: 1, status: { emoji: "🌴", text: "On holiday", away: null, until: 0 } },
  "presence.active": {},
  "presence.watch": { accounts: [id] },
  "presence.settings": {},
  "presence.set-settings": { visibility: "members", lastSeen: false, typing: true, receipts: true, spaces: [{ space: id, visibility: "nobody" }], people: [{ account: id, show: null }] },
  "typing.set": { channel: id, thread: id, state: "recording" },
  "message.seen": { message: id },
  "peer.list": {},
  watch: { channels: [id], threads: [id] },
  "dm.open": { accounts: [id] },
  "dm.add": { space: id, accounts: [id] },
  "private.create": { space: id, name: "plans", topic: "what next", members: [id], showParent: true },
  "private.add": { space: id, accounts: [id] },
  "channel.make-private": { channel: id, members: [] },
  "request.list": {},
  "request.accept": { request: id },
  "request.decline": { request: id, block: true },
  "role.list": { space: id },
  "role.create": { space: id, name: "Helper", colour: "#3366ff", permissions: ["mute"], below: id },
  "role.set": { space: id, role: id, name: "Helper", colour: "", on: ["kick"], off: ["mute"], override: true },
  "role.move": { space: id, role: id, below: id, override: true },
  "member.role": { space: id, account: id, role: id, on: false, override: true },
  "space.transfer-ownership": { space: id, account: id, words, stay: true },
  "ownership.get": { space: id },
  "ownership.set-recovery": { space: id, accounts: [id], needed: 1, words },
  "ownership.request": { space: id },
  "ownership.withdraw": { space: id },
  "ownership.approve": { space: id, request: id, words },
  "ownership.take": { space: id, words, keep: true, anew: true, override: true },
  "override.list": { channel: id },
  "channel.override": { channel: id, subject: { role: id }, allow: ["send"], deny: [] },
  "channel.rename": { channel: id, name: "design" },
  "channel.archive": { channel: id, on: true },
  "channel.lock": { channel: id, on: true },
  "channel.slow": { channel: id, seconds: 30 },
  "space.rename": { space: id, name: "Team" },
  "space.admission": { space: id, approve: true },
  "space.history": { space: id, history: "join" },
  "permissions.check": { space: id, channel: id, account: id, role: id, permission: "send", target: id },
  "member.kick": { space: id, account: id, override: true },
  "member.ban": { space: id, account: id, override: true, until: 0 },
  "member.unban": { space: id, account: id },
  "member.mute": { space: id, account: id, on: true, until: 1 },
  "restriction.list": { space: id },
  "removal.preview": { space: id, account: id },
  "audit.list": { space: id, kind: "mute", by: id, of: id, before: "p", limit: 10 },
  "report.create": { message: id, reason: "" },
  "report.list": { space: id },
  "report.resolve": { space: id, report: id },
  "message.delete": { message: id },
  "moderation.preview": { space: id, accounts: [id], invite: id, since: 0 },
  "moderation.cleanup": { space: id, accounts: [id], invite: id, since: 0, override: true },
  "moderation.voided": { space: id, cause: id },
  "moderation.adopt": { space: id, cause: id, events: [id] },
  "join.requests": { space: id },
  "join.approve": { space: id, request: id },
  "join.deny": { space: id, request: id, override: true },
  "account.set": { name: "Alice", about: null, pronouns: "she/her", avatar: "AAAA" },
  "person.get": { account: id },
  "person.list": {},
  "person.avatar": { account: id },
  "contact.list": {},
  "contact.name": { account: id, petname: "" },
  "contact.safety-number": { account: id },
  "contact.verify": { account: id, method: "qr", code: "multichat://verify/#x" },
  "contact.block": { account: id },
  "contact.unblock": { account: id },
  "contact.vouch": { account: id, space: id, claim: "Ana", until: 0 },
  "contact.unvouch": { account: id, space: id },
  "introduction.create": { account: id, to: id },
  "introduction.list": {},
  "introduction.answer": { introduction: "i1", accept: true },
  "device.list": {},
  "device.name": { device: id, name: "Laptop" },
  "device.revoke": { device: id, reason: "stolen", words: ["abandon"] },
  "device.link": {},
  "device.link-enter": { code: "multichat://link/#x", name: "Laptop" },
  "device.link-confirm": { same: true },
  "device.link-cancel": {},
  "device.link-get": {},
  "account.check-words": { words: ["abandon"] },
  "account.recover": { words: ["abandon"], via: "multichat://join/#x", name: "Laptop" },
  "account.recover-confirm": {},
  "account.recover-cancel": {},
  "account.recover-get": {},
  "account.rotate": { words: ["abandon"] },
  "account.delete": { name: "Alice" },
  "backup.write": { path: "/backups/alice", passphrase: "six words that nobody else has" },
  "backup.restore": { path: "/backups/alice", passphrase: "six words that nobody else has", words: ["abandon"] },
  "backup.get": {},
  "import.start": { format: "slack", path: "/exports/team", space: id, channel: id },
  "import.get": {},
  "import.cancel": {},
  "notify.rules": {},
  "notify.settings": { workspaces: "all", quiet: { zone: "Europe/Berlin", times: [{ days: [1, 7], from: "22:00", to: "07:00" }] }, keywords: ["lunch"] },
  "notify.rule": { scope: "channel", id, rule: { until: 5 } },
  "notify.why": { message: id },
  "inbox.list": { filter: "mentions", unread: true, limit: 10 },
  "inbox.clear": { items: [id] },
  "wake.get": {},
  "wake.key": {},
  "wake.subscribe": { endpoint: "https://push.example/send/abc", p256dh: `B${"A".repeat(86)}`, auth: "A".repeat(22) },
  "wake.unsubscribe": { endpoint: "https://push.example/send/abc" },
  "wake.test": {},
  "wake.set": { url: "https://ntfy.example/topic" },
  "unread.get": {},
  "own.get": { key: "petname/x" },
  "own.set": { key: "petname/x", value: null },
  "own.list": { prefix: "petname/" },
  "keys.protect": { passphrase: null, current: "old" },
  "keys.unlock": { passphrase: "old" },
  "space.forget": { space: id },
};

const commands = Object.keys(commandParams) as CommandName[];

test.each(commands)("%s accepts what the contract says, unchanged", (command) => {
  const params = good[command];
  expect(parseCommand({ command, params })).toEqual({ ok: true, value: { command, params } });
});

test.each(commands)("%s refuses a field it does not know", (command) => {
  const result = parseCommand({ command, params: { ...good[command], surprise: true } });
  expect(result).toMatchObject({ ok: false, error: { code: "bad-request" } });
});

type OptionalOf<T> = { [F in keyof T]-?: object extends Pick<T, F> ? F : never }[keyof T];

/** What may be left out; the contract's types say so too. */
const optional: { [C in CommandName]?: OptionalOf<Commands[C][0]>[] } = {
  "account.recover": ["name", "via"],
  "account.rotate": ["words"],
  "account.set": ["about", "avatar", "name", "pronouns"],
  "audit.list": ["by", "kind", "of", "before", "limit"],
  "backup.restore": ["words"],
  "import.start": ["channel"],
  "contact.verify": ["code"],
  "contact.vouch": ["claim", "until"],
  "device.link-enter": ["name"],
  "device.revoke": ["words"],
  "keys.protect": ["current"],
  "member.ban": ["override", "until"],
  "member.kick": ["override"],
  "member.mute": ["until"],
  "moderation.cleanup": ["accounts", "invite", "override"],
  "moderation.preview": ["accounts", "invite"],
  "moderation.voided": ["cause"],
  "permissions.check": ["account", "channel", "permission", "target", "role"],
  "private.create": ["showParent", "topic"],
  "request.decline": ["block"],
  "notify.settings": ["conversations", "everyone", "keywords", "pausedUntil", "quiet", "reactions", "reports", "requests", "sound", "workspaces"],
  "inbox.list": ["before", "filter", "limit", "unread"],
  "inbox.clear": ["items"],
  "role.create": ["below", "colour"],
  "role.set": ["colour", "name", "off", "on", "override"],
  "role.move": ["override"],
  "member.role": ["override"],
  "join.deny": ["override"],
  "ownership.set-recovery": ["words"],
  "ownership.approve": ["words"],
  "ownership.take": ["anew", "keep", "override", "words"],
  "space.transfer-ownership": ["stay", "words"],
  "channel.create": ["topic", "type"],
  "invite.create": ["role", "expiresIn", "uses"],
  "message.list": ["thread", "before", "after", "limit"],
  "message.send": ["reply", "thread", "also", "title", "tags", "expiresIn"],
  "message.edit": ["title", "tags"],
  "presence.set": ["state", "until", "status"],
  "presence.set-settings": ["visibility", "lastSeen", "typing", "receipts", "spaces", "people"],
  "read.mark": ["thread"],
  "typing.set": ["thread"],
  search: ["space", "channel", "from", "before", "after", "pinned", "hasFile", "cursor", "limit", "relevance"],
  "schedule.create": ["reply", "thread", "also", "title", "tags", "expiresIn"],
  watch: ["threads"],
};

const required = commands.flatMap((command) => {
  const mayLack = new Set<string>(optional[command]);
  return Object.keys(good[command])
    .filter((field) => !mayLack.has(field))
    .map((field) => [command, field] as const);
});

test.each(required)("%s refuses to do without %s, and names it", (command, field) => {
  const params = Object.fromEntries(Object.entries(good[command]).filter(([key]) => key !== field));
  expect(parseCommand({ command, params })).toMatchObject({
    ok: false,
    error: { code: "bad-request", message: expect.stringContaining(`\`${field}\``) },
  });
});

test.each([
  ["an address to call that is none", "wake.set", { url: "ntfy" }, "bad-request"],
  ["a push service that has no address", "wake.subscribe", { ...good["wake.subscribe"], endpoint: "push" }, "bad-request"],
  ["an address to call with a password in it", "wake.set", { url: "https://bob:secret@ntfy.example/topic" }, "bad-request"],
  ["a name of spaces", "account.create", { name: "   " }, "bad-request"],
  ["a name that is too long", "account.create", { name: "x".repeat(65) }, "too-large"],
  ["a name of which nothing can be seen", "account.create", { name: "\u200b \u202e" }, "bad-request"],
  ["an empty message", "message.send", { channel: id, text: " \n " }, "bad-request"],
  [
    "a message that is too long",
    "message.send",
    { channel: id, text: "x".repeat(40_001) },
    "too-large",
  ],
  ["an id in capitals", "space.leave", { space: id.toUpperCase() }, "bad-request"],
  ["a page too large", "message.list", { channel: id, limit: 201 }, "bad-request"],
  ["half a use", "invite.create", { space: id, uses: 0.5 }, "bad-request"],
  ["a lifetime beyond all stamps", "message.send", { channel: id, text: "hello", expiresIn: Number.MAX_SAFE_INTEGER }, "bad-request"],
  ["an invite beyond all stamps", "invite.create", { space: id, expiresIn: Number.MAX_SAFE_INTEGER }, "bad-request"],
  ["a ban beyond all stamps", "member.ban", { space: id, account: id, until: 2 ** 47 }, "bad-request"],
  ["a vouch beyond all stamps", "contact.vouch", { space: id, account: id, claim: "Bob", until: 2 ** 47 }, "bad-request"],
  ["a lifetime in the past", "invite.create", { space: id, expiresIn: -1 }, "bad-request"],
  ["two words of the phrase", "account.confirm-phrase", { words: [] }, "bad-request"],
  ["params that are no object", "space.list", [], "bad-request"],
])("%s is refused", (_what, command, params, code) => {
  expect(parseCommand({ command, params })).toMatchObject({ ok: false, error: { code } });
});

test("a name is taken as it will be shown", () => {
  expect(parseCommand({ command: "account.create", params: { name: " Al\u202eice\n" } })).toMatchObject({ value: { params: { name: "Al ice" } } });
});

test("params may be left out where there are none", () => {
  expect(parseCommand({ command: "space.list" })).toEqual({
    ok: true,
    value: { command: "space.list", params: {} },
  });
});
