import { describe, expect, test, vi } from "vitest";
import { type Facts, type Situation, decide } from "./decide.ts";
import { keywordFinder } from "./keywords.ts";
import { type GeneralRules, type Rule, type Rules, startingRules } from "./rules.ts";

const now = Date.UTC(2026, 10, 23, 12);
const plain: Facts = { subject: "message", who: "bob", space: "team", channel: "general", thread: null, direct: false, calls: null, answers: false, tookPart: false, text: "lunch?", obstacle: null };
const direct: Partial<Facts> = { direct: true };
const inThread: Partial<Facts> = { thread: "root" };

function rulesOf(general: Partial<GeneralRules>, places: Record<string, Rule>): Rules {
  const all = { ...startingRules, ...general };
  return { general: all, rule: (scope, id) => places[`${scope}/${id}`] ?? null, keywordIn: keywordFinder(all.keywords) };
}

function told(facts: Partial<Facts>, general: Partial<GeneralRules> = {}, places: Record<string, Rule> = {}, situation: Partial<Situation> = {}): string {
  const { how, cause, keyword, reason, sound } = decide({ ...plain, ...facts }, rulesOf(general, places), { now, zone: "UTC", disturbAfter: null, ...situation });
  const of = "of" in reason ? ` ${reason.of}` : "what" in reason ? ` ${reason.what}` : "";
  return `${how}${sound ? "+sound" : ""}${cause === null ? "" : ` ${cause}`}${keyword === null ? "" : ` "${keyword}"`}: ${reason.why}${of}`;
}

const always = { zone: "UTC", times: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" }] };
const later = now + 1;

describe("what is told of, and why", () => {
  test.each<[string, string, Partial<Facts>, Partial<GeneralRules>?, Record<string, Rule>?, Partial<Situation>?]>([
    // What a message says
    ["a message of a workspace is not", "nothing: level general", {}],
    ["a message of a conversation is", "banner direct: told general", direct],
    ["one that calls me by name", "banner mention: told general", { calls: "person" }],
    ["one that calls a role of mine", "banner role: told general", { calls: "role" }],
    ["one that calls everyone", "banner everyone: told general", { calls: "everyone" }],
    ["an answer to me", "banner answer: told general", { answers: true }],
    ["a reply in a thread in which I wrote", "banner thread: told general", { ...inThread, tookPart: true }],
    ["a reply in a thread in which I did not", "nothing: level general", inThread],
    ["a keyword", 'banner keyword "Lunch": told general', {}, { keywords: ["dinner", "Lunch"] }],
    ["only whole words are keywords", "nothing: level general", {}, { keywords: ["lun"] }],
    ["being called by name comes before a keyword", "banner mention: told general", { calls: "person" }, { keywords: ["lunch"] }],
    // Never
    ...(["own", "history", "imported", "deleted", "expired", "blocked", "read"] as const).map((obstacle): [string, string, Partial<Facts>, Partial<GeneralRules>, Record<string, Rule>] => [
      `what is ${obstacle}`, `nothing: ${obstacle}`, { calls: "person", obstacle }, {}, { "person/bob": { anyway: true, level: "all" } },
    ]),
    // Levels
    ["everything, as a general rule", "banner message: told general", {}, { workspaces: "all" }],
    ["everything in a channel", "banner message: told channel", {}, {}, { "channel/general": { level: "all" } }],
    ["everything in a workspace, but nothing in the channel", "nothing: level channel", { calls: "person" }, {}, { "space/team": { level: "all" }, "channel/general": { level: "nothing" } }],
    ["nothing in a workspace, but mentions in the channel", "banner mention: told channel", { calls: "person" }, {}, { "space/team": { level: "nothing" }, "channel/general": { level: "mentions" } }],
    ["nothing of a person", "nothing: level person", { calls: "person" }, {}, { "person/bob": { level: "nothing" }, "channel/general": { level: "all" } }],
    ["everything of a person", "banner message: told person", {}, {}, { "person/bob": { level: "all" }, "channel/general": { level: "nothing" } }],
    ["a thread that is followed", "banner thread: told thread", inThread, {}, { "thread/root": { level: "all" }, "channel/general": { level: "nothing" } }],
    ["a thread that is followed no more", "nothing: level thread", { ...inThread, tookPart: true }, {}, { "thread/root": { level: "mentions" } }],
    ["a call in a thread that is followed no more", "banner mention: told thread", { ...inThread, calls: "person" }, {}, { "thread/root": { level: "mentions" } }],
    ["only mentions in conversations", "nothing: level general", direct, { conversations: "mentions" }],
    // Everyone
    ["calls of everyone switched off", "nothing: everyone general", { calls: "everyone" }, { everyone: false }],
    ["off in a channel", "nothing: everyone channel", { calls: "role" }, {}, { "channel/general": { everyone: false } }],
    ["off in general, on in a workspace", "banner everyone: told general", { calls: "everyone" }, { everyone: false }, { "space/team": { everyone: true } }],
    ["off, but everything is told of", "banner message: told channel", { calls: "everyone" }, { everyone: false }, { "channel/general": { level: "all" } }],
    ["off, but it answers me", "banner answer: told general", { calls: "everyone", answers: true }, { everyone: false }],
    // Muted
    ["a muted channel", "nothing: muted channel", { calls: "person" }, {}, { "channel/general": { until: later } }],
    ["a muted workspace, whatever the channel says", "nothing: muted space", { calls: "person" }, {}, { "space/team": { until: later }, "channel/general": { level: "all" } }],
    ["a muted person", "nothing: muted person", { ...direct, calls: "person" }, {}, { "person/bob": { until: later } }],
    ["a muted thread", "nothing: muted thread", { ...inThread, tookPart: true }, {}, { "thread/root": { until: later } }],
    ["muted until now", "banner mention: told general", { calls: "person" }, {}, { "channel/general": { until: now } }],
    // Not to be disturbed
    ["quiet hours", "badge mention: quiet hours", { calls: "person" }, { quiet: always, sound: true }],
    ["quiet hours, and nothing to tell of", "nothing: level general", {}, { quiet: always }],
    ["quiet hours, but this person anyway", "banner mention: told general", { calls: "person" }, { quiet: always }, { "person/bob": { anyway: true } }],
    ["this person anyway, but in a muted channel", "nothing: muted channel", { calls: "person" }, { quiet: always }, { "person/bob": { anyway: true }, "channel/general": { until: later } }],
    ["a pause", "badge direct: quiet pause", direct, { pausedUntil: later }],
    ["a pause that is over", "banner direct: told general", direct, { pausedUntil: now }],
    ["not to be disturbed by one's status", "badge direct: quiet status", direct, { pausedUntil: later }, {}, { disturbAfter: Infinity }],
    ["sounds", "banner+sound direct: told general", direct, { sound: true }],
    // What is no message
    ["a reaction", "banner reaction: told general", { subject: "reaction" }],
    ["reactions switched off", "nothing: switched-off reactions", { subject: "reaction" }, { reactions: false }],
    ["a reaction in a channel of which nothing is told", "nothing: level channel", { subject: "reaction" }, {}, { "channel/general": { level: "nothing" } }],
    ["a request, though nothing is told of conversations", "banner request: told general", { subject: "request", space: null, channel: null, direct: true }, { conversations: "nothing" }],
    ["requests switched off", "nothing: switched-off requests", { subject: "request", space: null, channel: null }, { requests: false }],
    ["a report", "banner report: told general", { subject: "report", channel: null }],
    ["being let in somewhere", "banner added: told general", { subject: "added" }],
    ["being let in somewhere, requests switched off", "nothing: switched-off requests", { subject: "added" }, { requests: false }],
    ["being let in by somebody who is muted", "nothing: muted person", { subject: "added" }, {}, { "person/bob": { until: later } }],
    ["being let in, in quiet hours", "badge added: quiet hours", { subject: "added" }, { quiet: always }],
    ["having been let in long ago", "nothing: history", { subject: "added", obstacle: "history" }],
    ["a report in a muted workspace", "nothing: muted space", { subject: "report", channel: null }, {}, { "space/team": { until: later } }],
    ["reports switched off", "nothing: switched-off reports", { subject: "report" }, { reports: false }],
  ])("%s → %s", (_, expected, facts, general, places, situation) => {
    expect(told(facts, general, places, situation)).toBe(expected);
  });

  test("a mute says when it ends", () => {
    const { reason } = decide(plain, rulesOf({}, { "channel/general": { until: later } }), { now, zone: "UTC", disturbAfter: null });
    expect(reason).toEqual({ why: "muted", of: "channel", until: later });
  });
});

describe("keywords", () => {
  test.each([
    ["Müller", "frau MULLER ruft an", true],
    ["on call", "who is on-call?", true],
    ["on call", "on the call", false],
    ["東京", "明日は東京に行く", true],
    ["  ", "anything", false],
  ])("%s in %s: %s", (keyword, text, found) => {
    expect(keywordFinder([keyword])(text) !== null).toBe(found);
  });
});

test("who keeps no hours is told without the zone being asked for, which takes long", () => {
  const zone = vi.fn<() => string>(() => "UTC");
  const situation = {
    now,
    get zone() {
      return zone();
    },
    disturbAfter: null,
  };
  const called = { ...plain, direct: true };
  expect(decide(called, rulesOf({}, {}), situation).how).toBe("banner");
  expect(zone).not.toHaveBeenCalled();
  expect(decide(called, rulesOf({ quiet: { zone: null, times: always.times } }, {}), situation).how).toBe("badge");
  expect(zone).toHaveBeenCalled();
});
