import { controlLimits } from "@multichat/core";
import { type ChannelId, type ControlKind, type ControlPayload, type EventId, type SpaceId, encode, encodeContent, encodeControlPayload, zeroId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type RawMember, rawMember } from "./raw-device.ts";
import { type Person, createWorld } from "./world.ts";

const none = zeroId as unknown as EventId;

async function meeting(seed: number) {
  const world = createWorld(seed);
  const [alice, eve] = [await world.person("Alice"), await world.person("Eve")];
  const team = await world.workspace(alice, eve);
  await world.agree(team, [alice, eve]);
  const mallory = await rawMember(world, alice, eve, team.id);
  await mallory.enter();
  const row = eve.store.holdings(team.id as SpaceId).find(({ channel, device }) => channel === (team.id as string) && device === eve.device)!;
  const own = { seq: row.ranges.at(-1)![1], prev: row.tip };
  const next = (kind: string, payload: Uint8Array, ctl?: EventId[]) => {
    const event = mallory.event(payload, { channel: team.id as ChannelId, kind, seq: ++own.seq, prev: own.prev, auth: none, ...(ctl === undefined ? {} : { ctl }) });
    own.prev = event.id;
    return event;
  };
  const control = <K extends ControlKind>(kind: K, payload: ControlPayload<K>, ctl?: EventId[]) => next(kind, encodeControlPayload(kind, payload), ctl);
  const account = eve.vault.load()!.account!.id;
  return { world, alice, eve, team, mallory, next, control, account };
}

const size = (who: Person, space: { id: string }): number => who.store.channelEvents(space.id as ChannelId).length;

async function sendAll(mallory: RawMember, events: ReturnType<RawMember["event"]>[]): Promise<void> {
  for (let i = 0; i < events.length; i += 100) await mallory.sendEvents(...events.slice(i, i + 100));
}

describe("the control log does not fill up", { timeout: 60_000 }, () => {
  it("with what one writes who has left", async () => {
    const { world, alice, team, mallory, next, control, account } = await meeting(161);
    const leave = control("leave", { account });
    await mallory.sendEvents(leave);
    expect(await alice.members(team)).toEqual(["Alice"]);
    mallory.send({ type: "bye", code: "stopped", text: "" });
    await world.clock.advance(3_000);
    await mallory.enter();
    const before = size(alice, team);
    let last = leave.id;
    const chain = Array.from({ length: 200 }, () => {
      const event = control("merge", { account }, [last]);
      last = event.id;
      return event;
    });
    await sendAll(mallory, [...chain, ...Array.from({ length: 50 }, () => next("merge", encode(new Map()), [leave.id]))]);
    expect(size(alice, team)).toBe(before);
    await alice.call("channel.create", { space: team.id, name: "later" });
  });

  it("with what changes nothing, in one chain, nor with branches", async () => {
    const { world, alice, team, mallory, control, account } = await meeting(162);
    const before = size(alice, team);
    let last: EventId[] | undefined;
    const chained = (make: (ctl: EventId[] | undefined) => ReturnType<RawMember["event"]>) =>
      Array.from({ length: 200 }, () => {
        const event = make(last);
        last = [event.id];
        return event;
      });
    const merges = chained((ctl) => control("merge", { account }, ctl));
    await sendAll(mallory, merges);
    expect(size(alice, team) - before).toBe(controlLimits.mechanical);
    const end = merges[controlLimits.mechanical - 1]!;
    const place = { channel: team.id as ChannelId, auth: none };
    // From where its merges end: what has no effect, one after another.
    let [seq, prev] = [end.header.seq, end.id];
    const idle = Array.from({ length: 200 }, () => {
      const event = mallory.event(encode(new Map()), { ...place, kind: "mute", seq: ++seq, prev, ctl: [prev] });
      prev = event.id;
      return event;
    });
    await sendAll(mallory, idle);
    expect(size(alice, team) - before).toBe(controlLimits.mechanical + controlLimits.void);
    // Another event at one and the same place, many times over.
    const twins = Array.from({ length: 200 }, () => mallory.event(encode(new Map()), { ...place, kind: "mute", seq: end.header.seq, prev: end.header.prev, ctl: [end.header.prev] }));
    await sendAll(mallory, twins);
    expect(size(alice, team) - before).toBeLessThanOrEqual(controlLimits.mechanical + controlLimits.void + controlLimits.branches);
    const full = size(alice, team);
    // So many heads cost a writer a few merges, not one for every three, and what it writes stands.
    await alice.call("channel.create", { space: team.id, name: "later" });
    expect(size(alice, team) - full).toBeLessThanOrEqual(9);
    await alice.say(team, "heard", "later");
    expect(await alice.read(team, "later")).toEqual(["heard"]);
    await world.clock.advance(1_000);
  });
});

describe("gaps in a feed", { timeout: 60_000 }, () => {
  it("are not kept without end", async () => {
    const { alice, team, mallory } = await meeting(163);
    const torn = Array.from({ length: 4_400 }, (_, i) => mallory.event(encodeContent("message", { text: "." }), { seq: 10 + 2 * i, prev: "11".repeat(32) as EventId }));
    await sendAll(mallory, torn);
    const row = alice.store.holdings(team.id as SpaceId).find(({ channel, device }) => channel === mallory.channel && device === mallory.device)!;
    expect(row.ranges).toHaveLength(4_096);
    await alice.say(team, "still here");
  });
});
