/** What the verbs about notifications ask of the node and print. */
import type { NotificationRules } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { channelOf, fakeId, spaceOf } from "../../api/testing/fake-values.ts";
import { startCli } from "../testing/cli-harness.ts";

const general: Omit<NotificationRules, "rules"> = {
  workspaces: "mentions", conversations: "all", everyone: true, reactions: true, requests: true, reports: true,
  sound: false, pausedUntil: 0, quiet: { zone: null, times: [] }, keywords: [],
};
const team = spaceOf("Team");
const channel = channelOf(team.id, "general");

async function withRules(rules: NotificationRules["rules"]) {
  const cli = await startCli();
  cli.engine.answer("space.list", () => ({ ok: true, value: { spaces: [team] } }));
  cli.engine.answer("channel.list", () => ({ ok: true, value: { channels: [channel] } }));
  cli.engine.answer("person.list", () => ({ ok: true, value: { people: [] } }));
  cli.engine.answer("notify.rules", () => ({ ok: true, value: { rules: { ...general, rules } } }));
  cli.engine.answer("notify.rule", () => ({ ok: true, value: { rules: { ...general, rules } } }));
  return cli;
}

test("rules say by name what they are about", async () => {
  await using cli = await withRules([
    { scope: "channel", id: channel.id, rule: { level: "all" } },
    { scope: "space", id: team.id, rule: { level: "nothing" } },
    { scope: "channel", id: fakeId("gone"), rule: { level: "nothing" } },
  ]);
  const { out } = await cli.run("notify", "rules");
  expect(out.trim().split("\n").slice(-3)).toEqual(["#general (Team): everything", "workspace Team: nothing", `channel ${fakeId("gone").slice(0, 12)}: nothing`]);
});

test("taking a mute back leaves no rule behind, and a change has to be about something", async () => {
  await using cli = await withRules([{ scope: "space", id: team.id, rule: { until: 2 ** 47 - 1 } }]);
  await cli.run("notify", "rules", "--space", "Team", "--mute", "0s");
  expect(cli.engine.executed.find(({ command }) => command === "notify.rule")).toMatchObject({ params: { scope: "space", id: team.id, rule: {} } });
  expect(await cli.failure("notify", "rules", "--level", "all")).toMatchObject({ error: { code: "bad-request", message: expect.stringContaining("--space") } });
});

test("a rule about a thread needs the message on which it hangs, but to be taken away", async () => {
  await using cli = await withRules([]);
  cli.engine.answer("message.history", () => ({ ok: false, error: { code: "not-found", message: "There is no such message here." } }));
  expect(await cli.failure("notify", "rules", "--thread", fakeId("gone"), "--level", "all")).toMatchObject({ error: { code: "not-found" } });
  expect(await cli.json("notify", "rules", "--thread", fakeId("gone"), "--clear")).toMatchObject({ rules: { rules: [] } });
});

test("a setting that cannot be is named as it was typed", async () => {
  await using cli = await withRules([]);
  expect(await cli.failure("notify", "settings", "--zone", "Nowhere/Town")).toMatchObject({ error: { code: "bad-request", message: "The zone must be a time zone like Europe/Berlin." } });
});

test("what is not in the inbox cannot be taken out of it", async () => {
  await using cli = await startCli();
  cli.engine.answer("inbox.clear", ({ items = [] }) => ({ ok: true, value: { unread: 0, missing: items.filter((one) => one !== team.id) } }));
  expect(await cli.failure("notify", "clear", channel.id)).toMatchObject({ error: { code: "not-found", message: expect.stringContaining("inbox") } });
  expect(await cli.json("notify", "clear", team.id)).toEqual({ unread: 0 });
  expect(await cli.json("notify", "clear")).toEqual({ unread: 0 });
});
