/** Everything that a node shows of a workspace, without what is different for whoever looks. */
import type { Id, Message, Result } from "@multichat/client";
import type { ContentViews, Hit, ListView, PollView } from "@multichat/client/contract";
import type { TestNode } from "../support/test-node.ts";
import { expiringMark, words } from "./texts.ts";

/** Part by part (`message …`, `history …`, `search …`) what is shown, as text. */
export type Projection = Map<string, string>;

/** Texts looked for: common, rare, the beginning of many, several, a phrase, and what has expired. */
const queries = [
  words[0]!,
  words[1]!,
  words[40]!,
  words[399]!,
  "b",
  `${words[0]} ${words[1]}`,
  `"${words[0]} ${words[2]}"`,
  expiringMark,
];

export async function project(node: TestNode, space: Id): Promise<Projection> {
  const parts: Projection = new Map();
  const { channels } = await node.call("channel.list", { space });
  for (const { id, name, topic, type, retention } of channels) {
    parts.set(`channel ${name}`, JSON.stringify({ id, topic, type, retention }));
    const threads: Id[] = [];
    for await (const message of timeline(node, id)) {
      parts.set(`message ${message.id}`, JSON.stringify(shown(message)));
      if (message.replies !== null) threads.push(message.id);
      await history(message);
    }
    const pins = await node.call("pin.list", { channel: id });
    parts.set(`pins of ${name}`, JSON.stringify(pins.messages.map((message) => message.id)));
    for (const thread of threads) {
      for await (const message of timeline(node, id, thread)) {
        parts.set(`message ${message.id} in its thread`, JSON.stringify(shown(message)));
        await history(message);
      }
    }
  }
  const { threads } = await node.call("thread.list", { space });
  for (const { root, summary } of threads)
    parts.set(`thread of ${root.id}`, JSON.stringify([summary.replies, summary.lastAt]));
  for (const query of queries) {
    for (const relevance of [false, true]) {
      const { hits, total, order } = await search(node, space, query, relevance);
      const name = `search ${query}${relevance ? ", the best" : ""}`;
      parts.set(
        name,
        JSON.stringify({
          total,
          order,
          times: relevance ? null : hits.map(({ message }) => message.time),
        }),
      );
      for (const { message, snippet } of hits) parts.set(`${name}: ${message.id}`, snippet);
    }
  }
  const { members } = await node.call("member.list", { space });
  for (const { id, name, roles } of members)
    parts.set(`member ${id}`, JSON.stringify([name, roles]));
  return parts;

  async function history({ id, edited }: Message): Promise<void> {
    if (edited === null) return;
    const { versions } = await node.call("message.history", { message: id });
    parts.set(`history ${id}`, JSON.stringify(versions));
  }
}

/**
 * The first thousand hits. In which order those of one time come is left to each node, so where there are more, those at the end of the newest
 * are left out, and of the best all.
 */
async function search(
  node: TestNode,
  space: Id,
  query: string,
  relevance: boolean,
): Promise<Pick<Result<"search">, "hits" | "total" | "order">> {
  const found: Hit[] = [];
  for (let cursor: string | null = null; ;) {
    const { hits, total, order, next }: Result<"search"> = await node.call("search", {
      space,
      query,
      relevance,
      limit: 100,
      ...(cursor !== null && { cursor }),
    });
    found.push(...hits);
    if (next === null) return { hits: found, total, order };
    if (found.length >= 1_000) {
      const last = found.at(-1)!.message.time;
      const kept = relevance ? [] : found.filter(({ message }) => message.time !== last);
      return { hits: kept, total, order };
    }
    cursor = next;
  }
}

/** All messages of a channel or thread, the newest page first. */
export async function* timeline(node: TestNode, channel: Id, thread?: Id): AsyncGenerator<Message> {
  for (let before: string | undefined; ;) {
    const { messages, hasOlder } = await node.call("message.list", {
      channel,
      limit: 200,
      ...(thread !== undefined && { thread }),
      ...(before !== undefined && { before }),
    });
    yield* messages;
    if (!hasOlder || messages.length === 0) return;
    before = messages[0]!.position;
  }
}

function shown(message: Message): object {
  const {
    own: _own,
    blocked: _blocked,
    late: _late,
    wrongClock: _clock,
    delivery: _delivery,
    refused: _refused,
    saved: _saved,
    mentionsYou: _you,
    ...same
  } = message;
  return {
    ...same,
    replies: message.replies === null ? null : { ...message.replies, unread: 0 },
    reactions: message.reactions.map(({ emoji, count, people }) => ({ emoji, count, people })),
    files: message.files.map(({ blob, name, size }) => ({ blob, name, size })),
    view: viewOf(message.view),
  };
}

/** A poll says what one chose oneself, and whether it is closed as one looks. */
function viewOf(
  view: ContentViews[keyof ContentViews] | null,
): Partial<PollView> | ListView | null {
  if (view === null || !("voters" in view)) return view;
  return { ...view, own: [], closed: false };
}

/** The parts that are different, in words. */
export function differences(one: Projection, other: Projection): string[] {
  const found: string[] = [];
  for (const [part, text] of one) {
    const there = other.get(part);
    if (there === undefined) found.push(`${part} is shown by the first only: ${text}`);
    else if (there !== text) found.push(`${part}: ${changed(text, there)}`);
  }
  for (const [part, text] of other)
    if (!one.has(part)) found.push(`${part} is shown by the second only: ${text}`);
  return found;
}

/** The surroundings of the first place where two texts part. */
function changed(one: string, other: string): string {
  let at = 0;
  while (one[at] === other[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return `…${around(one)}… and …${around(other)}…`;
}
