import type { Command } from "commander";
import type { CliHost } from "../host.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";
import { readPassphrase, withLines } from "../secret-lines.ts";

interface ProtectOptions extends VerbOptions {
  change?: true;
}

export function addKeysVerbs(program: Command, host: CliHost): void {
  const keys = program.command("keys").description("the passphrase of this data folder's keys");

  verb(keys, "protect", "set a passphrase, asked at every start; read from stdin")
    .option("--change", "there is one already: it is read first, the new one from a second line")
    .action(({ change, ...options }: ProtectOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, say }) => {
          if (change === true) say("Passphrase so far:");
          const current = change === true ? { current: await readPassphrase(lines) } : {};
          say("New passphrase:");
          await client.call("keys.protect", {
            passphrase: await readPassphrase(lines),
            ...current,
          });
          print(
            { protected: true },
            "The keys are encrypted. Whoever forgets the passphrase needs the recovery phrase.",
          );
        }),
      ),
    );

  verb(keys, "unprotect", "take the passphrase away; read from stdin").action(
    (options: VerbOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, say }) => {
          say("Passphrase so far:");
          await client.call("keys.protect", {
            passphrase: null,
            current: await readPassphrase(lines),
          });
          print({ protected: false }, "The keys are no longer encrypted.");
        }),
      ),
  );

  verb(keys, "unlock", "let a node that waits for its passphrase go on; read from stdin").action(
    (options: VerbOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, say }) => {
          say("Passphrase:");
          await client.call("keys.unlock", { passphrase: await readPassphrase(lines) });
          print({ locked: false }, "Unlocked.");
        }),
      ),
  );
}
