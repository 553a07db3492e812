import { auditKinds } from "@multichat/client/contract";
import type { AuditKind } from "@multichat/client/contract";
import { Option } from "commander";
import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { resolvePerson, resolveSpace } from "../resolve.ts";
import { isoDay, timeOfDay } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface AuditOptions extends VerbOptions {
  kind?: AuditKind;
  by?: string;
  of?: string;
  limit?: number;
  before?: string;
}

export function addAuditVerb(program: Command, host: CliHost): void {
  verb(program, "audit", "who did what to whom, newest first")
    .argument("<space>", "name or id")
    .addOption(new Option("--kind <kind>", "only this").choices(auditKinds))
    .option("--by <member>", "only what this one did")
    .option("--of <member>", "only what was done to this one")
    .option("--limit <n>", "how many, up to 200 (default: 50)", wholeNumber(1, 200))
    .option("--before <position>", "only what came before this")
    .action((given: string, { kind, by, of, limit, before, ...options }: AuditOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        const { entries, hasOlder } = await client.call("audit.list", {
          space: space.id,
          ...(kind === undefined ? {} : { kind }),
          ...(by === undefined ? {} : { by: (await resolvePerson(client, by)).id }),
          ...(of === undefined ? {} : { of: (await resolvePerson(client, of)).id }),
          ...(limit === undefined ? {} : { limit }),
          ...(before === undefined ? {} : { before }),
        });
        const rows = entries.map((entry) => [`${isoDay(entry.at)} ${timeOfDay(entry.at)}`, entry.by?.name ?? "the root key", entry.void === null ? entry.text : `${entry.text} (without effect: ${entry.void})`]);
        print({ entries, hasOlder }, entries.length === 0 ? "Nothing." : columns(rows));
      }),
    );
}
