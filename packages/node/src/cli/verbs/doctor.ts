import type { DoctorCheck } from "@multichat/client/contract";
import type { Command } from "commander";
import { toApiError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { createOutput } from "../output.ts";
import { dataFolderOf, hint, verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

interface Report {
  ok: boolean;
  checks: DoctorCheck[];
}

export function addDoctorVerb(program: Command, host: CliHost): void {
  verb(
    program,
    "doctor",
    "look for what is wrong and say what to do; exit status 1 if anything is",
  ).action(async (options: VerbOptions) => {
    const { ok, checks: made } = (await fromNode(host, options)) ?? (await fromHere(host, options));
    const checks = made.map((check) => ({ ...check, detail: inThisFolder(check.detail, options) }));
    const rows = checks.map((check) => [check.ok ? "ok" : "PROBLEM", check.name, check.detail]);
    createOutput(host, options.json === true).print({ ok, checks }, columns(rows));
    if (!ok) host.exitCode = 1;
  });
}

/** The node does not know how the command line was told which folder it is about. */
function inThisFolder(detail: string, options: VerbOptions): string {
  return detail.replace(/(?<=`)multichat [^`]+(?=`)/g, (command) => hint(options, command));
}

/** Null when no node is running. */
async function fromNode(host: CliHost, options: VerbOptions): Promise<Report | null> {
  let report: Report | null = null;
  try {
    await withNode(host, options, async ({ client }) => {
      report = await client.call("doctor.run", {});
    });
  } catch (error) {
    // Every other trouble with the running node is one that the checks made here name.
    if (toApiError(error).code === "internal") throw error;
  }
  return report;
}

async function fromHere(host: CliHost, options: VerbOptions): Promise<Report> {
  const { localChecks } = await import("../local-checks.ts");
  const found = await localChecks(dataFolderOf(host, options), process.version);
  const checks = [
    { name: "running", ok: true, detail: "No. These checks are made without it." },
    ...found,
  ];
  return { ok: checks.every((check) => check.ok), checks };
}
