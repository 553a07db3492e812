/** Back-dated content under an old frontier after a removal or a mute: who heard of that first does not show it, and a cut makes all agree. */
import { type Event, createReplica, founderGrantId, startingRoles } from "@multichat/core";
import { type ChannelId, type ControlKind, type ControlPayload, type EventId, type SpaceId, encodeContent, toHex } from "@multichat/protocol";
import { createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import { describe, expect, it } from "vitest";
import { type Person, controlEvent, createPerson, crypto, eventAt, genesisOf, inviteKey, joinPayload, nothing, start } from "../people.ts";

const later = start + 10 * 3_600_000;

function history() {
  const random = createSeededRandom("attacks/back-dated-content");
  const [ada, eve] = [createPerson(random, "Ada"), createPerson(random, "Eve")];
  const genesis = genesisOf(random, ada);
  const space = genesis.id as SpaceId;
  const tips = new Map<string, { seq: number; id: EventId }>([[ada.device + space, { seq: 1, id: genesis.id }]]);
  let [minute, heads] = [0, [genesis.id]];
  const put = (who: Person, channel: string, make: (place: Parameters<typeof eventAt>[4]) => Event, ctl: EventId[], auth: EventId): Event => {
    const tip = tips.get(who.device + channel) ?? { seq: 0, id: nothing };
    const event = make({ space, channel: channel as ChannelId, seq: tip.seq + 1, prev: tip.id, ctl, auth, minute: ++minute });
    tips.set(who.device + channel, { seq: tip.seq + 1, id: event.id });
    return event;
  };
  const control = <K extends ControlKind>(who: Person, kind: K, payload: ControlPayload<K>, auth: EventId): Event => {
    const event = put(who, space, (place) => controlEvent(random, who, kind, payload, place), heads, auth);
    heads = [event.id];
    return event;
  };
  const owner = founderGrantId(crypto, genesis.id);
  const { rank, name, colour, permissions } = startingRoles.find((role) => role.name === "Member")!;
  const role = control(ada, "role.create", { rank, name, colour, permissions }, owner);
  const secret = random.bytes(32);
  const invite = control(ada, "invite.create", { role: role.id, key: inviteKey(secret), expires: 0, max: 0 }, owner);
  const channel = control(ada, "channel.create", { name: "general", type: "text" }, owner);
  const join = control(eve, "join", joinPayload(space, eve, { invite: invite.id, secret }), nothing);
  const admit = control(ada, "admit", { join: join.id, invite: invite.id }, nothing);
  const old = heads;
  const say = (): Event => put(eve, channel.id, (place) => eventAt(random, eve, "message", encodeContent("message", { text: "hello" }), place), old, admit.id);
  const begin = [genesis, role, invite, channel, join, admit];
  return { space, channel: channel.id as string as ChannelId, ada, eve, owner, begin, say, control };
}

function node({ space }: ReturnType<typeof history>, self: Person) {
  const store = createMemoryStore({ random: createSeededRandom(0) });
  store.putSpace({ id: space, secret: new Uint8Array(32), state: "member", joinedAt: 0 });
  const deps = { store, crypto, self: { device: self.device, account: self.account } };
  let replica = createReplica(deps, space, 0);
  return {
    take: (...events: Event[]) => replica.receive(events, later, "peer"),
    shown: (channel: ChannelId) => store.timeline(channel, {}, 100).map(({ id }) => id),
    digest: () => toHex(replica.digest()),
    refusal: (event: Event) => replica.refusal(event.id),
    restart: () => (replica = createReplica(deps, space, 0)),
  };
}

describe.each(["remove", "mute"] as const)("back-dated content after a %s", (kind) => {
  const told = history();
  const { ada, eve, channel, begin, say, control, owner } = told;
  const [first, second, third] = [say(), say(), say()];
  const cause = kind === "remove" ? control(ada, "remove", { account: eve.account }, owner) : control(ada, "mute", { account: eve.account, on: true, until: 0 }, owner);
  const end = control(ada, kind === "remove" ? "cut" : "fence", { cause: cause.id, channel, devices: [[eve.device, 2, second.id]], rest: true }, owner);

  it("is not shown by who heard of that first, and stays where it came before", () => {
    const [before, after] = [node(told, ada), node(told, ada)];
    before.take(...begin, first, second, third, cause);
    after.take(...begin, first, cause, second, third);
    expect(before.shown(channel)).toEqual([first.id, second.id, third.id]);
    expect(after.shown(channel)).toEqual([first.id]);
    expect(after.refusal(second)).not.toBeNull();
    expect(after.digest()).toBe(before.digest());
  });

  it("is the same for all once a cut or fence says where it ends, whoever took what when, and after a restart", () => {
    const orders = [[first, second, third, cause, end], [first, cause, second, third, end], [cause, end, first, second, third], [cause, third, end, first, second]];
    const nodes = orders.map((order) => {
      const one = node(told, ada);
      one.take(...begin);
      for (const event of order) one.take(event);
      return one;
    });
    for (const one of nodes) {
      expect(one.shown(channel)).toEqual([first.id, second.id]);
      expect(one.digest()).toBe(nodes[0]!.digest());
      one.restart();
      expect(one.shown(channel)).toEqual([first.id, second.id]);
      expect(one.digest()).toBe(nodes[0]!.digest());
    }
  });

  it("shows again what a cut or fence lets stand, and says so", () => {
    const late = node(told, ada);
    late.take(...begin, first, cause, second, third);
    const received = late.take(end);
    expect(received.restored.map(({ id }) => id)).toEqual([second.id]);
    expect(received.hidden).toEqual([]);
    const early = node(told, ada);
    early.take(...begin, first, second, third, cause);
    expect(early.take(end).hidden).toEqual([{ channel, ids: [third.id] }]);
  });

  it("stays in its author's own sight, marked as not accepted", () => {
    const own = node(told, eve);
    own.take(...begin, first, second, third, cause);
    const { changed, hidden } = own.take(end);
    expect(changed).toEqual([{ channel, ids: [third.id] }]);
    expect(hidden).toEqual([]);
    expect(own.shown(channel)).toContain(third.id);
    expect(own.refusal(third)).not.toBeNull();
  });
});

it("somebody removed cannot fill the disks of others", () => {
  const told = history();
  const { ada, eve, begin, say, control, owner } = told;
  const cause = control(ada, "remove", { account: eve.account }, owner);
  const one = node(told, ada);
  one.take(...begin, cause);
  const flood = Array.from({ length: 600 }, say);
  const received = one.take(...flood);
  expect(received.accepted).toHaveLength(512);
  expect(received.refused).toHaveLength(88);
});
