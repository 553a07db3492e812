/** What all verbs share: their options, the connection to the node, and how they answer. */
import { resolve } from "node:path";
import type { Client, FileAccess } from "@multichat/client";
import type { Command } from "commander";
import { CliError, toApiError } from "./cli-error.ts";
import { defaultDataFolder, inFolder } from "./data-folder.ts";
import type { CliHost } from "./host.ts";
import { createOutput } from "./output.ts";
import type { Output } from "./output.ts";

export interface VerbOptions {
  data?: string;
  json?: true;
}

export interface NodeVerb extends Output {
  client: Client;
  /** For what goes over HTTP. */
  access: FileAccess;
  json: boolean;
  /** A command that this one recommends, for the same data folder. */
  hint(command: string): string;
}

/** A verb with the options every verb takes. @param isDefault of its group: carried out also where none is named */
export function verb(parent: Command, usage: string, description: string, { isDefault = false } = {}): Command {
  return parent
    .command(usage, { isDefault })
    .description(description)
    .option("--data <dir>", "the data folder (default: this platform's place for a program's data)")
    .option("--json", "print one JSON document, for programs");
}

export function dataFolderOf(host: CliHost, { data }: VerbOptions): string {
  // As an unset variable of a script: it would be the folder the script happens to run in.
  if (data === "") throw new CliError("bad-request", "--data needs the name of a folder.");
  return resolve(data ?? defaultDataFolder(host.platform, host.env));
}

/** A command to type next: where a data folder was named for this one, it is for the same. */
export function hint(options: VerbOptions, command: string): string {
  return options.data === undefined ? command : inFolder(command, resolve(options.data));
}

/** Carries a verb out with a connection to the running node. */
export async function withNode(
  host: CliHost,
  options: VerbOptions,
  action: (verb: NodeVerb) => Promise<void>,
): Promise<void> {
  // Loaded here, so that `--help` and `start` do without.
  const { connectToNode } = await import("./node-connection.ts");
  const { client, url, token } = await connectToNode(dataFolderOf(host, options));
  const json = options.json === true;
  const output = createOutput(host, json);
  try {
    await action({ client, access: { url, token }, json, hint: (command) => hint(options, command), ...output });
  } catch (error) {
    // The node knows no commands.
    if (toApiError(error).code !== "locked") throw error;
    throw new CliError("locked", `The keys of this data folder are locked. Unlock them first: ${hint(options, "multichat keys unlock")}`, { cause: error });
  } finally {
    output.settle();
    client.close();
  }
}
