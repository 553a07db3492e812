/** Ivy brings Ana and Bob together, who share no workspace (spec/10-trust.md, Introductions). */
import type { Introduction, Space } from "@multichat/client/contract";
import { parseSpaceId } from "@multichat/protocol";
import { describe, expect, it } from "vitest";
import { type Person, type World, createWorld } from "./world.ts";

interface Three {
  world: World;
  ivy: Person;
  ana: Person;
  bob: Person;
  withAna: Space;
  withBob: Space;
  /** Account ids. */
  a: string;
  b: string;
}

async function three(seed: number): Promise<Three> {
  const world = createWorld(seed);
  const ivy = await world.person("Ivy", { addresses: ["/ip4/192.0.2.1/tcp/1"] });
  const ana = await world.person("Ana", { addresses: ["/ip4/192.0.2.2/tcp/1"] });
  const bob = await world.person("Bob", { addresses: ["/ip4/192.0.2.3/tcp/1"] });
  const withAna = await world.workspace(ivy, ana);
  const withBob = await world.workspace(ivy, bob);
  await world.agree(withAna, [ivy, ana]);
  await world.agree(withBob, [ivy, bob]);
  const accountOf = async (who: Person): Promise<string> => (await who.call("account.get", {})).account!.id;
  return { world, ivy, ana, bob, withAna, withBob, a: await accountOf(ana), b: await accountOf(bob) };
}

const list = async (who: Person): Promise<Introduction[]> => (await who.call("introduction.list", {})).introductions;
const only = async (who: Person): Promise<Introduction> => {
  const all = await list(who);
  expect(all.length).toBe(1);
  return all[0]!;
};
const contacts = async (who: Person): Promise<string[]> => (await who.call("contact.list", {})).contacts.map(({ name }) => name);

describe("an introduction", { timeout: 60_000 }, () => {
  it("makes contacts of two people when both accept", async () => {
    const { world, ivy, ana, bob, a, b } = await three(921);
    await ivy.call("contact.name", { account: b, petname: "Boring Bob" });
    const { introduction } = await ivy.call("introduction.create", { account: a, to: b });
    expect(introduction).toMatchObject({ role: "made", state: "open", people: [{ name: "Ana", accepted: null }, { name: "Boring Bob", accepted: null }] });
    await world.until("both are asked", async () => (await list(ana)).length + (await list(bob)).length === 2);
    // The petname is Ivy's own.
    expect(await only(ana)).toMatchObject({ role: "received", by: { name: "Ivy" }, people: [{ id: b, name: "Bob", accepted: null }], answer: null, state: "open" });
    await world.until("her interfaces are told", () => ana.pushes.some((one) => one.push === "people" && one.data.requests === 1));

    await ana.call("introduction.answer", { introduction: introduction.id, accept: true });
    await world.until("Bob sees that she has", async () => (await only(bob)).people[0]!.accepted === true);
    expect(await contacts(ana)).toEqual([]);
    expect(await only(ana)).toMatchObject({ answer: true, state: "open" });
    await bob.call("introduction.answer", { introduction: introduction.id, accept: true });
    await world.until("Ana hears of it", async () => (await only(ana)).state === "done");
    expect(await contacts(ana)).toEqual(["Bob"]);
    expect(await contacts(bob)).toEqual(["Ana"]);
    expect(await only(ivy)).toMatchObject({ state: "done" });
    expect((await ana.call("person.get", { account: b })).person).toMatchObject({ name: "Bob", contact: true, petname: null, spaces: [] });

    const kept = ana.pushes.flatMap((one) => (one.push === "own" && one.data.key === `contact/${b}` ? [one.data.value] : [])).at(-1);
    expect(JSON.parse(kept!)).toMatchObject({ name: "Bob", peers: [{ device: bob.device, addresses: ["/ip4/192.0.2.3/tcp/1"] }] });
  });

  it("tells nobody but the introducer who declined", async () => {
    const { world, ivy, ana, bob, a, b } = await three(922);
    const { introduction } = await ivy.call("introduction.create", { account: a, to: b });
    await world.until("both are asked", async () => (await list(ana)).length + (await list(bob)).length === 2);
    await bob.call("introduction.answer", { introduction: introduction.id, accept: true });
    await ana.call("introduction.answer", { introduction: introduction.id, accept: false });
    await world.until("Ivy knows", async () => (await only(ivy)).state === "declined");
    await world.clock.advance(60_000);
    expect(await only(bob)).toMatchObject({ state: "open", people: [{ accepted: null }] });
    expect(await contacts(bob)).toEqual([]);
    await expect(ana.call("introduction.answer", { introduction: introduction.id, accept: true })).rejects.toMatchObject({ code: "bad-request" });
  });

  it("reaches those who were away, in whatever order they come", async () => {
    const { world, ivy, ana, bob, a, b } = await three(923);
    await ana.stop();
    await bob.stop();
    const { introduction } = await ivy.call("introduction.create", { account: a, to: b });
    await ana.start();
    await world.until("Ana is asked", async () => (await list(ana)).length === 1);
    await ana.call("introduction.answer", { introduction: introduction.id, accept: true });
    await world.until("Ivy knows", async () => (await only(ivy)).people[0]!.accepted === true);
    await ana.stop();
    await bob.start();
    await world.until("Bob is asked", async () => (await list(bob)).length === 1);
    expect((await only(bob)).people[0]!.accepted).toBe(true);
    await bob.call("introduction.answer", { introduction: introduction.id, accept: true });
    expect(await contacts(bob)).toEqual(["Ana"]);
    await world.until("Ivy knows that too", async () => (await only(ivy)).state === "done");
    await ana.start();
    await world.until("Ana learns it", async () => (await contacts(ana)).length === 1);
  });

  it("can be read by nobody else in the workspace it goes through", async () => {
    const { world, ivy, ana, withAna, a, b } = await three(924);
    const eve = await world.person("Eve");
    await world.join(eve, await world.invite(ivy, withAna));
    await ivy.call("introduction.create", { account: a, to: b });
    await world.until("Ana is asked", async () => (await list(ana)).length === 1);
    await world.agree(withAna, [ivy, ana, eve]);
    const records = eve.store.records(parseSpaceId(withAna.id)!, "introduction");
    expect(records.length).toBe(1);
    const held = Buffer.from(records[0]!.bytes);
    for (const secret of [Buffer.from(b, "hex"), Buffer.from("Bob"), Buffer.from("192.0.2.3")]) expect(held.includes(secret)).toBe(false);
    expect(await list(eve)).toEqual([]);
  });

  it("is asked once, ends after a month, and is not taken from somebody blocked", async () => {
    const { world, ivy, ana, bob, a, b } = await three(925);
    await bob.call("contact.block", { account: (await ivy.call("account.get", {})).account!.id });
    const { introduction } = await ivy.call("introduction.create", { account: a, to: b });
    expect((await ivy.call("introduction.create", { account: b, to: a })).introduction.id).toBe(introduction.id);
    await world.until("Ana is asked", async () => (await list(ana)).length === 1);
    await world.clock.advance(60_000);
    expect(await list(bob)).toEqual([]);
    for (const who of [ivy, ana, bob]) await who.stop();
    await world.clock.advance(31 * 24 * 60 * 60_000);
    await ana.start();
    expect(await only(ana)).toMatchObject({ state: "expired" });
    await expect(ana.call("introduction.answer", { introduction: introduction.id, accept: true })).rejects.toMatchObject({ message: expect.stringContaining("expired") });
  });

  it("is between two others, each of whom is somewhere with the introducer", async () => {
    const { ivy, a } = await three(926);
    const self = (await ivy.call("account.get", {})).account!.id;
    await expect(ivy.call("introduction.create", { account: a, to: a })).rejects.toMatchObject({ code: "bad-request" });
    await expect(ivy.call("introduction.create", { account: a, to: self })).rejects.toMatchObject({ code: "bad-request" });
    await expect(ivy.call("introduction.create", { account: a, to: "cd".repeat(32) })).rejects.toMatchObject({ code: "not-found" });
    await expect(ivy.call("introduction.answer", { introduction: "00".repeat(16), accept: true })).rejects.toMatchObject({ code: "not-found" });
  });
});
