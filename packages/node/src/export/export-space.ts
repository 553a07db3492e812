/** A workspace, private channel or conversation as a folder of open files (spec/export.md, Export). */
import { type FileHandle, mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "@multichat/client";
import type { Channel, FileView, Message, Person, Space } from "@multichat/client/contract";
import { messagesOf } from "./channel-messages.ts";
import { type ExportedMessage, exportedMessage, namedText } from "./export-message.ts";
import { freeName } from "./file-names.ts";

/** Bytes gathered before they are written. */
const writeBytes = 256 * 1024;

export interface ExportDeps {
  client: Client;
  now(): number;
  /** The bytes of a file that this message names, or null where they cannot be had. */
  download(message: Message, file: FileView): Promise<AsyncIterable<Uint8Array> | null>;
  /** Told how many messages there were so far, in this export. */
  seen(messages: number): void;
  /** Everybody who is named, by id. */
  people: Map<string, string>;
}

export interface ExportedSpace {
  messages: number;
  /** Texts that were not here. */
  missing: number;
  /** Messages that had disappeared. */
  expired: number;
  files: number;
  filesMissing: number;
}

/** @param folder one that does not exist yet */
export async function exportSpace(
  deps: ExportDeps,
  space: Space,
  folder: string,
): Promise<ExportedSpace> {
  const { client, people } = deps;
  await mkdir(folder, { mode: 0o700 });
  const [{ channels }, { members }, { roles }] = await Promise.all([
    client.call("channel.list", { space: space.id }),
    client.call("member.list", { space: space.id }),
    client.call("role.list", { space: space.id }),
  ]);
  for (const { id, name } of members) people.set(id, name);
  const sum: ExportedSpace = { messages: 0, missing: 0, expired: 0, files: 0, filesMissing: 0 };
  const names = new Set<string>();
  const listed: object[] = [];
  for (const channel of channels) {
    const file = freeName(channel.name, names, ".jsonl");
    const done = await exportChannel(deps, channel, folder, file, sum);
    const expired = await expiredOf(client, channel);
    sum.expired += expired;
    const { id, name, topic, archived, retention } = channel;
    listed.push({ id, name, file, topic, archived, retention, ...done, expired });
  }
  await writeJson(join(folder, "space.json"), {
    format: "multichat-export",
    version: 1,
    exportedAt: deps.now(),
    id: space.id,
    name: space.name,
    kind: space.kind,
    members: members.map(({ id, name, roles: theirs, joinedAt }) => ({
      id,
      name,
      roles: theirs,
      joinedAt,
    })),
    roles: roles.map(({ id, name, rank, permissions }) => ({ id, name, rank, permissions })),
    channels: listed,
  });
  return sum;
}

export async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`, { flag: "wx", mode: 0o600 });
}

async function exportChannel(
  deps: ExportDeps,
  channel: Channel,
  folder: string,
  name: string,
  sum: ExportedSpace,
): Promise<{ messages: number; missing: number }> {
  const { client } = deps;
  const own = { messages: 0, missing: 0 };
  const lines = createLines(await open(join(folder, name), "wx", 0o600));
  /** Those in threads, which may stand in the channel as well. */
  const inThreads = new Set<string>();

  async function put(message: Message): Promise<void> {
    if (message.thread !== null) {
      if (inThreads.has(message.id)) return;
      inThreads.add(message.id);
    }
    const { versions } =
      message.edited === null
        ? { versions: [] }
        : await client.call("message.history", { message: message.id });
    const files: ExportedMessage["files"] = [];
    for (const file of message.files) {
      files.push(await exportFile(deps, message, file, folder, sum));
    }
    const exported = exportedMessage(message, versions.slice(0, -1).map(({ text, mentions, at }) => ({ text: namedText({ text, mentions }), at })), files);
    note(deps.people, exported);
    await lines.put(exported);
    own.messages++;
    if (exported.missing) own.missing++;
    deps.seen(++sum.messages);
    if (exported.missing) sum.missing++;
  }

  try {
    await lines.put({ channel: channel.name, id: channel.id });
    for await (const message of messagesOf(client, { channel: channel.id })) {
      await put(message);
      if (message.replies === null) continue;
      for await (const reply of messagesOf(client, { channel: channel.id, thread: message.id }))
        await put(reply);
    }
    await lines.end();
  } finally {
    await lines.close();
  }
  return own;
}

async function expiredOf(client: Client, { id: channel }: Channel): Promise<number> {
  let sum = 0;
  for (let before: string | null | undefined; before !== null;) {
    const answer = await client.call("channel.expired", {
      channel,
      ...(before !== undefined && { before }),
    });
    sum += answer.expired;
    before = answer.next;
  }
  return sum;
}

async function exportFile(
  deps: ExportDeps,
  message: Message,
  file: FileView,
  folder: string,
  sum: ExportedSpace,
): Promise<ExportedMessage["files"][number]> {
  const { name, type, size, blob, shape } = file;
  const described = { name, type, size, ...(shape.alt !== undefined && { alt: shape.alt }) };
  // What is looked at once is not kept, here as anywhere.
  const bytes = message.once !== null && !message.own ? null : await deps.download(message, file);
  if (bytes === null) {
    sum.filesMissing++;
    return { ...described, file: null };
  }
  await mkdir(join(folder, "files"), { recursive: true, mode: 0o700 });
  // The same file in several messages is there once.
  const path = `files/${freeName(name, new Set(), "", `${blob.slice(0, 16)}-`)}`;
  await rm(join(folder, path), { force: true });
  await writeFile(join(folder, path), bytes, { flag: "wx", mode: 0o600 });
  sum.files++;
  return { ...described, file: path };
}

function note(people: Map<string, string>, { author, reactions }: ExportedMessage): void {
  const named: Person[] = [author, ...reactions.flatMap((one) => one.people)];
  for (const { id, name } of named) people.set(id, name);
}

function createLines(file: FileHandle) {
  let waiting = "";
  const flush = async (): Promise<void> => {
    await file.writeFile(waiting);
    waiting = "";
  };
  return {
    async put(value: object): Promise<void> {
      waiting += `${JSON.stringify(value)}\n`;
      if (waiting.length > writeBytes) await flush();
    },
    end: flush,
    close: () => file.close(),
  };
}
