import type { Join, Peer } from "@multichat/client/contract";
import { governed } from "./governed.ts";
import { manyMessages, names, teamTalk } from "./talk.ts";
import { addChannel, addSpace, day, emptyWorld, hour, idOf, me, minute, now, person, type World } from "./world.ts";

/** Two workspaces, a handful of channels, one with everything in it. */
export function teamWorld(): World {
  const world = emptyWorld();
  const garden = addSpace(world, { name: "Garden Club", unread: 4 }, names);
  const talk = teamTalk();
  addChannel(world, garden, { name: "general", topic: "Everything about the beds, the shed and the watering plan. Be kind, be brief, bring gloves." }, talk);
  addChannel(world, garden, { name: "design", unread: 3, readUpTo: talk[15]!.id }, talk);
  addChannel(world, garden, { name: "founders" });
  addChannel(world, garden, { name: "a-channel-with-a-name-that-is-longer-than-anyone-would-think-sensible", unread: 1 });
  addChannel(world, garden, { name: "seeds-and-tools" });
  const other = addSpace(world, { name: "Wolfeschlegelsteinhausenbergerdorff & Sons International Holding", unread: 1_204 }, ["Zed"]);
  addChannel(world, other, { name: "general", unread: 1_204 });
  addSpace(world, { name: "家族" }, ["母"]);
  world.peers = peers();
  const link = "multichat://join/#example";
  world.invites[garden.id] = [
    { id: "i1", role: "Member", createdBy: me, createdAt: now - hour, expires: now + 7 * day, maxUses: 5, uses: 2, state: "open", link },
    { id: "i2", role: "Member", createdBy: person("Bruno Castellanos"), createdAt: now - day, expires: 0, maxUses: 0, uses: 12, state: "open", link: null },
    { id: "i3", role: "Guest", createdBy: me, createdAt: now - 9 * day, expires: now - 2 * day, maxUses: 1, uses: 0, state: "expired", link: null },
    { id: "i4", role: "Member", createdBy: me, createdAt: now - 20 * day, expires: 0, maxUses: 5, uses: 5, state: "used-up", link: null },
  ];
  return world;
}

/** The founder a minute after creating the workspace. */
export function aloneWorld(): World {
  const world = emptyWorld();
  world.status.phraseUnsaved = true;
  addChannel(world, addSpace(world, { name: "Garden Club" }, []), { name: "general" });
  return world;
}

/** A thousand members and fifty thousand messages. */
export function bigWorld(messages = 50_000): World {
  const world = emptyWorld();
  const others = Array.from({ length: 999 }, (_, index) => `${names[index % names.length]!} ${index + 1}`);
  const space = addSpace(world, { name: "Open Source Conference 2027", unread: 312 }, others);
  space.connection = { connected: 42, of: 999, syncedAt: now - 4 * minute, missing: 1_830 };
  const talk = manyMessages(messages);
  addChannel(world, space, { name: "general", unread: 312, readUpTo: talk.at(-313)?.id ?? null }, talk);
  for (let index = 0; index < 60; index++) addChannel(world, space, { name: `track-${index + 1}` });
  return world;
}

export function offlineWorld(): World {
  const world = teamWorld();
  world.spaces[0]!.connection = { connected: 0, of: 8, syncedAt: now - 3 * hour, missing: 0 };
  world.status.problems = [{ code: "offline", message: "You are offline.", remedy: null }];
  world.peers = world.peers.map((peer) => ({
    ...peer,
    connected: false,
    link: null,
    address: null,
    rttMs: null,
    problem: "This computer has no network.",
    retryAt: now + 25_000,
  }));
  return world;
}

export function troubledWorld(): World {
  const world = teamWorld();
  world.spaces[0]!.readOnly = "This device’s data was copied or restored, so it can read but no longer write. Set it up again above.";
  world.status.problems = [
    { code: "clock-wrong", message: "This computer’s clock is 4 minutes ahead of the other members’. Switch automatic time on.", remedy: null },
    { code: "device-stopped", message: "This device’s data was copied or restored from a backup. To write again it has to be set up anew; nothing that was sent is lost.", remedy: "device.renew" },
  ];
  return world;
}

export function joinWorld(step: Join["step"], of: Partial<Join> = {}): World {
  const world = emptyWorld();
  world.joins = [
    {
      id: "join-1",
      space: { id: idOf("chess"), name: "Chess Club Lisbon" },
      inviter: "Alice Fernandes",
      step,
      detail: "Trying the 3 addresses in the invite, and this network.",
      code: null,
      attempts: [],
      confirmedBy: 0,
      fetched: 0,
      total: 0,
      ...of,
    },
  ];
  return world;
}

export const attempts: Join["attempts"] = [
  { address: "/ip4/192.168.1.40/tcp/40123", outcome: "No answer within 5 seconds.", at: now - 90_000 },
  { address: "/ip6/2001:db8::4c/tcp/40123", outcome: "This network has no IPv6.", at: now - 80_000 },
  { address: "/ip4/203.0.113.7/tcp/40123", outcome: "Refused the connection.", at: now - 30_000 },
];

function peers(): Peer[] {
  const peer = (name: string, of: Partial<Peer>): Peer => ({
    id: idOf(`peer ${name}`),
    name,
    account: idOf(name),
    connected: false,
    link: null,
    address: null,
    rttMs: null,
    spaces: [],
    lastConnected: null,
    problem: null,
    retryAt: null,
    ...of,
  });
  return [
    peer("Bruno Castellanos", { connected: true, link: "same network", address: "/ip4/192.168.1.31/tcp/40123", rttMs: 1.4, lastConnected: now }),
    peer("Carol", { connected: true, link: "direct", address: "/ip6/2001:db8:85a3::1/tcp/40123", rttMs: 48, lastConnected: now }),
    peer("Dan O’Sullivan-Featherstonehaugh", { lastConnected: now - 5 * hour, problem: "No answer at 3 addresses.", retryAt: now + 42_000 }),
    peer("", { account: null, problem: "Refused the connection.", retryAt: now + 10 * minute }),
  ];
}

/** The team with everything that can be governed in it, private channels and conversations. */
export function governedWorld(): World {
  const world = teamWorld();
  world.governed = governed({ now, person, idOf });
  const [garden] = world.spaces;
  world.members[garden!.id]!.find(({ name }) => name === "Eve")!.muted = { by: me, at: now - hour, until: now + 3 * hour };
  const talk = teamTalk();
  const secret = addSpace(world, { name: "harvest-party", kind: "private", parent: { id: garden!.id, name: garden!.name }, unread: 2 }, ["Carol", "Eve"]);
  addChannel(world, secret, { name: "harvest-party", topic: "Not a word to Bruno", unread: 2, readUpTo: null }, talk.slice(0, 4));
  const pair = addSpace(world, { name: "Carol", kind: "direct", people: [person("Carol")] }, ["Carol"]);
  addChannel(world, pair, { name: "messages" }, talk.filter(({ author }) => [me.name, "Carol"].includes(author.name)));
  const three = ["Dan O’Sullivan-Featherstonehaugh", "Nguyễn Thị Minh Khai"];
  const group = addSpace(world, { name: three.join(", "), kind: "direct", people: three.map(person), group: true, unread: 1 }, three);
  addChannel(world, group, { name: "messages", unread: 1, lastActivity: now - 2 * day });
  return world;
}
