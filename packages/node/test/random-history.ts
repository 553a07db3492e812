/**
 * A random history of a few people, and what must hold when everything has healed: all who belong hold the same events,
 * see the same messages in the same order, and agree on who belongs and what there is.
 */
import type { Space } from "@multichat/client/contract";
import { type Person, Refused, type World, createWorld } from "./stories/world.ts";

const names = ["Alice", "Bob", "Carol", "Dan", "Eve"];

export interface HistoryOptions {
  steps: number;
}

/** What went wrong, or null. The same seed is the same history. */
export async function randomHistory(seed: number, { steps }: HistoryOptions): Promise<string | null> {
  const world = createWorld(seed);
  const people: Person[] = [];
  for (const name of names.slice(0, 3 + world.random.below(3))) people.push(await world.person(name, world.random.chance(0.5) ? { lan: "home" } : {}));
  const [alice] = people as [Person];
  const { space } = await alice.call("space.create", { name: "Team" });
  const links = [await world.invite(alice, space)];
  const sent = new Set<string>();
  for (const who of people.slice(1)) if (world.random.chance(0.7)) await who.call("join.start", { link: links[0]! });
  await world.clock.advance(world.random.below(3_000));

  for (let step = 0; step < steps; step++) {
    await act(world, people, space, links, sent, step);
    await world.clock.advance(world.random.below(2_500));
  }
  world.network.setLoss(0);
  world.network.heal();
  for (const who of people) if (!who.running) await who.start();
  return settle(world, people, space, sent);
}

async function act(world: World, people: Person[], space: Space, links: string[], sent: Set<string>, step: number): Promise<void> {
  const { random, network } = world;
  const who = random.pick(people);
  const other = random.pick(people);
  const dice = random.below(100);
  if (!who.running && random.chance(0.4)) return who.start();
  try {
    if (dice < 45) {
      const texts = Array.from({ length: 1 + random.below(6) }, (_, i) => `${who.name} ${step}.${i}`);
      const { channels } = await who.call("channel.list", { space: space.id });
      for (const { id } of await who.sayAll(space, texts, random.pick(channels).name)) sent.add(id);
    } else if (dice < 48) await who.call("channel.create", { space: space.id, name: `channel-${step}` });
    else if (dice < 52) links.push(await world.invite(who, space));
    else if (dice < 62) await who.call("join.start", { link: random.pick(links) });
    else if (dice < 63 && random.chance(0.4)) await who.call("space.leave", { space: space.id });
    else if (dice < 72) network.partition([random.shuffle(people).slice(0, 1 + random.below(people.length - 1)).map(({ device }) => device)]);
    else if (dice < 80) network.heal();
    else if (dice < 84) network.setLoss(random.pick([0, 0, 0.01, 0.05]));
    else if (dice < 90) network.breakLink(who.device, other.device);
    else if (who.running) await (random.chance(0.7) ? who.kill() : who.stop());
    else await who.start();
  } catch (error) {
    // What a person may not do just now is refused, and no more than that.
    const stopped = error instanceof Error && /is not running|sees no #|nothing to pick|reading 'execute'/.test(error.message);
    if (!(error instanceof Refused && error.code !== "internal") && !stopped) throw error;
  }
}

async function settle(world: World, people: Person[], space: Space, sent: ReadonlySet<string>): Promise<string | null> {
  const members: Person[] = [];
  const deadline = world.clock.elapsed + 20 * 60_000;
  let problem: string | null = "never looked";
  while (problem !== null && world.clock.elapsed < deadline) {
    await world.clock.advance(5_000);
    members.length = 0;
    for (const who of people) if ((await who.call("space.list", {})).spaces.length > 0) members.push(who);
    problem = await difference(members, space);
  }
  if (problem !== null) return problem;
  for (const who of people) {
    const { problems } = (await who.call("status.get", {})).status;
    if (problems.length > 0) return `${who.name}: ${problems[0]!.message}`;
    if (who.logs.some(({ event }) => event === "event.refused" || event === "command.failed")) return `${who.name} refused: ${JSON.stringify(who.logs.at(-1))}`;
  }
  const [first] = members;
  if (first === undefined) return null;
  const { channels } = await first.call("channel.list", { space: space.id });
  const shown: string[] = [];
  for (const { name } of channels) shown.push(...(await first.history(space, name)).map(({ id }) => id));
  if (new Set(shown).size !== shown.length) return "a message is shown twice";
  const lost = [...sent].filter((id) => !shown.includes(id));
  // Whoever left may have taken with it what it told nobody; nobody else loses anything.
  const kept = people.filter((who) => !members.includes(who)).flatMap((who) => [...sent].filter((id) => who.store.hasEvent(id as never)));
  return lost.every((id) => kept.includes(id)) ? null : `${lost.length} messages are lost`;
}

async function difference(members: readonly Person[], space: Space): Promise<string | null> {
  const views: string[] = [];
  for (const who of members) {
    const { channels } = await who.call("channel.list", { space: space.id });
    const history = [];
    for (const { name, id } of channels) history.push([id, name, (await who.history(space, name)).map((message) => [message.id, message.author.id])]);
    const held = who.store.holdings(space.id as never).map(({ channel, device, ranges, tip }) => JSON.stringify([channel, device, ranges, tip])).sort();
    const { members: known } = await who.call("member.list", { space: space.id });
    const { invites } = await who.call("invite.list", { space: space.id });
    const belonging = known.map(({ id, name, roles, devices }) => JSON.stringify([id, name, roles, devices])).sort();
    views.push(JSON.stringify([history, held, belonging, invites.map(({ id, uses, state }) => [id, uses, state])]));
  }
  const different = members.filter((_, i) => views[i] !== views[0]);
  return different.length === 0 ? null : `${different.map(({ name }) => name).join(" and ")} differ from ${members[0]!.name}`;
}
