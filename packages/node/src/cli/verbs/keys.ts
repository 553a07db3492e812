import type { Client } from "@multichat/client";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { type VerbOptions, verb, withNode } from "../verb.ts";
import { readNewPassphrase, readPassphrase, withLines } from "../secret-lines.ts";

interface ProtectOptions extends VerbOptions {
  change?: true;
}

export function addKeysVerbs(program: Command, host: CliHost): void {
  const keys = program.command("keys").description("the passphrase of this data folder's keys");

  verb(
    keys,
    "protect",
    "set a passphrase, asked for at every start; from a pipe it is the first line",
  )
    .option(
      "--change",
      "there is one already, which is asked for first; from a pipe the new one is the second line",
    )
    .action(({ change, ...options }: ProtectOptions) =>
      withLines(host, (lines) =>
        withNode(host, options, async ({ client, print, hint }) => {
          const has = await isProtected(client);
          if (has && change !== true)
            throw new CliError(
              "bad-request",
              `These keys have a passphrase already. To change it: ${hint("multichat keys protect --change")}`,
            );
          if (!has && change === true)
            throw new CliError(
              "bad-request",
              `These keys have no passphrase yet. To set one: ${hint("multichat keys protect")}`,
            );
          const current = has
            ? { current: await readPassphrase(host, lines, "Passphrase so far: ") }
            : {};
          const passphrase = await readNewPassphrase(host, lines, "New passphrase: ");
          await client.call("keys.protect", { passphrase, ...current });
          print(
            { protected: true },
            "The keys are encrypted. Whoever forgets the passphrase needs the recovery phrase.",
          );
        }),
      ),
    );

  verb(
    keys,
    "unprotect",
    "take the passphrase away, which is asked for first or read from a pipe",
  ).action((options: VerbOptions) =>
    withLines(host, (lines) =>
      withNode(host, options, async ({ client, print }) => {
        if (!(await isProtected(client)))
          throw new CliError("bad-request", "These keys have no passphrase.");
        const current = await readPassphrase(host, lines, "Passphrase so far: ");
        await client.call("keys.protect", { passphrase: null, current });
        print({ protected: false }, "The keys are no longer encrypted.");
      }),
    ),
  );

  verb(
    keys,
    "unlock",
    "let a node that waits for its passphrase go on; it is asked for or read from a pipe",
  ).action((options: VerbOptions) =>
    withLines(host, (lines) =>
      withNode(host, options, async ({ client, print }) => {
        const { status } = await client.call("status.get", {});
        if (!status.locked) return print({ locked: false }, "It is not locked.");
        await client.call("keys.unlock", {
          passphrase: await readPassphrase(host, lines, "Passphrase: "),
        });
        print({ locked: false }, "Unlocked.");
      }),
    ),
  );
}

/** @throws CliError while they are locked: then nobody can say what to do with them but unlock them. */
async function isProtected(client: Client): Promise<boolean> {
  const { status } = await client.call("status.get", {});
  if (status.locked)
    throw new CliError("locked", "The keys are locked.");
  return status.protected;
}
