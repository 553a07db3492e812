/** State is a function of the set of events (spec/03-events.md): whatever order, batches and repetitions they come in. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Event, createReplica, founderGrantId, startingRoles } from "@multichat/core";
import { type ChannelId, type EventId, type SpaceId, encodeContent, toHex } from "@multichat/protocol";
import { type SeededRandom, createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { type Person, type Place, controlEvent, createPerson, crypto, eventAt, genesisOf, inviteKey, joinPayload, nothing, start } from "./people.ts";

/** What one device knows of its own feeds and of the control log. */
interface Author {
  person: Person;
  grant: EventId;
  heads: EventId[];
  tips: Map<ChannelId, { seq: number; id: EventId }>;
}

/** A history of three members, of whom one may contradict itself in every way there is. */
function history(random: SeededRandom): { space: SpaceId; channels: ChannelId[]; events: Event[] } {
  const [alice, bob, eve] = ["Alice", "Bob", "Eve"].map((name) => createPerson(random, name)) as [Person, Person, Person];
  const genesis = genesisOf(random, alice);
  const space = genesis.id as SpaceId;
  const events = [genesis];
  let minute = 0;
  const founder: Author = { person: alice, grant: founderGrantId(crypto, genesis.id), heads: [genesis.id], tips: new Map([[space as ChannelId, { seq: 1, id: genesis.id }]]) };
  const authors = [founder];

  const place = (author: Author, channel: ChannelId): Place => {
    const tip = author.tips.get(channel) ?? { seq: 0, id: nothing };
    return { space, channel, seq: tip.seq + 1, prev: tip.id, ctl: author.heads, auth: author.grant, minute: ++minute };
  };
  const put = (author: Author, channel: ChannelId, event: Event): Event => {
    author.tips.set(channel, { seq: event.header.seq, id: event.id });
    if (channel === space) author.heads = [event.id];
    events.push(event);
    return event;
  };
  const control: typeof controlEvent = (...args) => controlEvent(...args);

  const { rank, name, colour, permissions } = startingRoles[2]!;
  const role = put(founder, space, control(random, alice, "role.create", { rank, name, colour, permissions }, place(founder, space))).id;
  const secret = random.bytes(32);
  const invite = put(founder, space, control(random, alice, "invite.create", { role, key: inviteKey(secret), expires: 0, max: 0 }, place(founder, space))).id;
  const channels = [put(founder, space, control(random, alice, "channel.create", { name: "general", type: "text" }, place(founder, space))).id as ChannelId];
  for (const person of [bob, eve]) {
    const joiner: Author = { person, grant: nothing, heads: founder.heads, tips: new Map() };
    const join = put(joiner, space, control(random, person, "join", joinPayload(space, person, { invite, secret }), { ...place(joiner, space), auth: nothing }));
    founder.heads = [join.id];
    const admit = put(founder, space, control(random, alice, "admit", { join: join.id, invite }, { ...place(founder, space), auth: nothing }));
    Object.assign(joiner, { grant: admit.id, heads: [admit.id] });
    authors.push(joiner);
  }
  for (const author of authors) author.heads = founder.heads;

  for (let step = 0; step < 14; step++) {
    const author = random.pick(authors);
    const channel = random.pick(channels);
    const dice = random.below(10);
    if (dice < 6) put(author, channel, eventAt(random, author.person, "message", encodeContent("message", { text: `${step}` }), place(author, channel)));
    else if (dice < 7 && author === founder) channels.push(put(founder, space, control(random, alice, "channel.create", { name: `c${step}`, type: "text" }, place(founder, space))).id as ChannelId);
    else if (dice < 8) author.heads = [...new Set([...author.heads, ...random.pick(authors).heads])].slice(0, 4);
    else if (dice < 9) put(author, space, control(random, author.person, "merge", { account: author.person.account }, { ...place(author, space), auth: nothing }));
    else if (author.person === eve) {
      // A second branch from some earlier place, of the control log or of a channel, with or without its beginning.
      const forked = random.chance(0.3) ? space : channel;
      const tip = author.tips.get(forked);
      if (tip === undefined) continue;
      const back = place(author, forked);
      const made = Math.max(1, tip.seq - random.below(2));
      const earlier = events.find(({ header }) => header.device === eve.device && header.channel === forked && header.seq === made - 1);
      const prev = made === 1 ? nothing : random.chance(0.3) ? (toHex(random.bytes(32)) as EventId) : (earlier?.id ?? nothing);
      const at = { ...back, seq: made, prev };
      events.push(forked === space ? control(random, eve, "merge", { account: eve.account }, { ...at, auth: nothing }) : eventAt(random, eve, "message", encodeContent("message", { text: "fork" }), at));
    }
  }
  return { space, channels, events };
}

function take(random: SeededRandom, { space, channels, events }: ReturnType<typeof history>): unknown {
  const store = createMemoryStore({ random: createSeededRandom(0) });
  const reader = createPerson(random, "Reader");
  const deps = { store, crypto, self: { device: reader.device, account: reader.account } };
  store.putSpace({ id: space, secret: new Uint8Array(32), state: "member", joinedAt: 0 });
  let replica = createReplica(deps, space, 0);
  const order = [...random.shuffle(events), ...random.shuffle(events).slice(0, 5)];
  // What is refused at first may be taken once what came before it is known, as when it is asked for again.
  const queue = [...order, ...random.shuffle(events)];
  while (queue.length > 0) {
    replica.receive(queue.splice(0, 1 + random.below(6)), start + 10 * 3_600_000, "peer");
    if (random.chance(0.1)) {
      const waiting = events.filter(({ id }) => replica.pending.has(id));
      replica = createReplica(deps, space, 0);
      replica.receive(waiting, start + 10 * 3_600_000, "peer");
    }
  }
  const state = replica.state()!;
  return {
    digest: toHex(replica.digest()),
    heads: replica.log.heads(),
    members: [...state.members.values()].map(({ account, grants, devices }) => [account, grants.map(({ id }) => id), [...devices].sort()]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    channels: [...state.channels.values()].map(({ id, name, topic, archived }) => [id, name, topic, archived].join()).sort(),
    void: [...state.void].map((entry) => entry.join()).sort(),
    timeline: channels.map((channel) => store.timeline(channel, {}, 1_000).map(({ id }) => id)),
    forks: [...replica.feeds.all()].filter(({ fork }) => fork !== null).map(({ channel, device, fork }) => [channel, device, fork!.seq, fork!.ids].join()).sort(),
  };
}

describe("a set of events", { timeout: 60_000 }, () => {
  it("gives the same digest, state and timeline in any order, in any batches, any number of times", () => {
    let forks = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const random = createSeededRandom(seed);
        const told = history(random);
        const first = take(random.fork("first"), told) as { forks: string[] };
        forks += first.forks.length;
        for (let i = 0; i < 4; i++) expect(take(random.fork(`${i}`), told)).toEqual(first);
      }),
      { numRuns: 15 },
    );
    expect(forks).toBeGreaterThan(0);
  });
});
