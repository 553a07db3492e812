/**
 * Somebody is restricted or removed by people who hold different parts of what they wrote (spec/04-control.md, Cuts and fences):
 * each settles what it holds, and one that holds all of it closes the channels. What stands is what the most senior said, of
 * equals the later place; whatever who was restricted, or somebody who is not entitled, writes against that.
 */
import type { ChannelId, DeviceId, EventId } from "@multichat/protocol";
import { type Plot, bindAs } from "./attack.ts";
import { bind } from "./people.ts";
import type { Story, Wicked } from "./story.ts";
import { type Account, type Device, type Message, type World, nothing, roleKinds } from "./world.ts";

interface Judge {
  device: Device;
  auth: EventId;
  rank: number;
}

/** What somebody said of a channel: where feeds end, and whether those not named end at nothing. */
interface Said {
  rank: number;
  channel: ChannelId;
  places: ReadonlyMap<DeviceId, number>;
  rest: boolean;
}

export function fenced(story: Story, plot: Plot): Wicked {
  const { cast } = plot;
  const { world } = cast;
  const { random } = world;
  const victim = cast.people.get("member")![0]!;
  const auth = world.grants.get(victim.id)![0]!;
  const [, friend] = cast.people.get("member") as [Account, Account];
  world.write(cast.founder, "channel.create", { name: "second", type: "text" }, { auth: world.founderGrant });
  bind(world, world.device(victim, victim.identitySeed), cast.founder);
  for (const device of victim.devices) world.tell(device, cast.founder.knows);
  const heads = [...cast.founder.knows];
  const channels = world.channels.slice(0, 2);
  const written: Message[] = [];
  const speak = (device: Device, channel: ChannelId, from: readonly EventId[] = heads): number => written.push(world.message(device, channel, auth, from));
  for (let i = 3 + random.below(8); i > 0; i--) speak(random.pick(victim.devices), random.pick(channels));

  const admins = cast.people.get("admin")!.map((account): Judge => ({ device: account.devices[0]!, auth: world.grants.get(account.id)![0]!, rank: roleKinds.admin.rank }));
  const judges = random.shuffle([{ device: cast.founder, auth: world.founderGrant, rank: 1000 }, ...admins]).slice(0, 1 + random.below(3));
  for (const { device } of judges) world.tell(device, heads);
  const { kind, cause } = restrict(world, judges[0]!, victim, channels);
  const concerned = channels.filter((channel) => kind.only === null || kind.only === channel);
  for (const { device } of judges) world.tell(device, [cause]);
  const said: Said[] = [];
  const settle = ({ device, auth: by, rank }: Judge, channel: ChannelId, held: (total: number) => number, rest: boolean): void => {
    const places = new Map(victim.devices.map((one) => [one.id, held(written.filter(({ header }) => header.device === one.id && header.channel === channel).length)] as const).filter(([, seq]) => seq > 0));
    const devices = [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, seq]): [DeviceId, number, EventId] => [id, seq, nothing]);
    if (devices.length === 0 && !rest) return;
    world.write(device, kind.settled, { cause, channel, devices, rest }, { auth: by });
    said.push({ rank, channel, places, rest });
  };
  for (const judge of judges) for (const channel of concerned) if (random.chance(0.7)) settle(judge, channel, (total) => random.below(total + 1), false);
  // Later words on the same feeds, of whoever holds more by then; and of one that holds the channel whole.
  for (const channel of concerned) if (random.chance(0.6)) settle(random.pick(judges), channel, (total) => total, random.chance(0.6));

  const expect = (message: Message): void => void story.expected.push({ message, ...standing(said, concerned, message) });
  written.forEach(expect);
  story.attackers.add(victim.id).add(friend.id);
  plot.attackers.push({ device: victim.devices[0]!, auths: [auth] });
  return () => {
    const choice = random.below(4);
    if (choice === 0) {
      if (random.chance(0.6)) speak(random.pick(victim.devices.slice(0, 2)), random.pick(channels));
      else {
        const device = world.device(victim, victim.identitySeed);
        speak(device, random.pick(channels), [bindAs(world, device, device, heads)]);
      }
      return expect(written.at(-1)!);
    }
    const who = random.pick([victim, friend, cast.people.get("helper")![0]!]);
    if (choice === 1 || who !== victim) return meddle(world, who, kind.settled, cause, random.pick(concerned), victim);
    const own = world.write(who.devices[0]!, "leave", { account: who.id }, { heads, auth: nothing });
    meddle(world, who, "cut", own, random.pick(concerned), victim);
  };
}

/** Up to where it stands, by what was said: of the most senior, and of equals the later place. */
function standing(said: readonly Said[], concerned: readonly ChannelId[], { header }: Message): { before: boolean; after: boolean } {
  const channel = header.channel as ChannelId;
  if (!concerned.includes(channel)) return { before: true, after: true };
  const words = said.filter((one) => one.channel === channel && (one.rest || one.places.has(header.device)));
  if (words.length === 0) return { before: true, after: false };
  const senior = Math.min(...words.map(({ rank }) => rank));
  const last = Math.max(...words.filter(({ rank }) => rank === senior).map(({ places }) => places.get(header.device) ?? 0));
  return { before: header.seq <= last, after: header.seq <= last };
}

interface Restriction {
  settled: "cut" | "fence";
  /** The one channel it concerns; null for all. */
  only: ChannelId | null;
}

function restrict(world: World, { device, auth }: Judge, { id: account }: Account, channels: readonly ChannelId[]): { kind: Restriction; cause: EventId } {
  const [first] = channels as [ChannelId];
  const fence = (cause: EventId, only: ChannelId | null = null) => ({ kind: { settled: "fence" as const, only }, cause });
  const cut = (cause: EventId) => ({ kind: { settled: "cut" as const, only: null }, cause });
  switch (world.random.below(8)) {
    case 0:
      return fence(world.write(device, "mute", { account, on: true, until: 0 }, { auth }));
    case 1:
      return fence(world.write(device, "lock", { channel: first, on: true }, { auth }), first);
    case 2:
      return fence(world.write(device, "channel.archive", { channel: first, on: true }, { auth }), first);
    case 3:
      return fence(world.write(device, "override", { channel: first, subject: { account }, allow: 0, deny: 1 }, { auth }), first);
    case 4:
      return fence(world.write(device, "role.set", { role: world.roles.member, on: 0, off: 1, name: null, colour: null }, { auth }));
    case 5:
      return fence(world.write(device, "revoke", { grant: world.grants.get(account)![0]! }, { auth }));
    case 6:
      return cut(world.write(device, "ban", { account, until: 0 }, { auth }));
    default:
      return cut(world.write(device, "remove", { account }, { auth }));
  }
}

/** Says where the feeds end, without being entitled to. */
function meddle(world: World, who: Account, kind: "cut" | "fence", cause: EventId, channel: ChannelId, victim: Account): void {
  const { random } = world;
  const devices = victim.devices.filter(() => random.chance(0.6)).map(({ id }) => id).sort();
  const places = devices.map((id): [DeviceId, number, EventId] => [id, random.below(12), nothing]);
  const device = who.devices[0]!;
  world.write(device, kind, { cause, channel, devices: places, rest: random.chance(0.5) }, { auth: world.grants.get(who.id)![0]!, heads: world.newest([cause, ...device.knows.slice(0, 2)]) });
}
