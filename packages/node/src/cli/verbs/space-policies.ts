import type { Space } from "@multichat/client/contract";
import { Argument } from "commander";
import type { Command } from "commander";
import { duration } from "../duration.ts";
import { durationWords } from "../times.ts";
import type { CliHost } from "../host.ts";
import { resolveSpace } from "../resolve.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

/** How one gets into a workspace, what who got in may read, and how long it stays. Without a last argument they show what is in force. */
export function addSpacePolicies(space: Command, host: CliHost): void {
  verb(space, "admission", "let who has an invite in at once, or ask first")
    .argument("<space>", "name or id")
    .addArgument(
      new Argument("[how]", "open: at once; approve: once somebody approves").choices([
        "open",
        "approve",
      ]),
    )
    .action((given: string, how: "open" | "approve" | undefined, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const found = await resolveSpace(client, given);
        const now =
          how === undefined
            ? found
            : (
                await client.call("space.admission", {
                  space: found.id,
                  approve: how === "approve",
                })
              ).space;
        print(policies(now), admissionWords(now));
      }),
    );

  verb(space, "history", "say what those who join may read")
    .argument("<space>", "name or id")
    .addArgument(
      new Argument(
        "[from]",
        "all: from the first message; join: what is written from when they join",
      ).choices(["all", "join"]),
    )
    .action((given: string, from: "all" | "join" | undefined, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const found = await resolveSpace(client, given);
        const now =
          from === undefined
            ? found
            : (await client.call("space.history", { space: found.id, history: from })).space;
        print(policies(now), historyWords(now));
      }),
    );

  verb(space, "retention", "let messages of all channels disappear everywhere after a time")
    .argument("<space>", "name or id")
    .argument("[time]", "90s, 30m, 12h, 7d, 2w or never", duration)
    .action((given: string, time: number | undefined, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const found = await resolveSpace(client, given);
        const now =
          time === undefined
            ? found
            : (
                await client.call("space.retention", {
                  space: found.id,
                  seconds: Math.floor(time / 1000),
                })
              ).space;
        print(
          { space: { id: now.id, name: now.name, retention: now.retention?.seconds ?? 0 } },
          retentionWords(now),
        );
      }),
    );
}

function policies({ id, name, approve, history }: Space): object {
  return { space: { id, name, admission: approve ? "approve" : "open", history } };
}

function admissionWords({ name, approve }: Space): string {
  return approve
    ? `Whoever has a valid invite to ${name} waits until somebody approves them.`
    : `Whoever has a valid invite to ${name} is let in at once.`;
}

function retentionWords({ name, retention }: Space): string {
  if (retention === null || retention.seconds === 0)
    return `Messages in ${name} stay, unless a channel says otherwise.`;
  const by = retention.by === null ? "" : `, set by ${retention.by.name}`;
  return `Messages in ${name} disappear after ${durationWords(retention.seconds)}${by}. Where a channel has a time of its own, the shorter counts.`;
}

function historyWords({ name, history }: Space): string {
  return history === "all"
    ? `Whoever joins ${name} may read what came before.`
    : `Whoever joins ${name} reads what is written from then on. Members' nodes keep to this in what they give from now on; nobody loses what they hold, and who holds it can pass it on.`;
}
