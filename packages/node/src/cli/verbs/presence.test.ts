/** What the verbs about presence ask of the node and print. */
import type { OwnPresence, PersonCard, Presence } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fakeId } from "../../api/testing/fake-values.ts";
import { startCli } from "../testing/cli-harness.ts";

const bob = { id: fakeId("account Bob"), name: "Bob", chosenName: "Bob", petname: null } as PersonCard;
const own: OwnPresence = { chosen: "dnd", until: 0, state: "dnd", status: null };

test("set says what is named, and leaves the status alone otherwise", async () => {
  await using cli = await startCli();
  cli.engine.answer("presence.set", () => ({ ok: true, value: { own } }));
  expect(await cli.json("presence", "set", "dnd")).toEqual({ presence: own });
  expect(cli.engine.executed.at(-1)).toEqual({ command: "presence.set", params: { state: "dnd", until: 0 } });
  await cli.json("presence", "set", "away", "--text", "Lunch", "--emoji", "🍜", "--until", "1h");
  const { params } = cli.engine.executed.at(-1)! as { params: { until: number } };
  expect(params).toEqual({ state: "away", until: params.until, status: { emoji: "🍜", text: "Lunch", away: null, until: params.until } });
  expect(params.until).toBeGreaterThan(0);
  await cli.json("presence", "set", "online", "--text", "");
  expect(cli.engine.executed.at(-1)).toEqual({ command: "presence.set", params: { state: "online", until: 0, status: null } });
  expect(await cli.failure("presence", "set", "asleep")).toMatchObject({ error: { code: "bad-request" } });
});

test("show says it in words", async () => {
  await using cli = await startCli();
  cli.engine.answer("person.list", () => ({ ok: true, value: { people: [bob] } }));
  const away: Presence = { account: bob.id, state: "away", lastSeen: null, status: { emoji: "🌴", text: "On holiday", away: "Ask Carol", until: 0 } };
  cli.engine.answer("presence.watch", () => ({ ok: true, value: { people: [away] } }));
  expect(await cli.json("presence", "show", "bob")).toEqual({ presence: away });
  expect(cli.engine.executed.at(-1)).toEqual({ command: "presence.watch", params: { accounts: [bob.id] } });
  expect((await cli.run("presence", "show", "Bob")).out).toBe("Bob: away – 🌴 Ask Carol\n");
});
