import { expect, test } from "vitest";
import { run } from "../run.ts";
import { fakeHost, startCli } from "../testing/cli-harness.ts";
import type { CliHarness, FakeHost } from "../testing/cli-harness.ts";

const lines = (host: FakeHost): { message: { text: string } }[] =>
  host.out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { message: { text: string } });
const texts = (host: FakeHost): string[] => lines(host).map(({ message }) => message.text);

/** Follows #general, which holds one message already. */
async function tailing(
  cli: CliHarness,
): Promise<{ host: FakeHost; finished: Promise<void>; say(...texts: string[]): void }> {
  cli.engine.addSpace("Team");
  const [general] = cli.engine.channels;
  cli.engine.addMessage(general!, "before");
  const listed = Promise.withResolvers<void>();
  cli.engine.answer("watch", ({ channels }) => {
    expect(channels).toEqual([general!.id]);
    listed.resolve();
    return { ok: true, value: {} };
  });
  const host = fakeHost();
  const finished = run(["tail", "Team", "general", "--data", cli.dataDir, "--json"], host);
  await listed.promise;
  return {
    host,
    finished,
    say(...said) {
      const messages = said.map((text) => cli.engine.addMessage(general!, text));
      cli.engine.push({ push: "messages", data: { channel: general!.id, thread: null, messages } });
    },
  };
}

test("new messages are printed as they come, one line each, each once", async () => {
  await using cli = await startCli();
  const { host, finished, say } = await tailing(cli);
  say("one", "two");
  await host.until((seen) => texts(seen).length >= 2);
  const [before, one] = cli.engine.messages;
  const channel = one!.channel;
  cli.engine.push({ push: "messages", data: { channel, thread: null, messages: [before!, one!] } });
  cli.engine.push({
    push: "messages",
    data: { channel: "another", thread: null, messages: [{ ...one!, id: "x" }] },
  });
  say("three");
  await host.until((seen) => texts(seen).length >= 3);
  expect(texts(host)).toEqual(["one", "two", "three"]);
  host.interrupt();
  await finished;
  expect(host.exitCode).toBe(0);
});

test("a message whose text has not arrived is printed when it has; a late one is new too", async () => {
  await using cli = await startCli();
  const { host, finished, say } = await tailing(cli);
  const [before] = cli.engine.messages;
  const push = (change: object): void =>
    cli.engine.push({
      push: "messages",
      data: { channel: before!.channel, thread: null, messages: [{ ...before!, ...change }] },
    });
  push({ id: "wanted", position: "z", wanted: true, text: "" });
  push({ id: "late", position: "a", late: true, text: "late" });
  push({ id: "wanted", position: "z", text: "arrived" });
  say("after");
  await host.until((seen) => texts(seen).includes("after"));
  expect(texts(host)).toEqual(["late", "arrived", "after"]);
  host.interrupt();
  await finished;
});

test("when the node stops, so does tail, with a reason", async () => {
  await using cli = await startCli();
  const { host, finished } = await tailing(cli);
  await cli.server.stop();
  await finished;
  expect(host.exitCode).toBe(1);
  expect(JSON.parse(host.err)).toMatchObject({ error: { code: "not-running" } });
});
