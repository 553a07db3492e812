/** Whether somebody is told of something, how, and why (spec/14-notifications.md, Deciding). Pure: everything it depends on comes in. */
import { quietUntil } from "./quiet-hours.ts";
import type { Level, Rule, Rules, Scope } from "./rules.ts";

/** What is told of a message, or something else that wants to be decided. */
export type Subject = "message" | "reaction" | "request" | "report" | "added";

/** Why nobody is told, whatever the rules. */
export type Obstacle = "own" | "history" | "imported" | "deleted" | "expired" | "blocked" | "read";

export interface Facts {
  subject: Subject;
  /** The account whose doing it is; null where nobody knows. */
  who: string | null;
  space: string | null;
  channel: string | null;
  /** The message on which the thread hangs that it is in. */
  thread: string | null;
  /** In a conversation. */
  direct: boolean;
  /** By name, by a role of theirs, or as one of everyone, where the author might. */
  calls: "person" | "role" | "everyone" | null;
  /** It answers a message of this person. */
  answers: boolean;
  /** This person wrote in its thread. */
  tookPart: boolean;
  text: string;
  obstacle: Obstacle | null;
}

export interface Situation {
  /** ms */
  now: number;
  /** The time zone that this device is in. */
  zone: string;
  /** This person said that they are not to be disturbed: until then, ms; null: they did not. */
  disturbAfter: number | null;
}

/** What about it somebody is told. */
export type Cause = "mention" | "role" | "everyone" | "answer" | "thread" | "keyword" | "direct" | "message" | "reaction" | "request" | "report" | "added";

/** As data: interfaces put it into words. Times are ms, Infinity where there is no end. */
export type Reason =
  | { why: Obstacle }
  | { why: "muted"; of: Scope; until: number }
  | { why: "level"; of: Scope | "general"; level: Level }
  | { why: "everyone"; of: Scope | "general" }
  | { why: "switched-off"; what: "reactions" | "requests" | "reports" }
  | { why: "quiet"; of: "hours" | "pause" | "status"; until: number }
  | { why: "told"; of: Scope | "general"; anyway: boolean };

export interface Decision {
  /** `badge`: it is in the inbox, and nothing else happens. */
  how: "nothing" | "badge" | "banner";
  sound: boolean;
  cause: Cause | null;
  keyword: string | null;
  reason: Reason;
}

interface Ruling {
  of: Scope;
  rule: Rule;
}

function nothing(reason: Reason): Decision {
  return { how: "nothing", sound: false, cause: null, keyword: null, reason };
}

/** The rules that are about it, what is closest first. */
function rulingsOf(facts: Facts, rules: Rules): Ruling[] {
  const scopes: [Scope, string | null][] = [["person", facts.who], ["thread", facts.thread], ["channel", facts.channel], ["space", facts.space]];
  return scopes.flatMap(([of, id]) => {
    const rule = id === null ? null : rules.rule(of, id);
    return rule === null ? [] : [{ of, rule }];
  });
}

export function decide(facts: Facts, rules: Rules, situation: Situation): Decision {
  if (facts.obstacle !== null) return nothing({ why: facts.obstacle });
  const rulings = rulingsOf(facts, rules);
  const muted = rulings.find(({ rule }) => (rule.until ?? 0) > situation.now);
  if (muted !== undefined) return nothing({ why: "muted", of: muted.of, until: muted.rule.until! });
  const level = levelOf(facts, rules, rulings);
  const isSaid = facts.subject === "message" || facts.subject === "reaction";
  // How much somebody wants to read says nothing of what waits for their answer.
  if (level.level === "nothing" && (isSaid || level.of !== "general")) return nothing({ why: "level", ...level });
  const found = facts.subject === "message" ? causeOf(facts, rules, rulings, level) : switchOf(facts.subject, rules);
  if ("why" in found) return nothing(found);
  const { cause, keyword = null } = found;
  const anyway = rulings.some(({ of, rule }) => of === "person" && rule.anyway === true);
  const quiet = quietOf(rules, situation);
  if (quiet !== null && !anyway) return { how: "badge", sound: false, cause, keyword, reason: quiet };
  return { how: "banner", sound: rules.general.sound, cause, keyword, reason: { why: "told", of: level.of, anyway: quiet !== null } };
}

function levelOf(facts: Facts, { general }: Rules, rulings: readonly Ruling[]): { of: Scope | "general"; level: Level } {
  const said = rulings.find(({ rule }) => rule.level !== undefined);
  if (said !== undefined) return { of: said.of, level: said.rule.level! };
  return { of: "general", level: facts.direct ? general.conversations : general.workspaces };
}

/** What counts at this level; the first of these. */
function causeOf(facts: Facts, rules: Rules, rulings: readonly Ruling[], level: { of: Scope | "general"; level: Level }): { cause: Cause; keyword?: string } | Reason {
  if (facts.calls === "person") return { cause: "mention" };
  const many = rulings.find(({ rule }) => rule.everyone !== undefined);
  const everyone = many?.rule.everyone ?? rules.general.everyone;
  if (facts.calls !== null && everyone) return { cause: facts.calls };
  if (facts.answers) return { cause: "answer" };
  if (follows(facts, rulings)) return { cause: "thread" };
  const keyword = rules.keywordIn(facts.text);
  if (keyword !== null) return { cause: "keyword", keyword };
  if (level.level === "all") return { cause: facts.direct ? "direct" : "message" };
  if (facts.calls !== null) return { why: "everyone", of: many?.of ?? "general" };
  return { why: "level", ...level };
}

/** What a rule says of a thread, else whether one took part in it. */
function follows({ thread, tookPart }: Facts, rulings: readonly Ruling[]): boolean {
  const said = rulings.find(({ of }) => of === "thread")?.rule.level;
  return thread !== null && (said === undefined ? tookPart : said === "all");
}

function switchOf(subject: Exclude<Subject, "message">, { general }: Rules): { cause: Cause; keyword?: string } | Reason {
  const what = ({ reaction: "reactions", request: "requests", report: "reports", added: "requests" } as const)[subject];
  return general[what] ? { cause: subject } : { why: "switched-off", what };
}

function quietOf({ general }: Rules, situation: Situation): Reason | null {
  const { now, disturbAfter } = situation;
  if (disturbAfter !== null && disturbAfter > now) return { why: "quiet", of: "status", until: disturbAfter };
  if (general.pausedUntil > now) return { why: "quiet", of: "pause", until: general.pausedUntil };
  // The zone takes longer to ask for than all else here, and most people have no such hours.
  if (general.quiet.times.length === 0) return null;
  const until = quietUntil(general.quiet, now, situation.zone);
  return until === null ? null : { why: "quiet", of: "hours", until };
}
