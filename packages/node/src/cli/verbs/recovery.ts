import { hostname } from "node:os";
import { resolve } from "node:path";
import type { Client } from "@multichat/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { untilDone } from "../progress.ts";
import { readWords } from "../phrase-words.ts";
import { readNewPassphrase, readPassphrase, withLines } from "../secret-lines.ts";
import { plural } from "../times.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";
import { untilAccount } from "./device.ts";

interface RecoverOptions extends VerbOptions {
  via?: string;
  name?: string;
  yes?: true;
}

interface RestoreOptions extends VerbOptions {
  words?: true;
}

/** Verbs of `account` by which it outlives its devices. */
export function addRecoveryVerbs(account: Command, host: CliHost): void {
  verb(account, "recover", "become a new device of your account; reads the 24 words from stdin")
    .option(
      "--via <link>",
      "an invite link of one of your workspaces, a device code, or an address of a member (default: ask on this network)",
    )
    .option("--name <name>", "what this device is called (default: this computer's name)")
    .option("--yes", "go on without showing whose account it is first")
    .action((options: RecoverOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, say }) => {
          await requireNoAccount(client);
          const words = await readWords(host, lines, client);
          const name = options.name ?? (hostname().slice(0, 64) || "New device");
          const params = {
            words,
            name,
            ...(options.via === undefined ? {} : { via: options.via }),
          };
          let asked = false;
          await untilDone(
            client,
            "recovery",
            async () => (await client.call("account.recover", params)).recovery,
            async ({ step, account: found, detail }) => {
              // The last is said by who asked for it.
              if (step === "finding" || (step === "found" && !asked)) say(detail);
              if (step !== "found" || asked) return;
              asked = true;
              say(`${found?.name ?? ""}  account ${found?.id ?? ""}`);
              if (options.yes !== true) say("Type yes or no:");
              if (options.yes !== true && !isYes(await lines.next())) {
                await client.call("account.recover-cancel", {});
                throw new CliError("declined", "Stopped. Nothing was changed.");
              }
              await client.call("account.recover-confirm", {});
            },
          );
          const recovered = await untilAccount(client);
          print({ account: recovered }, `You are ${recovered.name} here, on a new device.`);
        }),
      ),
    );

  verb(account, "rotate", "replace your recovery phrase, and show the new one")
    .option("--words", "read the phrase in force from stdin, where this device no longer has it")
    .action((options: RestoreOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, hint }) => {
          const old = options.words === true ? { words: await readWords(host, lines, client) } : {};
          const { words, rooted } = await client.call("account.rotate", old);
          const except = rooted.length === 0 ? "" : `, but that it holds the root key of ${rooted.map(({ name }) => name).join(", ")}: keep it too`;
          print(
            { words, rooted },
            `${words.join(" ")}\nThe old phrase is worth nothing now${except}. Write these words down, then: ${hint("multichat account phrase --confirm")}`,
          );
        }),
      ),
    );

  verb(account, "backup", "write everything to one encrypted file; reads its passphrase from stdin")
    .argument("<file>", "a new file")
    .action((file: string, options: VerbOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, progress }) => {
          const passphrase = await readNewPassphrase(host, lines, "Passphrase of the backup: ");
          const params = { path: resolve(file), passphrase };
          const { path, items, bytes } = await untilDone(
            client,
            "transfer",
            async () => (await client.call("backup.write", params)).transfer,
            ({ detail }) => progress(detail),
          );
          print(
            { backup: { path, items, bytes } },
            `Everything is in ${path} (${plural(items, "event")}, ${Math.ceil(bytes / 1024)} KiB). Nobody can open it without the passphrase, you neither.`,
          );
        }),
      ),
    );

  verb(
    account,
    "restore",
    "take everything from a backup, as a new device; reads its passphrase from stdin",
  )
    .argument("<file>", "one that account backup made")
    .option(
      "--words",
      "read the 24 words from a second line of stdin: for a backup of a device that was revoked since",
    )
    .action((file: string, options: RestoreOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, progress }) => {
          await requireNoAccount(client);
          const passphrase = await readPassphrase(host, lines, "Passphrase of the backup: ");
          const words =
            options.words === true ? { words: await readWords(host, lines, client) } : {};
          const params = { path: resolve(file), passphrase, ...words };
          const { items } = await untilDone(
            client,
            "transfer",
            async () => (await client.call("backup.restore", params)).transfer,
            ({ detail }) => progress(detail),
          );
          const restored = await untilAccount(client);
          print({ account: restored, items }, `You are ${restored.name} here, on a new device.`);
        }),
      ),
    );

  verb(account, "delete", "leave all workspaces and take your account off this computer, for good")
    .argument("<name>", "your name, so that it does not happen by mistake")
    .action((name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { remains } = await client.call("account.delete", { name });
        print({ remains }, `Your account is gone from this computer.\n${remains.join("\n")}`);
      }),
    );
}

/** Before anything secret is asked for. */
async function requireNoAccount(client: Client): Promise<void> {
  const { account } = await client.call("account.get", {});
  if (account !== null)
    throw new CliError("account-exists", `This is ${account.name}'s device already. Use a new data folder: multichat start --data FOLDER`);
}

function isYes(line: string | null): boolean {
  return /^y(es)?$/i.test((line ?? "").trim());
}
