import type { Client } from "@multichat/client";
import type { KeyHolder, Ownership, OwnershipRequest, Space } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { readWords } from "../phrase-words.ts";
import { pick, resolveMember, resolveMembers, resolveSpace } from "../resolve.ts";
import { withLines } from "../secret-lines.ts";
import { relativeTime } from "../times.ts";
import { type NodeVerb, type VerbOptions, verb, withNode } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";

interface OwnerOptions extends VerbOptions {
  words?: true;
  stay?: true;
  keep?: true;
  anew?: true;
  override?: true;
  withdraw?: true;
  with?: string;
  needed?: number;
}

type WithWords = { words?: string[] };

const spaceHelp = "name or id";
const memberHelp = "a name if it is unique, a petname or an account id";
const wordsHelp = "read your 24 words from stdin, where this computer no longer has them";

export function addOwnerVerbs(program: Command, host: CliHost): void {
  const owner = program.command("owner").description("who owns a workspace, and how that is recovered");
  const withSpace = (given: string, options: OwnerOptions, action: (node: NodeVerb, space: Space, words: WithWords) => Promise<void>) =>
    withLines(host, (lines) =>
      withNode(host, options, async (node) => {
        const space = await resolveSpace(node.client, given);
        await action(node, space, options.words === true ? { words: await readWords(host, lines, node.client) } : {});
      }),
    );
  const show = ({ print }: NodeVerb, ownership: Ownership, first = ""): void => print({ ownership }, first + described(ownership, host.now()));

  verb(owner, "show", "show the owners, who holds the root key, who may take it over, and who asks for it")
    .argument("<space>", spaceHelp)
    .action((given: string, options: OwnerOptions) =>
      withSpace(given, options, async (node, space) => show(node, (await node.client.call("ownership.get", { space: space.id })).ownership)),
    );

  verb(owner, "transfer", "make a member the owner in your place; takes the recovery phrase that holds the root key")
    .argument("<space>", spaceHelp)
    .argument("<member>", memberHelp)
    .option("--stay", "and remain an owner too")
    .option("--words", wordsHelp)
    .action((given: string, memberGiven: string, options: OwnerOptions) =>
      withSpace(given, options, async ({ client, print }, space, words) => {
        const { id, name } = await resolveMember(client, space, memberGiven);
        const { note } = await client.call("space.transfer-ownership", { space: space.id, account: id, ...flags(options, "stay"), ...words });
        print({ account: { id, name }, note }, `${name} owns ${space.name} now. ${note}`);
      }),
    );

  verb(owner, "recovery", "let some members together take over the root key; replaces your recovery phrase and shows the new one")
    .argument("<space>", spaceHelp)
    .requiredOption("--with <members>", "whom you trust with it, with commas between")
    .requiredOption("--needed <n>", "how many of them must agree", wholeNumber(1))
    .option("--words", wordsHelp)
    .action((given: string, options: OwnerOptions) =>
      withSpace(given, options, async ({ client, print, hint }, space, words) => {
        const accounts = (await resolveMembers(client, space, options.with!)).map(({ id }) => id);
        const set = await client.call("ownership.set-recovery", { space: space.id, accounts, needed: options.needed!, ...words });
        print(set, `${set.words.join(" ")}\nThis is your recovery phrase now, and it holds the root key of ${space.name}; the old one is worth nothing. Write it down, then: ${hint("multichat account phrase --confirm")}\n${described(set.ownership, host.now())}`);
      }),
    );

  verb(owner, "ask", "ask those who may take over to give you the root key")
    .argument("<space>", spaceHelp)
    .option("--withdraw", "ask no more")
    .action((given: string, options: OwnerOptions) =>
      withSpace(given, options, async (node, space) => {
        const { ownership } = await node.client.call(options.withdraw ? "ownership.withdraw" : "ownership.request", { space: space.id });
        show(node, ownership, options.withdraw ? "" : "Asked. Make sure that they know it is you. Until you take it over, change nothing else in this workspace from this computer, or ask again.\n");
      }),
    );

  verb(owner, "approve", "agree, for good, that somebody who asks gets the root key; takes your recovery phrase")
    .argument("<space>", spaceHelp)
    .argument("<member>", "who asks")
    .option("--words", wordsHelp)
    .action((given: string, memberGiven: string, options: OwnerOptions) =>
      withSpace(given, options, async (node, space, words) => {
        const { id } = await resolveRequest(node.client, space, memberGiven);
        show(node, (await node.client.call("ownership.approve", { space: space.id, request: id, ...words })).ownership);
      }),
    );

  verb(owner, "take", "become the owner, with the root key in your recovery phrase or once enough have agreed")
    .argument("<space>", spaceHelp)
    .option("--keep", "the other owners remain")
    .option("--anew", "those who agreed may take over no more, so that others can be named")
    .option("--override", "though this node has not heard from other members lately")
    .option("--words", wordsHelp)
    .action((given: string, options: OwnerOptions) =>
      withSpace(given, options, async (node, space, words) =>
        show(node, (await node.client.call("ownership.take", { space: space.id, ...flags(options, "keep", "anew", "override"), ...words })).ownership),
      ),
    );
}

function flags(options: OwnerOptions, ...names: ("stay" | "keep" | "anew" | "override")[]): { [name: string]: true } {
  return Object.fromEntries(names.filter((name) => options[name]).map((name) => [name, true]));
}

async function resolveRequest(client: Client, space: Space, given: string): Promise<OwnershipRequest> {
  const { requests } = (await client.call("ownership.get", { space: space.id })).ownership;
  if (requests.length === 0) throw new CliError("not-found", `Nobody asks for the ownership of ${space.name}.`);
  const who = pick("request of", requests.map(({ by }) => by), given);
  return requests.find(({ by }) => by.id === who.id)!;
}

function described({ owners, holders, needed, recovery, requests }: Ownership, now: number): string {
  const names = (people: readonly { name: string }[]): string => (people.length === 0 ? "nobody" : people.map(({ name }) => name).join(", "));
  const rows = [
    ["owners", names(owners)],
    ["root key", together(holders, needed)],
    ["may take over", recovery === null ? "nobody" : together(recovery.holders, recovery.needed)],
    ...requests.map(({ by, at, approvedBy, needed: of }) => ["asks for it", `${by.name}, ${relativeTime(at, now)}: ${approvedBy.length} of ${of} agreed${approvedBy.length === 0 ? "" : ` (${names(approvedBy)})`}`]),
  ];
  return columns(rows);
}

function together(holders: readonly KeyHolder[], needed: number): string {
  const names = holders.map(({ person, current }) => `${person?.name ?? "somebody unknown here"}${current || person === null ? "" : " (in an earlier phrase)"}`).join(", ");
  return holders.length === 1 ? names : `${needed} together of ${names}`;
}
