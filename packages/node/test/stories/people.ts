/** Who is who in a story's workspace. */
import type { Member, Space } from "@multichat/client/contract";
import { type Person, type World, createWorld } from "./world.ts";

/** A workspace of these people, the first of whom made it; all of them know it. */
export async function team(seed: number, ...names: string[]): Promise<{ world: World; people: Person[]; space: Space }> {
  const world = createWorld(seed);
  const people: Person[] = [];
  for (const name of names) people.push(await world.person(name));
  const space = await world.workspace(people[0]!, ...people.slice(1));
  await world.agree(space, people);
  return { world, people, space };
}

export async function memberOf(who: Person, space: Space, name: string): Promise<Member> {
  const found = (await who.call("member.list", { space: space.id })).members.find((member) => member.name === name);
  if (found === undefined) throw new Error(`${who.name} sees no ${name}`);
  return found;
}

export async function idOf(who: Person, space: Space, name: string): Promise<string> {
  return (await memberOf(who, space, name)).id;
}

export async function roleOf(who: Person, space: Space, name: string): Promise<string> {
  const { roles } = await who.call("role.list", { space: space.id });
  return roles.find((role) => role.name === name)!.id;
}

/** Gives a member a role. */
export async function give(who: Person, space: Space, name: string, role: string): Promise<void> {
  await who.call("member.role", { space: space.id, account: await idOf(who, space, name), role: await roleOf(who, space, role), on: true });
}
