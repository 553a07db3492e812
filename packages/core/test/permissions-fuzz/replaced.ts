/**
 * Somebody found the words of a recovery phrase, which was replaced since (spec/04-control.md, rule 7): with whatever devices
 * they let in, and wherever they say that they stood, nobody sees anything of it.
 */
import type { EventId } from "@multichat/protocol";
import { unbindStatement } from "../../src/control/rules/devices.ts";
import { type Plot, attack, bindAs, frontier } from "./attack.ts";
import { fakeCrypto as crypto } from "./fake-crypto.ts";
import { type Story, type Wicked, all, hearAll, live } from "./story.ts";
import { bind } from "./people.ts";
import { type Device, nothing } from "./world.ts";

export function replaced(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const { random } = world;
  const account = random.pick([...cast.people.get("admin")!, ...cast.people.get("moderator")!]);
  const others = all(cast).filter((one) => one !== account);
  const leaked = { seed: account.identitySeed, rotations: [] };
  if (random.chance(0.7)) bind(world, world.device(account, account.identitySeed), cast.founder);
  live(cast, 8, new Set(), others);
  const own = account.devices[0]!;
  hearAll(world, { device: own, auth: nothing, rank: 0 }, [account]);
  world.replacePhrase(own);
  bindAs(world, own, own, world.cite(own));
  live(cast, 5, new Set(), others);
  plot.people = others;
  const grants = [...(world.grants.get(account.id) ?? [nothing])];
  const helper = random.pick(others).devices[0]!;
  const enter = (): void => {
    const device = world.device(account, leaked.seed, undefined, leaked.rotations);
    world.finders.set(device, leaked);
    bindAs(world, device, random.chance(0.8) ? device : helper, frontier(world, random.pick([own, helper])));
    plot.attackers.push({ device, auths: grants });
  };
  const end = (writer: Device): void => {
    const target = random.pick(account.devices.filter((device) => !world.finders.has(device)));
    const heads = [...frontier(world, writer)].sort();
    const statement = crypto.sign(leaked.seed, unbindStatement(world.space as unknown as EventId, target.id, heads));
    world.write(writer, "device.unbind", { account: account.id, device: target.id, by: writer.id, revocation: null, statement }, { heads, auth: nothing });
  };
  const speak = ({ device }: Plot["attackers"][number]): void => {
    const message = world.message(device, random.pick(world.channels), random.pick(grants), frontier(world, device));
    story.expected.push({ message, before: false, after: false });
  };
  enter();
  story.happened = (state) => state.devices.get(own.id) === account.id;
  return () => {
    const choice = random.below(8);
    if (choice === 0) enter();
    else if (choice === 1) end(random.pick([helper, random.pick(plot.attackers).device]));
    else if (choice === 2) speak(random.pick(plot.attackers));
    else attack(plot);
  };
}
