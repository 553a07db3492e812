/** What must hold of every history (spec/04-control.md): one state for one set, and nothing gained by attacking. */
import { type ControlLog, type ControlState, type Event, createControlLog, createResolver, judgeContent, may, permissionNames } from "@multichat/core";
import type { AccountId } from "@multichat/protocol";
import type { SeededRandom } from "@multichat/testing/random";
import type { Rules } from "../../src/control/rules/rules.ts";
import type { Prove } from "../../src/control/facts.ts";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { laws } from "./laws.ts";
import type { Story } from "./story.ts";
import { type Message, readEvent } from "./world.ts";

export interface Resolved {
  log: ControlLog;
  state: ControlState;
}

/** Adds events in this order, in batches; a state is asked for after each. */
function resolveIn(order: readonly Event[], batch: number, rules: Rules, prove: Prove): Resolved {
  const log = createControlLog(order[0]!.id as never, readEvent);
  const resolver = createResolver(crypto, log, { rules, prove });
  order.forEach((event, i) => {
    if (!log.add(event).added) throw new Error("an event before its past");
    if ((i + 1) % batch === 0) resolver.state();
  });
  return { log, state: resolver.state()! };
}

/** Some order in which causes come before effects. */
function shuffled(events: readonly Event[], random: SeededRandom): Event[] {
  const waiting = new Map<string, Event[]>();
  const lacking = new Map<Event, number>();
  const ready: Event[] = [];
  for (const event of events) {
    lacking.set(event, event.header.ctl.length);
    if (event.header.ctl.length === 0) ready.push(event);
    for (const id of event.header.ctl) waiting.set(id, [...(waiting.get(id) ?? []), event]);
  }
  const order: Event[] = [];
  while (ready.length > 0) {
    const [event] = ready.splice(random.below(ready.length), 1);
    order.push(event!);
    for (const next of waiting.get(event!.id) ?? []) {
      lacking.set(next, lacking.get(next)! - 1);
      if (lacking.get(next) === 0) ready.push(next);
    }
  }
  return order;
}

type Seen = Record<string, unknown>;

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** All there is to see. */
function whole({ log, state }: Resolved, messages: readonly Message[]): Seen {
  return {
    policies: [...state.policies].sort(byText),
    roles: [...state.roles.values()].map((role) => ({ ...role })).sort(byText),
    members: [...state.members.values()].map(({ account, grants, devices, joinedAt }) => [account, grants.map(({ id }) => id), [...devices].sort(), joinedAt]).sort(byText),
    departed: [...state.departed].sort(byText),
    mutes: [...state.mutes].sort(byText),
    channels: [...state.channels.values()].map((channel) => ({ ...channel, overrides: [...channel.overrides].sort(byText) })).sort(byText),
    invites: [...state.invites.values()].map(({ id, revoked, admitted }) => [id, revoked, [...admitted].sort()]).sort(byText),
    void: [...state.void.keys()].sort(),
    messages: messages.flatMap(({ header, id }) => [false, true].map((after) => [id, judgeContent(log, state, header, [["send"]], { after: () => after, leadsTo: () => true }).stands])),
  };
}

/** What those see and may whom the attackers have no business with. */
function others({ log, state }: Resolved, story: Story): Seen {
  const { reach, attackers, sybils } = story;
  const isOther = (account: AccountId): boolean => !attackers.has(account) && !sybils.has(account);
  const senior = (rank: number): boolean => rank <= reach;
  const members = [...state.members.values()].filter(({ account, grants }) => isOther(account) && senior(grants[0]!.role.rank));
  const honest = new Set(story.honest.map(({ id }) => id));
  return {
    policies: [...state.policies].sort(byText),
    roles: [...state.roles.values()].filter(({ id, rank }) => senior(rank) && honest.has(id as never)).map((role) => ({ ...role })).sort(byText),
    members: members.map(({ account, grants, devices }) => [account, grants.filter(({ role }) => senior(role.rank)).map(({ id }) => id), [...devices].sort()]).sort(byText),
    mayWhat: members.filter(({ account }) => reach === Number.POSITIVE_INFINITY || story.world.grants.get(account)?.length === 1).map(({ account }) => [account, [undefined, ...story.world.channels].map((channel) => permissionNames.filter((name) => (channel === undefined || honest.has(channel as never)) && may(state, account, name, { channel }).allowed))]).sort(byText),
    mutes: [...state.mutes.keys()].filter((account) => members.some((member) => member.account === account)).sort(),
    channels: [...state.channels.values()].map(({ id, name, topic, archived, locked, slow }) => [id, name, topic, archived, locked, slow]).sort(byText),
    invites: [...state.invites.values()].filter(({ id, role, createdBy }) => honest.has(id) && isOther(createdBy) && senior(role.rank)).map(({ id, revoked }) => [id, revoked]).sort(byText),
    void: story.honest.filter(({ id, header }) => state.void.has(id) && senior(state.judged.facts.grants.get(id)?.rank ?? state.judged.facts.get(id)!.rank) && story.world.devices.has(header.device)).map(({ id }) => id).sort(),
    keys: state.judged.acts.keyRotations.of("key").filter(({ fact }) => reach === Number.POSITIVE_INFINITY || !attackers.has(fact.account!)).map(({ fact }) => fact.id).sort(),
    sybils: [...sybils].filter((account) => state.members.get(account)?.grants.some(({ role }) => senior(role.rank) || story.kind === "removed")),
    messages: story.messages
      .filter(({ header }) => story.kind === "rival" || isOther(state.judged.facts.grants.get(header.auth)?.account ?? story.world.founder.id))
      .filter(({ header }) => senior(state.judged.facts.grants.get(header.auth)?.rank ?? 0))
      .flatMap(({ header, id }) => [false, true].map((after) => [id, judgeContent(log, state, header, [["send"]], { after: () => after, leadsTo: () => true }).stands])),
  };
}

function difference(a: Seen, b: Seen): string | null {
  const keys = Object.keys(a).filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]));
  return keys.length === 0 ? null : keys.join(", ");
}

/** Null if all holds, else what does not. */
export function check(story: Story, rules: Rules, random: SeededRandom): string | null {
  const proofs = new Map<string, string | null>();
  const prove: Prove = (id, find) => {
    const known = proofs.get(id);
    if (known !== undefined) return known;
    const found = find();
    proofs.set(id, found);
    return found;
  };
  const events = [...story.honest, ...story.attack];
  const full = resolveIn(events, Number.POSITIVE_INFINITY, rules, prove);
  const expected = whole(full, story.messages);
  for (const batch of [1, 1 + random.below(9)]) {
    const other = resolveIn(shuffled(events, random), batch, rules, prove);
    const differs = difference(expected, whole(other, story.messages));
    if (differs !== null) return `another order, another outcome: ${differs}`;
  }
  const broken = laws(full, story.messages);
  if (broken !== null) return broken;
  if (story.attack.length === 0) return null;
  const before = resolveIn(story.honest, Number.POSITIVE_INFINITY, rules, prove);
  if (!story.happened(before.state)) return null;
  const wrong = story.expected.find(({ message: { header }, ...stands }) => (["before", "after"] as const).some((came) => judgeContent(full.log, full.state, header, [["send"]], { after: () => came === "after", leadsTo: () => true }).stands !== stands[came]));
  if (wrong !== undefined) return `message ${wrong.message.id} (${story.kind}) does not stand as it should`;
  const differs = difference(others(before, story), others(full, story));
  return differs === null ? null : `the attack (${story.kind}) changed: ${differs}`;
}
