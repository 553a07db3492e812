/** What somebody is told of, and why, in words. */
import type { InboxItem, Notification, NotificationDecision, NotificationReason, NotificationRules, Wake, WakeCalls } from "@multichat/client/contract";
import { namedText } from "../export/export-message.ts";
import { oneLine } from "./printable.ts";
import { isoDay, plural, relativeTime, timeOfDay } from "./times.ts";

const causes: Record<InboxItem["cause"], string> = {
  mention: "it calls you by name",
  role: "it calls a role of yours",
  everyone: "it calls everyone",
  answer: "it answers you",
  thread: "it is in a thread that you follow",
  keyword: "it has a keyword of yours",
  direct: "it is in a conversation of yours",
  message: "you want to be told of everything there",
  reaction: "somebody reacted to a message of yours",
  request: "somebody waits for your answer",
  report: "somebody reported a message",
  added: "somebody let you in",
};

const never: Record<Extract<NotificationReason, { why: "own" | "history" | "imported" | "deleted" | "expired" | "blocked" | "read" }>["why"], string> = {
  own: "you wrote it yourself",
  history: "it was written before you were here",
  imported: "it was imported",
  deleted: "it was deleted",
  expired: "it has disappeared",
  blocked: "you have blocked its author",
  read: "you had read it already",
};

const places = { person: "its author", thread: "this thread", channel: "this channel", space: "this workspace", general: "everything" } as const;
const levels = { all: "everything", mentions: "mentions and replies only", nothing: "nothing" } as const;
/** Later than this is without end. */
const endless = 2 ** 47 - 1;

function until(time: number | null, now: number): string {
  if (time === null || time >= endless) return "for good";
  return isoDay(time) === isoDay(now) ? `until ${timeOfDay(time)}` : `until ${isoDay(time)} ${timeOfDay(time)}`;
}

export function reasonWords(reason: NotificationReason, now: number): string {
  switch (reason.why) {
    case "muted":
      return `${places[reason.of]} is muted ${until(reason.until, now)}`;
    case "level":
      return `you are told of ${levels[reason.level]} ${reason.of === "person" ? "by" : "in"} ${reason.of === "general" ? "most places" : places[reason.of]}`;
    case "everyone":
      return "calls of everyone are switched off there";
    case "switched-off":
      return `${reason.what} are switched off`;
    case "quiet":
      return `you are not to be disturbed ${until(reason.until, now)}`;
    case "told":
      return reason.anyway ? "you are to be told of its author anyway" : "nothing speaks against it";
    default:
      return never[reason.why];
  }
}

export function decisionWords({ how, cause, keyword, reason }: NotificationDecision, now: number): string {
  const why = reasonWords(reason, now);
  if (how === "nothing" || cause === null) return `You were not told of it: ${why}.`;
  const what = keyword === null ? causes[cause] : `it has your keyword "${keyword}"`;
  return how === "badge" ? `It is in the inbox, because ${what}, and made no noise: ${why}.` : `You were told of it, because ${what}${reason.why === "told" && reason.anyway ? `, and ${why}` : ""}.`;
}

export function itemWords(item: InboxItem): string {
  const who = item.who?.name ?? "Somebody";
  const where = item.channel === null ? (item.space?.name ?? "") : `${item.space?.name ?? ""} #${item.channel.name}`;
  const text = item.message === null ? "" : oneLine(namedText(item.message)).slice(0, 100);
  return `${item.read ? " " : "•"} ${who}${where === "" ? "" : ` (${where})`}: ${item.emoji ?? causes[item.cause]}${text === "" ? "" : `: ${text}`}`;
}

export function notificationWords({ kind, count, item, places: where }: Notification): string {
  if (kind === "one") return itemWords(item);
  if (kind === "more") return `${plural(count, "new message")} in ${where[0]!.name}`;
  const list = where.map((place) => `${place.name} (${place.count})`).join(", ");
  return kind === "many" ? `${plural(count, "new message")}: ${list}` : `You missed ${plural(count, "message")}: ${list}`;
}

export function wakeWords(wake: Wake, now: number): string {
  const browsers = wake.browsers.map((one) => `a browser, through ${one.service}: ${one.ended ? `no longer; it is to be switched on there again. ${one.problem}` : callsWords(one, now)}`);
  const lines = [...(wake.url === null ? [] : [`${wake.url}: ${callsWords(wake, now)}`]), ...browsers];
  return lines.length === 0 ? "Nothing is called." : lines.join("\n");
}

function callsWords({ problem, taken }: WakeCalls, now: number): string {
  if (problem !== null) return `the last call was not taken. ${problem}`;
  return taken === null ? "not called yet" : `last called ${relativeTime(taken, now)}`;
}

/** @param names what rules are about, by `scope/id` */
export function rulesWords({ rules, keywords, quiet, pausedUntil, ...general }: NotificationRules, names: ReadonlyMap<string, string>, now: number): string {
  const lines = [
    `workspaces: ${levels[general.workspaces]}`,
    `conversations: ${levels[general.conversations]}`,
    ...(["everyone", "reactions", "requests", "reports", "sound"] as const).map((name) => `${name}: ${general[name] ? "on" : "off"}`),
    `keywords: ${keywords.join(", ") || "none"}`,
    ...quiet.times.map(({ days, from, to }) => `not to be disturbed: days ${days.join(" ")}, ${from} to ${to} (${quiet.zone ?? "local time"})`),
    ...(pausedUntil > now ? [`paused ${until(pausedUntil, now)}`] : []),
  ];
  const each = rules.map(({ scope, id, rule }) => {
    const said = [
      rule.level === undefined ? "" : levels[rule.level],
      (rule.until ?? 0) > now ? `muted ${until(rule.until!, now)}` : "",
      rule.everyone === undefined ? "" : `everyone ${rule.everyone ? "on" : "off"}`,
      rule.anyway === true ? "also while not to be disturbed" : "",
    ];
    return `${oneLine(names.get(`${scope}/${id}`) ?? `${scope} ${id.slice(0, 12)}`)}: ${said.filter((one) => one !== "").join(", ") || "as everywhere"}`;
  });
  return [...lines, ...each].join("\n");
}
