/** The rules of judgement against spec/vectors (control-logs.json), which other implementations run too. */
import { readFileSync } from "node:fs";
import { type ControlLog, type Event, createControlLog, judgeContent, openEvent, resolve } from "@multichat/core";
import { type EventId, type SpaceId, decodeEvent, fromHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { describe, expect, it } from "vitest";
import { leadsTo } from "../../../spec/vectors/generator/control-log-story.ts";
import { controlLogHistories } from "../../../spec/vectors/generator/control-logs.ts";
import { crypto } from "./people.ts";

interface History {
  what: string;
  space: SpaceId;
  events: string[];
}
interface Resolved extends History {
  policies: Record<string, string | number>;
  members: { account: string; grants: { id: string; role: string }[]; devices: string[] }[];
  roles: { id: string; rank: number; name: string; permissions: number }[];
  channels: { id: string; name: string; topic: string; archived: boolean }[];
  invites: { id: string; revoked: boolean; admitted: string[] }[];
  departed: { account: string; how: string; until: number }[];
  mutes: { account: string; until: number; event: string }[];
  content: { event: string; standsIfBefore: boolean; standsIfAfter: boolean }[];
  void: { id: string; why: string }[];
}

function read(folder: "valid" | "invalid"): unknown {
  return JSON.parse(readFileSync(new URL(`../../../spec/vectors/${folder}/control-logs.json`, import.meta.url), "utf8"));
}

const { histories } = read("valid") as { histories: Resolved[] };
const { withoutEffect, noSpace } = read("invalid") as { withoutEffect: (History & { void: EventId; why: string })[]; noSpace: History[] };

function opened(hex: string): Event {
  const wire = decodeEvent(fromHex(hex));
  const event = wire.ok ? openEvent(crypto, wire.value) : wire;
  if (!event.ok) throw new Error(event.error);
  return event.value;
}

/** Some order in which every event comes after those it cites. */
function shuffled(events: readonly Event[], seed: number): Event[] {
  const random = createSeededRandom(seed);
  const left = new Map(events.map((event) => [event.id, event]));
  const order: Event[] = [];
  while (left.size > 0) {
    const next = random.pick([...left.values()].filter(({ header }) => header.ctl.every((id) => !left.has(id))));
    order.push(next);
    left.delete(next.id);
  }
  return order;
}

function logOf({ space, events }: History, seed: number): ControlLog {
  const log = createControlLog(space);
  for (const event of shuffled(events.map(opened), seed)) expect(log.add(event)).toEqual({ added: true, missing: [] });
  return log;
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

describe("control logs", () => {
  it.each(histories)("$what", (history) => {
    for (let seed = 0; seed < 5; seed++) {
      const state = resolve(crypto, logOf(history, seed))!;
      expect(Object.fromEntries(state.policies)).toEqual(history.policies);
      expect(new Set(state.members.keys())).toEqual(new Set(history.members.map(({ account }) => account)));
      for (const { account, grants, devices } of history.members) {
        const member = state.members.get(account as never)!;
        expect(member.grants.map(({ id, role }) => ({ id, role: role.id }))).toEqual(grants);
        expect([...member.devices].sort()).toEqual(devices);
      }
      expect([...state.roles.values()].sort(byId)).toMatchObject([...history.roles].sort(byId));
      const channels = [...state.channels.values()].map((channel) => ({ ...channel, overrides: channel.overrides.map(({ event }) => event).sort() }));
      expect(channels.sort(byId)).toMatchObject([...history.channels].sort(byId));
      expect(new Set([...state.departed.values()].map(({ account, how, until }) => `${account} ${how} ${until}`))).toEqual(new Set(history.departed.map(({ account, how, until }) => `${account} ${how} ${until}`)));
      expect(new Set([...state.mutes].map(([account, { until, event }]) => `${account} ${until} ${event}`))).toEqual(new Set(history.mutes.map(({ account, until, event }) => `${account} ${until} ${event}`)));
      const invites = [...state.invites.values()].sort(byId).map(({ id, revoked, admitted }) => ({ id, revoked, admitted: [...admitted].sort() }));
      expect(invites).toEqual([...history.invites].sort(byId).map(({ id, revoked, admitted }) => ({ id, revoked, admitted })));
      expect([...state.void].map(([id, why]) => ({ id, why })).sort(byId)).toEqual([...history.void].sort(byId));
    }
  });

  it.each(histories.filter(({ content }) => content.length > 0))("messages of: $what", (history) => {
    const log = logOf(history, 1);
    const state = resolve(crypto, log)!;
    const content = history.content.map((one) => ({ ...one, event: opened(one.event) }));
    const events = content.map(({ event }) => event);
    for (const { event, standsIfBefore, standsIfAfter } of content) {
      for (const [after, stands] of [[false, standsIfBefore], [true, standsIfAfter]] as const) {
        expect(judgeContent(log, state, event.header, [["send"]], { after: () => after, leadsTo: ({ hash }) => leadsTo(events, event, hash) }).stands).toBe(stands);
      }
    }
  });

  it.each(withoutEffect)("without effect: $what", (history) => {
    for (let seed = 0; seed < 3; seed++) expect(resolve(crypto, logOf(history, seed))!.void.get(history.void)).toBe(history.why);
  });

  it.each(noSpace)("no space: $what", (history) => {
    expect(resolve(crypto, logOf(history, 0))).toBeNull();
  });

  it("are what their generator writes", () => {
    const written = controlLogHistories();
    expect(read("valid")).toEqual(written.valid);
    expect(read("invalid")).toEqual(written.invalid);
  });
});
