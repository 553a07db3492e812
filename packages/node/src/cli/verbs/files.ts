/** `files get` and `files storage` (spec/cli.md). */
import { join } from "node:path";
import { stat } from "node:fs/promises";
import { type FileView, safeFileName } from "@multichat/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { oneLine } from "../printable.ts";
import { resolveSpace } from "../resolve.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface GetOptions extends VerbOptions {
  out: string;
  name?: string;
  force?: true;
}

export function addFilesVerbs(program: Command, host: CliHost): void {
  const files = program.command("files").description("files of messages");
  addStorage(files, host);
  verb(files, "get", "save a file of a message; fetched from the members if it is not here")
    .argument("<message>", "its id")
    .requiredOption("--out <path>", "where to; into a folder under its own name")
    .option("--name <name>", "which of several")
    .option("--force", "replace what is there")
    .action((message: string, options: GetOptions) =>
      withNode(host, options, async ({ client, print, access }) => {
        const { fetched, refuseTaken, save } = await import("../files.ts");
        const { files: all, once, own } = (await client.call("message.get", { message })).message;
        if (once !== null && !own) throw new CliError("not-allowed", "It is to be looked at once, in the app, and not to be kept.");
        const file = chosen(all, options.name);
        const isFolder = (await stat(options.out).catch(() => null))?.isDirectory() === true;
        // Names come from others: never more than a name.
        const path = isFolder ? join(options.out, safeFileName(file.name)) : options.out;
        await refuseTaken(path, options.force === true);
        let said = "";
        await fetched(client, message, file, (state) => {
          const now = state.step === "fetching" ? `${Math.floor((100 * state.have) / state.of)} %` : state.step === "failed" ? waiting[state.why] : "";
          if (now !== said && now !== "") host.stderr.write(`${oneLine(file.name)}: ${now}\n`);
          said = now;
        });
        await save(access, message, file, path, options.force === true);
        print({ file: { name: file.name, size: file.size, path } }, `Saved as ${oneLine(path)}.`);
      }),
    );
}

interface StorageOptions extends VerbOptions {
  /** Days; 0 for all. */
  keep?: number;
  largest?: number;
}

function addStorage(files: Command, host: CliHost): void {
  verb(files, "storage", "show what the files of a space take here, or say what of them is kept")
    .argument("<space>", "name or id")
    .option("--keep <days>", "let go of files of others that came longer ago; all: none", (days: string) => (days === "all" ? 0 : wholeNumber(1, 36_500)(days)))
    .option("--largest <megabytes>", "the largest file that members may send; 0: any", wholeNumber(0, 1_000_000))
    .action((given: string, options: StorageOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, given);
        if (options.keep !== undefined) await client.call("space.keep-files", { space: space.id, days: options.keep === 0 ? null : options.keep });
        const { fileLimit } = options.largest === undefined ? space : (await client.call("space.file-limit", { space: space.id, bytes: options.largest * 1_000_000 })).space;
        const { bytes, files: count, keepDays } = await client.call("space.storage", { space: space.id });
        const kept = keepDays === null ? "All of them stay." : `Those of others go ${keepDays} days after they came, and are fetched again when asked for.`;
        const most = fileLimit === 0 ? "Members may send files of any size." : `Members may send files of up to ${fileLimit / 1e6} MB.`;
        print({ storage: { bytes, files: count, keepDays, fileLimit } }, `${count} files of ${space.name} take ${(bytes / 1e6).toFixed(1)} MB here. ${kept} ${most}`);
      }),
    );
}

const waiting = {
  nobody: "no member who has it is connected; waiting",
  "disk-full": "the disk is full; waiting",
  disk: "the disk did not take it; trying again",
} as const;

function chosen(files: readonly FileView[], name: string | undefined): FileView {
  const found = name === undefined ? files : files.filter((file) => file.name === name);
  const [first] = found;
  if (first === undefined) throw new CliError("not-found", name === undefined ? "This message has no files." : "This message has no file of that name.");
  if (found.length > 1) throw new CliError("ambiguous", `This message has several files; say which with --name: ${found.map((file) => oneLine(file.name)).join(", ")}.`);
  return first;
}
