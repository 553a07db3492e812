import type { Client } from "@multichat/client";
import type { NotificationLevel, NotificationRule, NotificationRules, NotificationScope, NotificationSettings, Wake } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { decisionWords, itemWords, notificationWords, rulesWords, wakeWords } from "../notification-words.ts";
import { resolveChannel, resolvePerson, resolveSpace } from "../resolve.ts";
import { ruleNames } from "../rule-names.ts";
import { parseDuration } from "../times.ts";
import { untilInterrupted } from "../until-interrupted.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";

interface RuleOptions extends VerbOptions {
  space?: string;
  channel?: string;
  member?: string;
  thread?: string;
  level?: string;
  mute?: string;
  everyone?: string;
  anyway?: string;
  clear?: true;
}

interface WakeOptions extends VerbOptions {
  test?: true;
  forget?: string;
}

interface SettingOptions extends VerbOptions {
  workspaces?: string;
  conversations?: string;
  keywords?: string;
  pause?: string;
  quiet?: string;
  zone?: string;
  sound?: string;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
/** Muted for good. */
const endless = 2 ** 47 - 1;

export function addNotifyVerbs(program: Command, host: CliHost): void {
  const notify = program.command("notify").description("what you are told of, and why");

  verb(notify, "list", "show the inbox (also without \"list\"); with --follow what is to be shown, as it happens", { isDefault: true })
    .option("--follow", "until Ctrl-C; with --json one line for each")
    .action((options: VerbOptions & { follow?: true }) =>
      withNode(host, options, async ({ client, print }) => {
        if (options.follow !== true) {
          const { items, unread } = await client.call("inbox.list", { limit: 200 });
          return print({ items, unread }, items.length === 0 ? "Nothing to tell you of." : items.map(itemWords).join("\n"));
        }
        const ended = untilInterrupted(client, host);
        client.on("notification", (notification) => print({ notification }, notificationWords(notification)));
        await ended;
      }),
    );

  verb(notify, "rules", "show what you are told of, or change it for a workspace, channel, member or thread")
    .option("--space <space>", "name or id")
    .option("--channel <channel>", "name or id; goes with --space")
    .option("--member <member>", "name or id")
    .option("--thread <id>", "the id of the message on which it hangs")
    .option("--level <level>", "all, mentions or nothing")
    .option("--mute <time>", "90s, 30m, 12h, 7d, never: for good; 0s: no longer")
    .option("--everyone <switch>", "on or off: calls of everyone")
    .option("--anyway <switch>", "on or off: also while not to be disturbed, of a member")
    .option("--clear", "as everywhere again")
    .action((options: RuleOptions) =>
      withNode(host, options, async ({ client, print, hint }) => {
        let { rules } = await client.call("notify.rules", {});
        const about = await subject(client, options, hint);
        if (about !== null) {
          const rule = options.clear === true ? {} : changed(rules, about, options, host.now());
          ({ rules } = await client.call("notify.rule", { ...about, rule }));
        }
        print({ rules }, rulesWords(rules, await ruleNames(client, rules.rules), host.now()));
      }),
    );

  verb(notify, "settings", "show what you are told of in general, or change it")
    .option("--workspaces <level>", "all, mentions or nothing")
    .option("--conversations <level>", "all, mentions or nothing")
    .option("--keywords <words>", "words to be told of, with commas between them; none for none")
    .option("--pause <time>", "not to be disturbed for 30m, 12h, never: for good; 0s: no longer")
    .option("--quiet <hours>", "not to be disturbed: 22:00-07:00, or 1-5 22:00-07:00 on some days; none for none")
    .option("--zone <zone>", "of these hours: a time zone like Europe/Berlin, or here")
    .option("--sound <switch>", "on or off")
    .action((options: SettingOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const before = (await client.call("notify.rules", {})).rules;
        const { rules } = await client.call("notify.settings", settings(before, options, host.now()));
        print({ rules }, rulesWords(rules, await ruleNames(client, rules.rules), host.now()));
      }),
    );

  verb(notify, "wake", "show what is called while nobody looks here, or choose it; nothing is said to it of whom or what")
    .argument("[url]", "an address of ntfy or UnifiedPush, or any other; none for none")
    .option("--test", "call now, whoever looks, and say how it went")
    .option("--forget <service>", "no longer tell the browsers of this push service: its host, as it is listed")
    .action((url: string | undefined, options: WakeOptions) =>
      withNode(host, options, async ({ client, print }) => {
        let { wake } = url === undefined ? await client.call("wake.get", {}) : await client.call("wake.set", { url: url === "none" ? null : url });
        if (options.forget !== undefined) wake = await forgetBrowsers(client, wake, options.forget);
        if (options.test === true) wake = await tested(client);
        print({ wake }, wakeWords(wake, host.now()));
      }),
    );

  verb(notify, "why", "say why you were told of a message, or were not")
    .argument("<message>", "its id")
    .action((message: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { decision } = await client.call("notify.why", { message });
        const text = decisionWords(decision, host.now());
        print({ decision, text }, text);
      }),
    );

  verb(notify, "clear", "take something out of the inbox, or everything")
    .argument("[item]", "its id")
    .action((item: string | undefined, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { unread, missing } = await client.call("inbox.clear", item === undefined ? {} : { items: [item] });
        if (missing.length > 0) throw new CliError("not-found", "That is not in the inbox, or not any more.");
        print({ unread }, unread === 0 ? "The inbox is clear." : `${unread} left in the inbox.`);
      }),
    );

  verb(program, "unread", "show how much there is to read").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { total, mentions, channels } = await client.call("unread.get", {});
      const rows = channels.map(({ name, space, unread, mentions: called }) => [space.name, `#${name}`, String(unread), called === 0 ? "" : `${called} for you`]);
      print({ total, mentions, channels }, total === 0 ? "Nothing unread." : columns(rows));
    }),
  );
}

/** What a rule is to be about; null: nothing was named. */
async function subject(client: Client, { space, channel, member, thread, level, mute, everyone, anyway, clear }: RuleOptions, hint: NodeVerb["hint"]): Promise<{ scope: NotificationScope; id: string } | null> {
  if (thread !== undefined) {
    // It has to be a message that is here, but to be forgotten.
    if (clear !== true) await client.call("message.history", { message: thread });
    return { scope: "thread", id: thread };
  }
  if (member !== undefined) return { scope: "person", id: (await resolvePerson(client, member)).id };
  if (channel !== undefined && space === undefined) throw new CliError("bad-request", "Say with --space in which workspace the channel is.");
  if (space === undefined) {
    if ([level, mute, everyone, anyway, clear].some((one) => one !== undefined)) {
      throw new CliError("bad-request", `Say with --space, --channel, --member or --thread what this is about. What holds everywhere is changed with: ${hint("multichat notify settings")}`);
    }
    return null;
  }
  if (channel !== undefined) return { scope: "channel", id: (await resolveChannel(client, space, channel)).id };
  return { scope: "space", id: (await resolveSpace(client, space)).id };
}

function changed(rules: NotificationRules, about: { scope: NotificationScope; id: string }, options: RuleOptions, now: number): NotificationRule {
  const { until, ...before } = rules.rules.find(({ scope, id }) => scope === about.scope && id === about.id)?.rule ?? {};
  return {
    ...before,
    ...mutedUntil(options.mute === undefined ? until : end(options.mute, now)),
    ...(options.level !== undefined && { level: level(options.level) }),
    ...(options.everyone !== undefined && { everyone: isOn(options.everyone) }),
    ...(options.anyway !== undefined && { anyway: isOn(options.anyway) }),
  };
}

/** A mute that was taken back leaves nothing behind. */
function mutedUntil(until: number | undefined): NotificationRule {
  return until === undefined || until === 0 ? {} : { until };
}

function settings({ quiet }: NotificationRules, options: SettingOptions, now: number): Partial<NotificationSettings> {
  const zone = options.zone === undefined ? quiet.zone : options.zone === "here" ? null : options.zone;
  return {
    ...(options.workspaces !== undefined && { workspaces: level(options.workspaces) }),
    ...(options.conversations !== undefined && { conversations: level(options.conversations) }),
    ...(options.keywords !== undefined && { keywords: options.keywords === "none" ? [] : options.keywords.split(",").map((word) => word.trim()).filter((word) => word !== "") }),
    ...(options.pause !== undefined && { pausedUntil: end(options.pause, now) }),
    ...((options.quiet !== undefined || options.zone !== undefined) && { quiet: { zone, times: options.quiet === undefined ? quiet.times : hours(options.quiet) } }),
    ...(options.sound !== undefined && { sound: isOn(options.sound) }),
  };
}

async function forgetBrowsers(client: Client, wake: Wake, service: string): Promise<Wake> {
  const found = wake.browsers.filter((one) => one.service === service);
  if (found.length === 0) throw new CliError("not-found", `No browser is told through ${service}.`);
  let left = wake;
  for (const { endpoint } of found) left = (await client.call("wake.unsubscribe", { endpoint })).wake;
  return left;
}

/** As it is once every call has been answered, or was given up. */
async function tested(client: Client): Promise<Wake> {
  const { promise, resolve } = Promise.withResolvers<Wake>();
  const settled = (wake: Wake): void => {
    if ([wake, ...wake.browsers].every(({ calling }) => !calling)) resolve(wake);
  };
  client.on("wake", settled);
  settled((await client.call("wake.test", {})).wake);
  return promise;
}

function level(text: string): NotificationLevel {
  if (text === "all" || text === "mentions" || text === "nothing") return text;
  throw new CliError("bad-request", "A level is all, mentions or nothing.");
}

function isOn(text: string): boolean {
  if (text === "on" || text === "off") return text === "on";
  throw new CliError("bad-request", "Write on or off.");
}

/** `0s` ends it. */
function end(text: string, now: number): number {
  if (text === "0s") return 0;
  const ms = parseDuration(text);
  if (ms === null) throw new CliError("bad-request", "Write a time as 90s, 30m, 12h, 7d, 2w or never, at most a hundred years.");
  return ms === 0 ? endless : Math.floor(now + ms);
}

function hours(text: string): NotificationSettings["quiet"]["times"] {
  if (text === "none") return [];
  return text.split(",").map((one) => {
    const [, first, last, from, to] = /^(?:([1-7])(?:-([1-7]))? )?(\d\d:\d\d)-(\d\d:\d\d)$/.exec(one.trim()) ?? [];
    if (from === undefined || to === undefined) throw new CliError("bad-request", "Write hours as 22:00-07:00, or 1-5 22:00-07:00 for some days (1 is Monday).");
    const [begin, finish] = [Number(first ?? 1), Number(last ?? first ?? 7)];
    return { days: everyDay.filter((day) => day >= begin && day <= finish), from, to };
  });
}
