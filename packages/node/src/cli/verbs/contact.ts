import type { Client } from "@multichat/client";
import type { Introduction, PersonCard } from "@multichat/client/contract";
import type { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { columns } from "../columns.ts";
import { duration } from "../duration.ts";
import type { CliHost } from "../host.ts";
import { resolveMember, resolvePerson, resolveSpace } from "../resolve.ts";
import { argumentOrStdin } from "../stdin.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";

interface VouchOptions extends VerbOptions {
  claim?: string;
  for?: number;
  withdraw?: true;
}

const memberHelp = "a petname, a name if it is unique, or an account id";

export function addContactVerbs(program: Command, host: CliHost): void {
  const contact = program.command("contact").description("who is who");
  const withPerson = (given: string, options: VerbOptions, action: (node: NodeVerb, person: PersonCard) => Promise<void>) =>
    withNode(host, options, async (node) => action(node, await resolvePerson(node.client, given)));

  verb(contact, "list", "list those you named, verified, were introduced to, or blocked").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { contacts } = await client.call("contact.list", {});
      print({ contacts }, contacts.length === 0 ? "No contacts." : columns(contacts.map((one) => [one.name, notesOn(one), one.id.slice(0, 12)])));
    }),
  );

  verb(contact, "show", "show what is known of somebody")
    .argument("<member>", memberHelp)
    .action((given: string, options: VerbOptions) =>
      withPerson(given, options, ({ print }, person) => {
        print({ person }, cardWords(person));
        return Promise.resolve();
      }),
    );

  verb(contact, "name", "give somebody a name of your own; nobody else sees it")
    .argument("<member>", memberHelp)
    .argument("<petname>", 'or "" to take it away')
    .action((given: string, petname: string, options: VerbOptions) =>
      withPerson(given, options, async ({ client, print }, { id }) => {
        const { person } = await client.call("contact.name", { account: id, petname });
        print({ person: brief(person) }, petname === "" ? `They are ${person.name} again.` : `For you they are ${person.name} now.`);
      }),
    );

  verb(contact, "verify", "compare safety numbers, or check one that the other gave you")
    .argument("<member>", memberHelp)
    .argument("[number]", "the 60 digits or the code on their screen, or - to read it from stdin")
    .action((given: string, number: string | undefined, options: VerbOptions) =>
      withPerson(given, options, async ({ client, print, hint }, { id, name }) => {
        if (number === undefined) {
          const { digits, code, verified } = await client.call("contact.safety-number", { account: id });
          print({ digits, code, verified }, `You and ${name}:\n${digits.replace(/((?:\d{5} ){3}\d{5}) /g, "$1\n")}\nIf they see the same, tell: ${hint(`multichat contact verify ${id.slice(0, 12)} "THE DIGITS"`)}\nTo be scanned by them: ${code}`);
          return;
        }
        const code = await argumentOrStdin(host, number);
        const method = code.trim().startsWith("multichat:") ? "qr" : "digits";
        const { person } = await client.call("contact.verify", { account: id, method, code });
        print({ person: brief(person) }, `The numbers are the same: ${name} is verified.`);
      }),
    );

  verb(contact, "vouch", "tell a workspace by which name you know somebody")
    .argument("<space>", "name or id")
    .argument("<member>", memberHelp)
    .option("--claim <name>", "the name (default: the one they chose)")
    .option("--for <time>", "for how long: 12h, 7d, 2w or never (default)", duration)
    .option("--withdraw", "take it back")
    .action((spaceGiven: string, given: string, options: VouchOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const space = await resolveSpace(client, spaceGiven);
        const { id, name } = await resolveMember(client, space, given);
        const at = { account: id, space: space.id };
        if (options.withdraw === true) {
          const { person } = await client.call("contact.unvouch", at);
          print({ person: brief(person) }, `You no longer vouch for ${name} in ${space.name}.`);
          return;
        }
        const { claim, for: lifetime = 0 } = options;
        const until = lifetime === 0 ? 0 : host.now() + lifetime;
        const { person } = await client.call("contact.vouch", { ...at, until, ...(claim === undefined ? {} : { claim }) });
        print({ person: brief(person) }, `The members of ${space.name} see that you vouch for ${claim ?? name}.`);
      }),
    );

  verb(contact, "introduce", "bring two people together; both are asked")
    .argument("<member>", memberHelp)
    .argument("<other>", memberHelp)
    .action((given: string, otherGiven: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const [a, b] = [await resolvePerson(client, given), await resolvePerson(client, otherGiven)];
        const { introduction } = await client.call("introduction.create", { account: a.id, to: b.id });
        print({ introduction }, `${a.name} and ${b.name} are asked whether they want to know each other.`);
      }),
    );

  verb(contact, "introductions", "list introductions you made, and those that wait for your answer").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { introductions } = await client.call("introduction.list", {});
      const rows = introductions.map((one) => [one.id.slice(0, 12), one.role, one.people.map(({ name }) => name).join(" and "), `by ${one.by.name}`, stateWords(one)]);
      print({ introductions }, rows.length === 0 ? "No introductions." : columns(rows));
    }),
  );

  for (const [name, accept, description] of [["accept", true, "accept an introduction"], ["decline", false, "decline an introduction; only who made it is told"]] as const) {
    verb(contact, name, description)
      .argument("<id>", "the introduction's id, or its beginning")
      .action((given: string, options: VerbOptions) =>
        withNode(host, options, async ({ client, print }) => {
          const id = await resolveIntroduction(client, given);
          const { introduction } = await client.call("introduction.answer", { introduction: id, accept });
          print({ introduction }, accept ? stateWords(introduction) : "Declined.");
        }),
      );
  }

  for (const [name, description] of [["block", "hide somebody and what they write; they are not told"], ["unblock", "show somebody again"]] as const) {
    verb(contact, name, description)
      .argument("<member>", memberHelp)
      .action((given: string, options: VerbOptions) =>
        withPerson(given, options, async ({ client, print }, { id }) => {
          const { person } = await client.call(`contact.${name}`, { account: id });
          print({ person: brief(person) }, name === "block" ? `${person.name} is blocked.` : `${person.name} is not blocked.`);
        }),
      );
  }
}

async function resolveIntroduction(client: Client, given: string): Promise<string> {
  const { introductions } = await client.call("introduction.list", {});
  const matches = introductions.filter(({ id }) => id === given || (given.length >= 6 && id.startsWith(given.toLowerCase())));
  const [match] = matches;
  if (match === undefined) throw new CliError("not-found", `There is no introduction ${given} here.`);
  if (matches.length > 1) throw new CliError("ambiguous", `Several introductions begin with ${given}. Write more of the id.`);
  return match.id;
}

function brief({ id, name, petname, verified, blocked }: PersonCard): Pick<PersonCard, "id" | "name" | "petname" | "verified" | "blocked"> {
  return { id, name, petname, verified, blocked };
}

function notesOn({ petname, chosenName, verified, vouchedBy, looksLike, blocked }: PersonCard): string {
  const notes = [
    petname !== null && chosenName !== null ? `calls themselves ${chosenName}` : "",
    verified === null ? "" : verified.keysChanged ? "keys changed since verified" : "verified",
    vouchedBy.length === 0 ? "" : `vouched for by ${vouchedBy.map(({ name }) => name).join(", ")}`,
    looksLike === null ? "" : "looks like somebody else",
    blocked ? "blocked" : "",
  ];
  return notes.filter((note) => note !== "").join("; ");
}

function cardWords(person: PersonCard): string {
  const { name, pronouns, about, id, vouches } = person;
  return [
    pronouns === null ? name : `${name} (${pronouns})`,
    notesOn(person),
    about ?? "",
    ...vouches.map(({ by, claim }) => `${by.name} knows them as ${claim}`),
    `account ${id}`,
  ].filter((line) => line !== "").join("\n");
}

function stateWords({ state, role, answer, people }: Introduction): string {
  if (state === "done") return role === "made" ? "they know each other now" : "you know each other now";
  if (state !== "open") return state;
  if (role === "received") return answer === null ? "waits for your answer" : `waits for ${people[0]?.name ?? "the other"}`;
  const waiting = people.filter(({ accepted }) => accepted === null).map(({ name }) => name);
  return `waits for ${waiting.join(" and ")}`;
}
