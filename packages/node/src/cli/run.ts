import { CommanderError } from "commander";
import { Interrupted, toApiError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import { printError } from "./output.ts";
import { createProgram } from "./program.ts";

/** As a shell has it. */
export const interruptedStatus = 130;

/** Runs one command line; the exit status is in `host.exitCode` afterwards. */
export async function run(args: readonly string[], host: CliHost): Promise<void> {
  const end = args.indexOf("--");
  const json = (end === -1 ? args : args.slice(0, end)).includes("--json");
  let usage = "";
  const program = createProgram(host, (text) => (usage += text));
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    if (error instanceof Interrupted) return void (host.exitCode = interruptedStatus);
    host.exitCode = 1;
    if (!(error instanceof CommanderError)) return printError(host, json, toApiError(error));
    if (!json) return host.stderr.write(usage);
    // Commander's own words, without its "error: " and the usage lines that help people.
    const [first = ""] = usage.split("\n");
    printError(host, json, {
      code: "bad-request",
      message: first.replace(/^error: /, "") || "See multichat --help.",
    });
  }
}
