import type { Join } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fakeId } from "../../api/testing/fake-values.ts";
import { run } from "../run.ts";
import { fakeHost, startCli, stdinOf } from "../testing/cli-harness.ts";
import type { CliHarness, FakeHost } from "../testing/cli-harness.ts";

const link = "multichat://join/#secret";
const finding: Join = {
  id: "join-1",
  space: { id: fakeId("team"), name: "Team" },
  inviter: "Alice",
  step: "finding",
  detail: "Looking for Alice.",
  code: null,
  attempts: [],
  confirmedBy: 0,
  fetched: 0,
  total: 0,
};

interface Joining {
  cli: CliHarness;
  host: FakeHost;
  finished: Promise<void>;
  progress(change: Partial<Join>): void;
}

/** A join that has been started and looks for a member. */
async function joining(cli: CliHarness, ...options: string[]): Promise<Joining> {
  cli.engine.answer("join.start", () => ({ ok: true, value: { join: finding } }));
  const host = fakeHost();
  let interruptible = false;
  const onInterrupt = host.onInterrupt.bind(host);
  host.onInterrupt = (listener) => {
    interruptible = true;
    return onInterrupt(listener);
  };
  host.stdin = stdinOf(`${link}\n`);
  const finished = run(["join", "-", "--data", cli.dataDir, ...options], host);
  await host.until(() => interruptible);
  return {
    cli,
    host,
    finished,
    progress: (change) => cli.engine.push({ push: "join", data: { ...finding, ...change } }),
  };
}

test("the link comes from stdin, progress is said in words, and the end is being in", async () => {
  await using cli = await startCli();
  const { host, finished, progress } = await joining(cli);
  expect(cli.engine.executed.at(-1)).toEqual({ command: "join.start", params: { link } });
  progress({ step: "checking", detail: "Checking the invite." });
  progress({ id: "another", step: "done", detail: "Not ours." });
  progress({ step: "fetching", detail: "Fetching 10 of about 20 messages.", fetched: 10 });
  progress({ step: "done", detail: "Everything is here." });
  await finished;
  expect(host.out).toBe(
    "Looking for Alice.\nChecking the invite.\nFetching 10 of about 20 messages.\nEverything is here.\nYou are in Team.\n",
  );
  expect(host.exitCode).toBe(0);
});

test("with --json only the workspace is printed", async () => {
  await using cli = await startCli();
  const { host, finished, progress } = await joining(cli, "--json");
  progress({ step: "checking", detail: "Checking the invite." });
  progress({ step: "done", detail: "Everything is here." });
  await finished;
  expect(JSON.parse(host.out)).toEqual({ space: { id: fakeId("team"), name: "Team" } });
});

test("a final failure says which it is", async () => {
  await using cli = await startCli();
  const { host, finished, progress } = await joining(cli, "--json");
  progress({
    step: "failed",
    detail: "This invite has been used 5 of 5 times.",
    code: "invite-used-up",
  });
  await finished;
  expect([host.out, host.exitCode]).toEqual(["", 1]);
  expect(JSON.parse(host.err)).toEqual({
    error: { code: "invite-used-up", message: "This invite has been used 5 of 5 times." },
  });
});

test("being unable to reach anyone is no failure: it keeps trying", async () => {
  await using cli = await startCli();
  const { host, finished, progress } = await joining(cli);
  progress({ detail: "No address answers.", code: "no-member-reachable" });
  progress({ step: "done", detail: "Everything is here." });
  await finished;
  expect(host.exitCode).toBe(0);
});

test("--wait gives up waiting and says what is missing", async () => {
  await using cli = await startCli();
  const { host, finished, progress } = await joining(cli, "--wait", "5");
  progress({ detail: "No address answers.", code: "no-member-reachable" });
  await host.until(({ out }) => out.includes("No address answers."));
  host.expire();
  await finished;
  expect(host.exitCode).toBe(1);
  expect(host.err).toBe("multichat: No address answers. Multichat goes on trying while it runs.\n");
});

test("--wait has a code for programs", async () => {
  await using cli = await startCli();
  const { host, finished } = await joining(cli, "--wait", "5", "--json");
  host.expire();
  await finished;
  expect(host.out).toBe("");
  expect(JSON.parse(host.err)).toMatchObject({ error: { code: "no-member-reachable" } });
});

test("Ctrl-C leaves the join to the node and says so", async () => {
  await using cli = await startCli();
  const { host, finished } = await joining(cli);
  host.interrupt();
  await finished;
  expect(host.out).toContain("Multichat goes on trying while it runs.");
  expect(host.exitCode).toBe(130);
});

test("a node that stops meanwhile is said", async () => {
  await using cli = await startCli();
  const { host, finished } = await joining(cli, "--json");
  await cli.server.stop();
  await finished;
  expect(JSON.parse(host.err)).toMatchObject({ error: { code: "not-running" } });
});

test("a garbled link is refused by the node", async () => {
  await using cli = await startCli();
  expect(await cli.failure("join", "nonsense")).toMatchObject({
    error: { code: "invite-garbled" },
  });
});
