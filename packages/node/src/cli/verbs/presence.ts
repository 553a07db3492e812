import { type OwnPresence, type PersonState, type PersonStatus, type Presence, type PresenceChoice, presenceChoices } from "@multichat/client/contract";
import { Argument, type Command } from "commander";
import { CliError } from "../cli-error.ts";
import { duration } from "../duration.ts";
import type { CliHost } from "../host.ts";
import { resolvePerson } from "../resolve.ts";
import { isoDay, relativeTime, timeOfDay } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

interface SetOptions extends VerbOptions {
  text?: string;
  emoji?: string;
  until?: number;
}

const words: Readonly<Record<PersonState, string>> = { online: "online", away: "away", dnd: "does not want to be disturbed", offline: "offline" };

export function addPresenceVerbs(program: Command, host: CliHost): void {
  const presence = program.command("presence").description("who is there, and what they say of themselves");

  verb(presence, "set", "say whether you are there, and what you are doing")
    .addArgument(new Argument("<state>", "online (as your device notices), away, dnd or invisible").choices(presenceChoices))
    .option("--text <text>", 'a status, or "" to take it away')
    .option("--emoji <emoji>", "shown beside your name")
    .option("--until <time>", "for how long: 30m, 12h, 7d or never (default)", duration)
    .action((state: PresenceChoice, { text, emoji, until: lasts = 0, ...options }: SetOptions) =>
      withNode(host, options, async ({ client, print }) => {
        if (emoji === "" && text === undefined) throw new CliError("bad-request", 'Take a status away with --text "".');
        const until = lasts === 0 ? 0 : host.now() + lasts;
        const isSaid = text !== undefined || emoji !== undefined;
        const status = (text ?? "") === "" && (emoji ?? "") === "" ? null : { emoji: emoji || null, text: text || null, away: null, until };
        const { own } = await client.call("presence.set", { state, until: state === "online" ? 0 : until, ...(isSaid ? { status } : {}) });
        print({ presence: own }, ownWords(own, host.now()));
      }),
    );

  verb(presence, "show", "show whether somebody is there")
    .argument("<member>", "a petname, a name if it is unique, or an account id")
    .action((given: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { id, name } = await resolvePerson(client, given);
        const { people } = await client.call("presence.watch", { accounts: [id] });
        const found = people[0] ?? { account: id, state: "offline", lastSeen: null, status: null };
        print({ presence: found }, `${name}: ${presenceWords(found, host.now())}`);
      }),
    );
}

function presenceWords({ state, lastSeen, status }: Presence, now: number): string {
  const seen = lastSeen === null ? "" : `, last seen ${relativeTime(lastSeen, now)}`;
  return `${words[state]}${seen}${statusWords(status, state)}`;
}

function statusWords(status: PersonStatus | null, state: PersonState): string {
  if (status === null) return "";
  const text = state === "online" ? status.text : (status.away ?? status.text);
  return ` – ${[status.emoji, text].filter((part) => part !== null).join(" ")}`;
}

function ownWords({ chosen, until, state, status }: OwnPresence, now: number): string {
  const shown = chosen === "invisible" ? "offline, and are invisible" : state === "dnd" ? "not to be disturbed" : words[state];
  const lasts = until === 0 ? "" : `, until ${isoDay(until)} ${timeOfDay(until)}`;
  const own = status === null || (status.until !== 0 && status.until <= now) ? "" : statusWords(status, "online");
  return `You are shown as ${shown}${lasts}${own}`;
}
