import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addAccountVerbs(program: Command, host: CliHost): void {
  const account = program.command("account").description("who you are");

  verb(account, "create", "create your account on this device")
    .argument("<name>", "the name others see")
    .action((name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const created = (await client.call("account.create", { name })).account;
        print(
          { account: { id: created.id, name: created.name } },
          `You are ${created.name}. Write down your recovery phrase: multichat account phrase`,
        );
      }),
    );

  verb(account, "show", "show your account").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { account: shown } = await client.call("account.get", {});
      print(
        { account: shown && { id: shown.id, name: shown.name } },
        shown
          ? columns([[shown.name, shown.id]])
          : "There is no account yet. Create one with: multichat account create NAME",
      );
    }),
  );

  verb(
    account,
    "phrase",
    "show the 24 words that recover your account; whoever has them is you",
  ).action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { words } = await client.call("account.phrase", {});
      print(
        { words },
        `${numbered(words)}\nWrite these words down and keep them where only you find them.`,
      );
    }),
  );
}

/** Three columns, read downwards. */
function numbered(words: string[]): string {
  const height = Math.ceil(words.length / 3);
  const rows = Array.from({ length: height }, (_, row) =>
    [row, row + height, row + 2 * height]
      .filter((index) => index < words.length)
      .map((index) => `${String(index + 1).padStart(2)}. ${words[index] ?? ""}`),
  );
  return rows
    .map((row) =>
      row
        .map((cell) => cell.padEnd(16))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
