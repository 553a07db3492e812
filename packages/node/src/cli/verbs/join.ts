import type { Client } from "@multichat/client";
import type { Join } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { argumentOrStdin } from "../stdin.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface JoinOptions extends VerbOptions {
  wait?: number;
}

/** The exit status of a program that was interrupted. */
const interrupted = 130;

export function addJoinVerb(program: Command, host: CliHost): void {
  verb(
    program,
    "join",
    "join a workspace by an invite link; keeps trying until a member is reached",
  )
    .argument(
      "<link>",
      "the link, or - to read it from stdin, where other users of this machine cannot see it",
    )
    .option(
      "--wait <seconds>",
      "stop waiting after this time; the node goes on trying",
      wholeNumber(1, 86_400),
    )
    .action((given: string, options: JoinOptions) =>
      withNode(host, options, async ({ client, print, say, hint }) => {
        const link = (await argumentOrStdin(host, given)).trim();
        const outcome = await untilJoined(client, host, link, options.wait, say);
        if (outcome === "interrupted") {
          host.exitCode = interrupted;
          say(`Multichat goes on trying while it runs. See: ${hint("multichat status")}`);
          return;
        }
        const { id, name } = outcome.space;
        print({ space: { id, name } }, `You are in ${name}.`);
      }),
    );
}

async function untilJoined(
  client: Client,
  host: CliHost,
  link: string,
  waitSeconds: number | undefined,
  say: (words: string) => void,
): Promise<Join | "interrupted"> {
  const outcome = Promise.withResolvers<Join | "interrupted">();
  let current: Join | null = null;

  const take = (join: Join): void => {
    if (current !== null && join.detail !== current.detail) say(join.detail);
    current = join;
    if (join.step === "done") outcome.resolve(join);
    if (join.step === "failed") outcome.reject(new CliError(join.code ?? "internal", join.detail));
  };

  // Progress may be pushed before the answer that names the join has come.
  const early: Join[] = [];
  client.on("join", (join) => {
    if (current === null) early.push(join);
    else if (join.id === current.id) take(join);
  });
  client.onState((state) => {
    if (state !== "open")
      outcome.reject(
        new CliError(
          "not-running",
          "Multichat has stopped; it goes on joining when it runs again.",
        ),
      );
  });
  // It may fail before it is awaited; the await below still sees it.
  outcome.promise.catch(() => undefined);

  const { join } = await client.call("join.start", { link });
  say(join.detail);
  take(join);
  for (const next of early) if (next.id === join.id) take(next);

  const stopListening = host.onInterrupt(() => outcome.resolve("interrupted"));
  const cancel =
    waitSeconds === undefined
      ? () => undefined
      : host.after(waitSeconds * 1_000, () => {
          const message = `${current?.detail ?? ""} Multichat goes on trying while it runs.`.trim();
          outcome.reject(new CliError("no-member-reachable", message));
        });
  try {
    return await outcome.promise;
  } finally {
    stopListening();
    cancel();
  }
}
