/** A history as it is checked: what happened among people who keep to the rules, and what attackers wrote in addition. */
import type { ControlState, Event } from "@multichat/core";
import type { AccountId } from "@multichat/protocol";
import type { Account, Message, World } from "./world.ts";
import { type Actor, act, actorsOf, gossip } from "./honest.ts";
import type { Cast } from "./people.ts";

export const storyKinds = ["chaos", "removed", "disarmed", "equal", "thief", "root", "rival", "readded", "patron", "replaced", "fenced"] as const;
export type StoryKind = (typeof storyKinds)[number];

export interface Story {
  kind: StoryKind;
  world: World;
  /** What happened without the attackers' part. */
  honest: Event[];
  attack: Event[];
  messages: Message[];
  /** Whose own standing the attack may change. */
  attackers: Set<AccountId>;
  sybils: Set<AccountId>;
  /** Attackers may do what they like to ranks junior to this. */
  reach: number;
  /** Whether these messages stand, for whoever had them before what restricts their author, and after; as far as the story can tell. */
  expected: { message: Message; before: boolean; after: boolean }[];
  /** Whether it came as the story wants it: with so much going on at once, who was to be removed may not have been. */
  happened(before: ControlState): boolean;
}

export type Wicked = () => void;

export function all(cast: Cast): Account[] {
  return [...cast.people.values()].flat();
}

/** Ordinary life, among whoever is not spared. */
export function live(cast: Cast, steps: number, spared: ReadonlySet<Account> = new Set(), aims: readonly Account[] = all(cast)): void {
  const { world } = cast;
  const { random } = world;
  for (let i = 0; i < steps; i++) {
    const actors = actorsOf(cast, spared);
    act(cast, random.pick(actors), { people: aims.length === 0 ? [world.founder] : aims });
    if (random.chance(0.5)) gossip(world, actors.map(({ device }) => device));
  }
}

/** Everything one of them wrote so far is known to whoever ends it. */
export function hearAll(world: World, actor: Actor, of: readonly Account[]): void {
  world.tell(actor.device, of.flatMap(({ devices }) => devices.flatMap(({ knows }) => knows)));
}
