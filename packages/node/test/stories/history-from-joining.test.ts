/** The policy `history`: "join" (spec/04-control.md, spec/06-sync.md): who joins reads what is written from then on. */
import type { Message, Space } from "@multichat/client/contract";
import { describe, expect, it } from "vitest";
import { type Person, createWorld } from "./world.ts";

const keepHistory = (who: Person, team: Space) => who.call("space.history", { space: team.id, history: "join" });
const historyOf = async (who: Person, team: Space) => (await who.call("space.list", {})).spaces.find(({ id }) => id === team.id)!.history;

const missing = async (who: Person, team: Space): Promise<number> => (await who.call("space.list", {})).spaces.find(({ id }) => id === team.id)!.connection.missing;

/** The most that was ever said to be missing. */
const everMissing = (who: Person, team: Space): number =>
  Math.max(0, ...who.pushes.flatMap((push) => (push.push === "space" && push.data.id === team.id ? [push.data.connection.missing] : [])));

describe("history from joining on", { timeout: 60_000 }, () => {
  it("shows a newcomer what is written from then on, and misses nothing of what came before", async () => {
    const world = createWorld(1501);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, bob);
    await keepHistory(alice, team);
    for (let i = 0; i < 20; i++) await (i % 2 === 0 ? alice : bob).say(team, `old ${i}`);
    await world.agree(team, [alice, bob]);
    await world.join(carol, await world.invite(alice, team));
    await world.clock.advance(20_000);
    expect([await carol.read(team), await missing(carol, team), everMissing(carol, team)]).toEqual([[], 0, 0]);

    await bob.say(team, "welcome");
    await world.until("Alice reads it", async () => (await alice.read(team)).includes("welcome"));
    await alice.say(team, "hello Carol");
    await world.until("Carol reads it", async () => (await carol.read(team)).length === 2);
    await carol.stop();
    await alice.say(team, "while she was away");
    await carol.start();
    await world.until("Carol reads it", async () => (await carol.read(team)).includes("while she was away"));
    await world.clock.advance(20_000);
    // More than the one she missed never was.
    expect(await missing(carol, team)).toBe(0);
    expect(everMissing(carol, team)).toBeLessThanOrEqual(1);
    expect(await carol.read(team)).toEqual(["welcome", "hello Carol", "while she was away"]);
  });

  it("brings a newcomer the new among very many old messages", async () => {
    const world = createWorld(1502);
    const [alice, carol] = [await world.person("Alice"), await world.person("Carol")];
    const team = await world.workspace(alice);
    await keepHistory(alice, team);
    await alice.sayAll(team, Array.from({ length: 3_000 }, (_, i) => `old ${i}`));
    await world.join(carol, await world.invite(alice, team));
    await carol.stop();
    await alice.sayAll(team, Array.from({ length: 2_000 }, (_, i) => `new ${i}`));
    await carol.start();
    await world.until("Carol has what is new", async () => (await carol.history(team)).length === 2_000);
    expect(everMissing(carol, team)).toBeLessThanOrEqual(2_000);
    await world.until("nothing is missing", async () => (await missing(carol, team)) === 0);
  });

  it("is without what was written while somebody had left, also when the feed goes on before and after", async () => {
    const world = createWorld(1504);
    const [alice, carol] = [await world.person("Alice"), await world.person("Carol")];
    const team = await world.workspace(alice);
    await keepHistory(alice, team);
    await alice.sayAll(team, ["one", "two", "three"]);
    await world.join(carol, await world.invite(alice, team));
    await alice.sayAll(team, ["four", "five"]);
    await world.until("Carol has what is hers", async () => (await carol.read(team)).length === 2);
    await carol.call("space.leave", { space: team.id });
    await world.until("Alice sees it", async () => (await alice.members(team)).join() === "Alice");
    await alice.sayAll(team, ["six", "seven", "eight"]);
    await world.join(carol, await world.invite(alice, team));
    await carol.stop();
    await alice.say(team, "nine");
    carol.pushes.length = 0;
    await carol.start();
    await world.until("Carol has what is hers", async () => (await carol.read(team)).includes("nine"));
    await world.clock.advance(20_000);
    expect(await carol.read(team)).toEqual(["four", "five", "nine"]);
    expect([await missing(carol, team), everMissing(carol, team)]).toEqual([0, 1]);
  });

  it("does not wait for the newcomer's device with marks of what it will never get", async () => {
    const world = createWorld(1503);
    const [alice, bob, carol] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol")];
    const team = await world.workspace(alice, bob);
    await keepHistory(alice, team);
    await alice.say(team, "for Bob");
    await world.join(carol, await world.invite(alice, team));
    await alice.say(team, "for both");
    const marks = async (): Promise<Message["delivery"][]> => (await alice.messages(team)).map(({ delivery }) => delivery);
    await world.until("all have what is theirs", async () => (await marks()).every((mark) => mark!.devices === mark!.of));
    expect(await marks()).toEqual([{ stored: true, devices: 1, of: 1 }, { stored: true, devices: 2, of: 2 }]);
    const [first] = await alice.messages(team);
    const { delivery } = await alice.call("message.delivery", { message: first!.id });
    expect([delivery.has.map(({ person }) => person.name), delivery.waiting]).toEqual([["Bob"], []]);
  });

  it("is set by who may manage the workspace, known to all members, and in the audit log once", async () => {
    const world = createWorld(1505);
    const [alice, bob] = [await world.person("Alice"), await world.person("Bob")];
    const team = await world.workspace(alice, bob);
    expect([team.history, await historyOf(bob, team)]).toEqual(["all", "all"]);
    await expect(keepHistory(bob, team)).rejects.toMatchObject({ code: "not-allowed" });
    for (let times = 0; times < 2; times++) expect((await keepHistory(alice, team)).space.history).toBe("join");
    await world.until("Bob is told", () => bob.pushes.some((one) => one.push === "space" && one.data.id === team.id && one.data.history === "join"));
    await alice.call("space.history", { space: team.id, history: "all" });
    await world.until("Bob knows", async () => (await historyOf(bob, team)) === "all");
    const { entries } = await alice.call("audit.list", { space: team.id, kind: "policy" });
    expect(entries.map(({ by, text }) => `${by?.name} ${text}`)).toEqual(["Alice let those who join read what came before", "Alice let those who join read only what is written after that"]);
  });

  it("takes nothing from who holds it; and taken back, gives everything to those who are there, and to those who come back", async () => {
    const world = createWorld(1506);
    const [alice, bob, carol, dora] = [await world.person("Alice"), await world.person("Bob"), await world.person("Carol"), await world.person("Dora")];
    const team = await world.workspace(alice, bob);
    await alice.sayAll(team, ["one", "two"]);
    await world.until("Bob reads it", async () => (await bob.read(team)).length === 2);
    await keepHistory(alice, team);
    for (const newcomer of [carol, dora]) await world.join(newcomer, await world.invite(alice, team));
    await world.until("Alice sees them", async () => (await alice.members(team)).length === 4);
    await alice.say(team, "three");
    for (const one of [bob, carol, dora]) await world.until("it is read", async () => (await one.read(team)).includes("three"));
    await world.clock.advance(20_000);
    expect(await bob.read(team)).toEqual(["one", "two", "three"]);
    for (const newcomer of [carol, dora]) expect(await newcomer.read(team)).toEqual(["three"]);

    // She has compared with all of them what there was by then.
    await dora.stop();
    await dora.start();
    await world.clock.advance(20_000);
    await dora.stop();
    await alice.call("space.history", { space: team.id, history: "all" });
    await world.until("Carol reads what came before", async () => (await carol.read(team)).length === 3);
    // From Bob, who was given nothing since then.
    for (const one of [alice, carol]) await one.stop();
    await dora.start();
    await world.until("Dora reads it", async () => (await dora.read(team)).length === 3);
    expect(await dora.read(team)).toEqual(["one", "two", "three"]);
  });
});
