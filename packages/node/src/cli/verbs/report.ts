import type { Report } from "@multichat/client/contract";
import type { Command } from "commander";
import { namedText } from "../../export/export-message.ts";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { resolveSpace } from "../resolve.ts";
import { relativeTime } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addReportVerbs(program: Command, host: CliHost): void {
  const report = program.command("report").description("reports of messages to those who moderate");

  verb(report, "create", "report a message; only those who may delete messages learn of it")
    .argument("<message>", "its whole id")
    .argument("[reason]", "why")
    .action((message: string, reason: string | undefined, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        await client.call("report.create", { message, reason: reason ?? "" });
        print({ reported: { message } }, "Reported to those who moderate.");
      }),
    );

  verb(report, "list", "list the reports, open ones first")
    .argument("<space>", "name or id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { reports } = await client.call("report.list", { space: space.id });
        const rows = reports.map((one) => [one.id.slice(0, 12), one.resolved === null ? "open" : `settled by ${one.resolved.by.name}`, `by ${one.by.name}`, relativeTime(one.at, host.now()), one.reason, namedText(one.message).slice(0, 60)]);
        print({ reports }, reports.length === 0 ? "No reports." : columns(rows));
      }),
    );

  verb(report, "resolve", "mark a report as settled")
    .argument("<space>", "name or id")
    .argument("<report>", "its id, or at least the first six digits")
    .action((given: string, wanted: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { reports } = await client.call("report.list", { space: space.id });
        const { id } = pickReport(reports, wanted);
        await client.call("report.resolve", { space: space.id, report: id });
        print({ report: { id } }, "Settled.");
      }),
    );
}

function pickReport(reports: readonly Report[], given: string): Report {
  const matches = reports.filter(({ id }) => id === given || (given.length >= 6 && id.startsWith(given.toLowerCase())));
  const [match] = matches;
  if (match === undefined) throw new CliError("not-found", `There is no report ${given} in this workspace.`);
  if (matches.length > 1) throw new CliError("ambiguous", `Several reports begin with ${given}. Write more of the id.`);
  return match;
}
