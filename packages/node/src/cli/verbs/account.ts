import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { readWords } from "../phrase-words.ts";
import { withLines } from "../secret-lines.ts";
import { addRecoveryVerbs } from "./recovery.ts";

interface PhraseOptions extends VerbOptions {
  confirm?: true;
}

interface SetOptions extends VerbOptions {
  name?: string;
  about?: string;
  pronouns?: string;
  /** A file; false to take it away. Commander says true where neither was given. */
  avatar?: string | boolean;
}

/** As spec/10-trust.md has it. */
const mostImageBytes = 32 * 1024;

export function addAccountVerbs(program: Command, host: CliHost): void {
  const account = program.command("account").description("who you are");

  verb(account, "create", "create your account on this device")
    .argument("<name>", "the name others see")
    .action((name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print, hint }) => {
        const created = (await client.call("account.create", { name })).account;
        print(
          { account: { id: created.id, name: created.name } },
          `You are ${created.name}. Write down your recovery phrase: ${hint("multichat account phrase")}`,
        );
      }),
    );

  verb(account, "show", "show your account").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print, hint }) => {
      const { account: shown } = await client.call("account.get", {});
      print(
        { account: shown && { id: shown.id, name: shown.name } },
        shown
          ? columns([[shown.name, shown.id]])
          : `There is no account yet. Create one with: ${hint("multichat account create NAME")}`,
      );
    }),
  );

  verb(account, "set", "change what others see of you")
    .option("--name <name>", "what others call you")
    .option("--about <text>", 'a few words about you, or "" for none')
    .option("--pronouns <text>", 'or "" for none')
    .option(
      "--avatar <file>",
      "a PNG, JPEG or WebP image of at most 32 KiB and 1,024 pixels a side",
    )
    .option("--no-avatar", "take the picture away")
    .action(({ name, about, pronouns, avatar, ...options }: SetOptions) =>
      withNode(host, options, async ({ client, print }) => {
        if ([name, about, pronouns].every((one) => one === undefined) && (avatar === undefined || avatar === true))
          throw new CliError("bad-request", "Say what to change: --name, --about, --pronouns, --avatar or --no-avatar.");
        const image =
          typeof avatar === "string" ? (await readImage(avatar)).toString("base64") : null;
        const { person } = await client.call("account.set", {
          ...(name === undefined ? {} : { name }),
          ...(about === undefined ? {} : { about }),
          ...(pronouns === undefined ? {} : { pronouns }),
          ...(avatar === undefined || avatar === true ? {} : { avatar: image }),
        });
        const { id, name: called, about: said, pronouns: referred, avatar: key } = person;
        print(
          { account: { id, name: called, about: said, pronouns: referred, avatar: key } },
          `Others see you as ${called} now.`,
        );
      }),
    );

  verb(account, "phrase", "show the 24 words that recover your account; whoever has them is you")
    .option(
      "--confirm",
      "read them from stdin as you wrote them down; they are then erased from this computer",
    )
    .action(({ confirm, ...options }: PhraseOptions) =>
      withNode(host, options, async ({ client, print, hint }) => {
        if (confirm === true) {
          const typed = await withLines(host, (lines) => readWords(host, lines, client));
          if (typed.length !== 24)
            throw new CliError(
              "phrase-mismatch",
              `There are ${typed.length} words on stdin; the phrase has 24.`,
            );
          await client.call("account.confirm-phrase", {
            words: typed.map((word, position) => ({ position, word })),
          });
          return print(
            { confirmed: true },
            "That is your phrase. It is erased from this computer and only where you wrote it down.",
          );
        }
        const { words } = await client.call("account.phrase", {});
        print(
          { words },
          `${numbered(words)}\nWrite these words down and keep them where only you find them. Then: ${hint("multichat account phrase --confirm")}`,
        );
      }),
    );

  addRecoveryVerbs(account, host);
}

/** Looked at before it is sent: what is far too large is none of the node's business. */
async function readImage(file: string): Promise<Buffer> {
  let image: Buffer;
  try {
    image = await readFile(file);
  } catch (error) {
    throw new CliError("file-unreadable", `There is no file to be read at ${file}.`, { cause: error });
  }
  if (image.length > mostImageBytes)
    throw new CliError(
      "too-large",
      `${file} has ${Math.ceil(image.length / 1024)} KiB; a picture may have at most ${mostImageBytes / 1024}. Make it smaller.`,
    );
  return image;
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
