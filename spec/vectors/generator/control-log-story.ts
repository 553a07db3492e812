/** Tells one control log, event by event, for the vectors of spec/04-control.md; and what it comes to. */
import { type Event, createControlLog, founderGrantId, judgeContent, ownerRoleId, resolve, rootMessage, startingRoles } from "@multichat/core";
import type { Random } from "@multichat/core/ports";
import { type ControlKind, type ControlPayload, type EventId, type SpaceId, compareBytes, encode, encodeContent, encodeControlPayload, eventValue, labels, toHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { type Link, type Person, controlEvent, createPerson, crypto, eventAt, genesisOf, inviteKey, joinPayload, nothing } from "../../../packages/core/test/people.ts";
import type { Json } from "./json.ts";

interface Options {
  /** Heads the author acted under; without them, all that are held. */
  ctl?: EventId[];
  auth?: EventId;
  minute?: number;
  seq?: number;
  prev?: EventId;
}

export interface Setting {
  genesis?: Partial<ControlPayload<"genesis">>;
  /** The device that founds it, if it is not the first. */
  founder?(first: Person, random: Random): Person;
}

/** Writes one history, each event on top of all before it unless told otherwise. */
export function begin(name: string, { genesis: genesisChange = {}, founder: founding = (first) => first }: Setting = {}) {
  const random = createSeededRandom(`vectors/control-logs/${name}`);
  const people: Person[] = [];
  const person = (who: string): Person => {
    const made = createPerson(random, who);
    people.push(made);
    return made;
  };
  const ada = founding(person("Ada"), random);
  const rootSeed = createSeededRandom(`vectors/control-logs/${name}/root`).bytes(32);
  const root: ControlPayload<"genesis">["root"] = [[crypto.publicKey(rootSeed)], 1, crypto.sha256(labels.nextKey, ada.identityKey)];
  const genesis = genesisOf(random, ada, name.startsWith("the root") ? { ...genesisChange, root } : genesisChange);
  const space = genesis.id as SpaceId;
  const log = createControlLog(space);
  const events: Event[] = [];
  const content: Event[] = [];
  const tips = new Map<string, { seq: number; id: EventId }>();
  let minute = 0;

  function put(event: Event): EventId {
    events.push(event);
    log.add(event);
    tips.set(event.header.device, { seq: event.header.seq, id: event.id });
    return event.id;
  }

  function write<K extends ControlKind>(author: Person, kind: K, payload: ControlPayload<K>, options: Options = {}): EventId {
    const tip = tips.get(author.device) ?? { seq: 0, id: nothing };
    const place = {
      space, channel: space, seq: options.seq ?? tip.seq + 1, prev: options.prev ?? tip.id, ctl: options.ctl ?? log.heads(),
      auth: options.auth ?? nothing, minute: options.minute ?? ++minute,
    };
    return put(controlEvent(random, author, kind, payload, place));
  }

  put(genesis);
  const founder = founderGrantId(crypto, space);
  return {
    random, person, ada, space, log, events, write, founder, put,
    owner: ownerRoleId(crypto, space),
    rootSeed,
    /** An event at rank 0, signed by these root keys. */
    rooted<K extends ControlKind>(author: Person, kind: K, payload: ControlPayload<K>, generation: number, seeds: readonly Uint8Array[], heads: readonly EventId[] = log.heads()): EventId {
      const tip = tips.get(author.device) ?? { seq: 0, id: nothing };
      const ctl = [...heads].sort();
      const message = rootMessage(crypto, space as unknown as EventId, generation, { kind, payload } as never, { ctl, device: author.device, seq: tip.seq + 1 });
      const signatures = seeds.map((seed): [Uint8Array, Uint8Array] => [crypto.publicKey(seed), crypto.sign(seed, message)]).sort(([a], [b]) => compareBytes(a, b));
      const place = { space, channel: space, seq: tip.seq + 1, prev: tip.id, ctl, auth: space as unknown as EventId, minute: ++minute };
      return put(eventAt(random, author, kind, encodeControlPayload(kind, payload, { generation, signatures }), place));
    },
    known: (device: string): Person => people.find((one) => one.device === device)!,
    /** The role of that name among those a new workspace starts with. */
    role(which: string): EventId {
      const { rank, name: title, colour, permissions } = startingRoles.find((role) => role.name === which)!;
      return write(ada, "role.create", { rank, name: title, colour, permissions }, { auth: founder });
    },
    invite(role: EventId, by: Person = ada, auth: EventId = founder): Link {
      const secret = random.bytes(32);
      const invite = write(by, "invite.create", { role, key: inviteKey(secret), expires: 0, max: 1 }, { auth });
      return { invite, secret };
    },
    /** Answers the grant. */
    join(who: Person, link: Link, admitter: Person = ada): EventId {
      const join = write(who, "join", joinPayload(space, who, link));
      return write(admitter, "admit", { join, invite: link.invite });
    },
    heads: () => log.heads(),
    /** A message, judged with the history it belongs to. */
    say(author: Person, auth: EventId, channel: EventId, options: Options = {}): Event {
      const key = `${author.device}/${channel}`;
      const tip = tips.get(key) ?? { seq: 0, id: nothing };
      const place = { space, channel: channel as never, seq: options.seq ?? tip.seq + 1, prev: options.prev ?? tip.id, ctl: options.ctl ?? log.heads(), auth, minute: options.minute ?? ++minute };
      const event = eventAt(random, author, "message", encodeContent("message", { text: `message ${tip.seq + 1} of ${author.name}` }), place);
      tips.set(key, { seq: event.header.seq, id: event.id });
      content.push(event);
      return event;
    },
    content,
    /** Where the device's feed of the control log goes on. */
    next(author: Person): { ctl: EventId[]; device: string; seq: number } {
      return { ctl: [...log.heads()].sort(), device: author.device, seq: (tips.get(author.device)?.seq ?? 0) + 1 };
    },
    tip: (author: Person, channel: EventId) => tips.get(`${author.device}/${channel}`)!,
  };
}

export type Story = ReturnType<typeof begin>;

export const eventHex = (event: Event): string => toHex(encode(eventValue(event.wire)));
const byId = (a: Json, b: Json): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Whether a place in a feed lies on the branch of this event or behind it, as far as these tell. */
export function leadsTo(content: readonly Event[], event: Event, hash: EventId | null): boolean {
  for (let at = content.find(({ id }) => id === hash); at !== undefined; ) {
    if (at.header.seq <= event.header.seq) return at.id === event.id;
    const { prev } = at.header;
    at = content.find(({ id }) => id === prev);
  }
  return true;
}

/** Whether a message stands where it came before all else, and where it came after. */
function judged({ log, content }: Story): Json[] {
  const state = resolve(crypto, log)!;
  return content.map((event): Json => {
    const stands = (after: boolean): boolean => judgeContent(log, state, event.header, [["send"]], { after: () => after, leadsTo: (point) => leadsTo(content, event, point.hash) }).stands;
    return { event: eventHex(event), standsIfBefore: stands(false), standsIfAfter: stands(true) };
  });
}

export function told(what: string, story: Story): Json {
  const { events, log, space } = story;
  const state = resolve(crypto, log)!;
  return {
    what,
    space,
    events: events.map(eventHex),
    policies: Object.fromEntries(state.policies),
    members: [...state.members.values()]
      .map(({ account, grants, devices }): Json => ({ account, grants: grants.map(({ id, role }): Json => ({ id, role: role.id })), devices: [...devices].sort() }))
      .sort(byId),
    roles: [...state.roles.values()].map(({ id, rank, name, colour, permissions }): Json => ({ id, rank, name, colour, permissions })).sort(byId),
    channels: [...state.channels.values()].map(({ id, name, type, topic, archived, locked, slow, createdAt, overrides }): Json => ({ id, name, type, topic, archived, locked, slow, createdAt, overrides: overrides.map(({ event }) => event).sort() })).sort(byId),
    departed: [...state.departed.values()].map(({ account, how, until }): Json => ({ account, how, until })).sort(byId),
    mutes: [...state.mutes].map(([account, { until, event }]): Json => ({ account, until, event })).sort(byId),
    content: judged(story),
    invites: [...state.invites.values()]
      .map(({ id, role, expires, max, revoked, admitted, createdBy }): Json => ({ id, role: role.id, createdBy, expires, max, revoked, admitted: [...admitted].sort() }))
      .sort(byId),
    void: [...state.void].map(([id, why]): Json => ({ id, why })).sort(byId),
  };
}

/** The last event of the history is without effect. */
export function without(what: string, story: Story): Json {
  const last = story.events.at(-1)!;
  const why = resolve(crypto, story.log)!.void.get(last.id);
  if (why === undefined) throw new Error(`it has effect: ${what}`);
  return { what, space: story.space, events: story.events.map(eventHex), void: last.id, why };
}

/** Who is in a team: roles, a channel, an admin, a moderator and a member. */
export function team(story: Story) {
  const roles = Object.fromEntries(["Admin", "Moderator", "Member"].map((name) => [name, story.role(name)])) as Record<"Admin" | "Moderator" | "Member", EventId>;
  const channel = story.write(story.ada, "channel.create", { name: "general", type: "text" }, { auth: story.founder });
  const enter = (name: string, role: EventId) => {
    const who = story.person(name);
    return { who, auth: story.join(who, story.invite(role)) };
  };
  return { roles, channel, ann: enter("Ann", roles.Admin), moe: enter("Moe", roles.Moderator), bob: enter("Bob", roles.Member) };
}
