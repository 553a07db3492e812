/** What a person names, by name or by id, among what there is. */
import type { Client } from "@multichat/client";
import type { Channel, Member, PersonCard, Space } from "@multichat/client/contract";
import { CliError } from "./cli-error.ts";
import { oneLine } from "./printable.ts";

interface Named {
  id: string;
  name: string;
}

/** Long enough that nobody types one by accident. */
const shortestPrefix = 6;

export async function resolveSpace(client: Client, given: string): Promise<Space> {
  const { spaces } = await client.call("space.list", {});
  if (spaces.length === 0) await refuseUnreadable(client);
  return pick("workspace", spaces, given);
}

/** A database that cannot be read has no workspaces to show, though they are not gone. @throws CliError */
export async function refuseUnreadable(client: Client): Promise<void> {
  const { status } = await client.call("status.get", {});
  for (const { code, message } of status.problems)
    if (code === "database-damaged" || code === "database-newer") throw new CliError(code, message);
}

export async function resolveChannel(
  client: Client,
  spaceGiven: string,
  channelGiven: string,
): Promise<Channel> {
  const all = await channelsOf(client, await resolveSpace(client, spaceGiven));
  // A channel that was turned private has left its archived namesake behind.
  const named = all.filter(({ archived, name }) => !archived || !all.some((other) => !other.archived && sameName(other.name, name)));
  return pick("channel", named, channelGiven.replace(/^#/, ""));
}

/** Channels of a workspace, with those private ones of it that this account is in. */
export async function channelsOf(client: Client, space: Space): Promise<(Channel & { private: boolean })[]> {
  const { spaces } = await client.call("space.list", {});
  const children = spaces.filter(({ kind, parent }) => kind === "private" && parent?.id === space.id);
  const lists = await Promise.all([space, ...children].map(({ id }) => client.call("channel.list", { space: id })));
  return lists.flatMap(({ channels }, at) => channels.map((channel) => ({ ...channel, private: at > 0 || space.kind === "private" })));
}

/** MEMBER among those of a workspace. */
export async function resolveMember(client: Client, space: Space, given: string): Promise<Member> {
  const { members } = await client.call("member.list", { space: space.id });
  return pickPerson("member", members, given);
}

/** Several, with commas between them. */
export async function resolveMembers(client: Client, space: Space, given: string): Promise<Member[]> {
  const found: Member[] = [];
  for (const one of listed(given)) found.push(await resolveMember(client, space, one));
  return found;
}

export async function resolvePeople(client: Client, given: string): Promise<PersonCard[]> {
  const found: PersonCard[] = [];
  for (const one of listed(given)) found.push(await resolvePerson(client, one));
  return found;
}

function listed(given: string): string[] {
  return given.split(",").map((one) => one.trim()).filter((one) => one !== "");
}

/** MEMBER where no workspace is named: among everybody this node knows of. */
export async function resolvePerson(client: Client, given: string): Promise<PersonCard> {
  const { people } = await client.call("person.list", {});
  return pickPerson("person", people, given);
}

/** A whole id, then the name as it is, then the name in any case, then the beginning of an id. */
export function pick<T extends Named>(what: string, candidates: readonly T[], given: string): T {
  return only(what, candidates, given, [
    candidates.filter(({ id }) => id === given),
    candidates.filter(({ name }) => name === given),
    candidates.filter(({ name }) => sameName(name, given)),
    byPrefix(candidates, given),
  ]);
}

/**
 * A whole account id, then the petname or the name they chose, then the beginning of an id. Capitals tell nobody apart, and
 * a petname comes before no other name: whoever calls themselves so must not be taken for somebody else.
 */
export function pickPerson<T extends Named & { chosenName: string | null }>(what: string, candidates: readonly T[], given: string): T {
  return only(what, candidates, given, [
    candidates.filter(({ id }) => id === given),
    candidates.filter(({ name, chosenName }) => sameName(name, given) || (chosenName !== null && sameName(chosenName, given))),
    byPrefix(candidates, given),
  ]);
}

function sameName(a: string, b: string): boolean {
  return a.localeCompare(b, undefined, { sensitivity: "accent" }) === 0;
}

function byPrefix<T extends Named>(candidates: readonly T[], given: string): T[] {
  return given.length < shortestPrefix ? [] : candidates.filter(({ id }) => id.startsWith(given.toLowerCase()));
}

/** What the first reading that fits anything fits. */
function only<T extends Named>(what: string, candidates: readonly T[], given: string, readings: readonly T[][]): T {
  const matches = readings.find((reading) => reading.length > 0) ?? [];
  const [match] = matches;
  if (match === undefined) throw new CliError("not-found", notFound(what, candidates, given));
  if (matches.length === 1) return match;
  const list = matches.map(({ id, name }) => `${oneLine(name)} (${id.slice(0, 12)})`).join(", ");
  throw new CliError("ambiguous", `"${oneLine(given)}" could be ${list}. Say which by its id.`);
}

function notFound(what: string, candidates: readonly Named[], given: string): string {
  const none = `There is no ${what} "${oneLine(given)}" here.`;
  if (candidates.length === 0) return none;
  const shown = candidates.slice(0, 10).map(({ name }) => oneLine(name));
  const more = candidates.length > shown.length ? ", …" : "";
  return `${none} ${candidates.length === 1 ? "There is" : "There are"} ${shown.join(", ")}${more}.`;
}
