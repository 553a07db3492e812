/** What rules of notifications are about, as one says it: "workspace Team", "#general (Team)", "Alice", "the thread of …". */
import type { Client } from "@multichat/client";
import type { NotificationRules } from "@multichat/client/contract";
import { namedText } from "../export/export-message.ts";
import { oneLine } from "./printable.ts";

type Scoped = Pick<NotificationRules["rules"][number], "scope" | "id">;

const mostOfThread = 40;

/** By `scope/id`. What is not here any more has none. */
export async function ruleNames(client: Client, rules: readonly Scoped[]): Promise<ReadonlyMap<string, string>> {
  if (rules.length === 0) return new Map();
  const { spaces } = await client.call("space.list", {});
  const { people } = await client.call("person.list", {});
  const lists = await Promise.all(spaces.map(({ id }) => client.call("channel.list", { space: id })));
  const threads = await Promise.all(rules.filter(({ scope }) => scope === "thread").map(({ id }) => threadName(client, id)));
  return new Map([
    ...spaces.map(({ id, name }): [string, string] => [`space/${id}`, `workspace ${name}`]),
    ...lists.flatMap(({ channels }, at) => channels.map(({ id, name }): [string, string] => [`channel/${id}`, `#${name} (${spaces[at]!.name})`])),
    ...people.map(({ id, name }): [string, string] => [`person/${id}`, name]),
    ...threads.flat(),
  ]);
}

async function threadName(client: Client, id: string): Promise<[string, string][]> {
  const found = await client.call("message.get", { message: id }).catch(() => null);
  if (found === null) return [];
  const text = oneLine(namedText(found.message));
  return [[`thread/${id}`, `the thread of "${text.length > mostOfThread ? `${text.slice(0, mostOfThread)}…` : text}" by ${found.message.author.name}`]];
}
