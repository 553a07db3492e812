import { CommanderError } from "commander";
import { Interrupted, interruptedStatus, toApiError } from "./cli-error.ts";
import type { CliHost } from "./host.ts";
import { printError } from "./output.ts";
import { createProgram } from "./program.ts";
import { optionOfNoVerb, showHelp, usageError } from "./usage.ts";

/** Runs one command line; the exit status is in `host.exitCode` afterwards. */
export async function run(args: readonly string[], host: CliHost): Promise<void> {
  const end = args.indexOf("--");
  const json = (end === -1 ? args : args.slice(0, end)).includes("--json");
  let said = "";
  const program = createProgram(host, (text) => (said += text));
  try {
    const [first, ...rest] = args;
    if (first === "help") showHelp(program, rest);
    else await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    if (error instanceof Interrupted) return void (host.exitCode = interruptedStatus);
    host.exitCode = 1;
    if (!(error instanceof CommanderError)) return printError(host, json, toApiError(error));
    // A group of commands was named and none of them: commander has written the help.
    if (error.code === "commander.help" && !json) return host.stderr.write(said);
    const early = optionOfNoVerb(program, args);
    // A group that does something by itself takes them.
    const problem = early !== null && error.message.includes(`'${early}'`) ? `a command is missing before ${early}` : error.code === "commander.help" ? "a command is missing" : error.message.replace(/^error: /, "");
    if (json) printError(host, json, { code: "bad-request", message: problem.replaceAll("\n", " ") });
    else host.stderr.write(`${usageError(program, args, problem)}\n`);
  }
}
