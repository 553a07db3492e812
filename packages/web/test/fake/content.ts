/** What people do with messages, on the in-memory Multichat. */
import { plainContent } from "@multichat/client/contract";
import type { Id, Message, Reaction, Result, SendMore, ThreadSummary } from "@multichat/client/contract";
import { FakeError } from "./fake-error.ts";
import type { Handlers } from "./governing.ts";
import { now, positionOf, type World } from "./world.ts";

/** Changes a message as the engine would, and says so to whoever watches. */
export type Tell = (message: Message) => void;

export function content(world: World, tell: Tell): Handlers {
  const all = () => Object.values(world.messages).flat();
  const find = (id: Id): Message => {
    const message = all().find((candidate) => candidate.id === id);
    if (!message) throw new FakeError("not-found", "There is no such message.");
    return message;
  };
  const change = (id: Id, by: Partial<Message>): { message: Message } => {
    const message = Object.assign(find(id), by);
    tell(message);
    return { message };
  };
  const earlier = new Map<Id, Result<"message.history">["versions"]>();
  const marked = (mark: "pinned" | "saved") =>
    all()
      .filter((message) => message[mark])
      .toReversed();

  return {
    "message.get": ({ message }) => ({ message: find(message) }),
    "message.edit": ({ message, text }) => {
      const before = find(message);
      earlier.set(message, [
        ...(earlier.get(message) ?? []),
        { text: before.text, mentions: before.mentions, at: before.edited ?? before.time },
      ]);
      return change(message, { text, edited: now });
    },
    "message.history": ({ message }) => {
      const { text, mentions, edited, time } = find(message);
      return { versions: [...(earlier.get(message) ?? []), { text, mentions, at: edited ?? time }] };
    },
    "message.forward": ({ message, channel }) => {
      const { author, time, text, mentions } = find(message);
      const forwarded: Message = {
        ...find(message),
        ...plainContent,
        id: `${message.slice(0, 56)}${String(all().length).padStart(8, "0")}`,
        author: world.status.account!,
        own: true,
        channel,
        space: world.channels.find(({ id }) => id === channel)!.space,
        text,
        mentions,
        time: now,
        position: positionOf(now, 9_000_000 + all().length),
        forwarded: { by: author, at: time },
        delivery: { stored: true, devices: 0, of: 9 },
      };
      world.messages[channel] = [...(world.messages[channel] ?? []), forwarded];
      tell(forwarded);
      return { message: forwarded };
    },
    "reaction.set": ({ message, emoji, on }) =>
      change(message, { reactions: withReaction(find(message).reactions, emoji, on, world) }),
    "pin.set": ({ message, on }) =>
      change(message, { pinned: on ? { by: world.status.account!, at: now } : null }),
    "pin.list": ({ channel }) => ({
      messages: marked("pinned").filter((message) => message.channel === channel),
    }),
    "save.set": ({ message, on }) => change(message, { saved: on }),
    "save.list": () => ({ messages: marked("saved") }),
    "thread.list": ({ space }) => ({
      threads: all()
        .filter((message) => message.space === space && message.replies)
        .map((root) => ({ root, summary: root.replies!, following: root.own }))
        .sort((a, b) => b.summary.lastAt - a.summary.lastAt),
    }),
    "read.unmark": ({ message }) => {
      const { channel, position } = find(message);
      const found = world.channels.find(({ id }) => id === channel)!;
      found.unread = world.messages[channel]!.filter(
        (other) => !other.own && other.position >= position,
      ).length;
      return {};
    },
  };
}

/** Those of a thread, or those that have a place in the channel. */
export function timelineOf(world: World, channel: Id, thread: Id | undefined): Message[] {
  const all = world.messages[channel] ?? [];
  return all.filter((message) =>
    thread === undefined ? message.thread === null || message.also : message.thread === thread,
  );
}

/** What a message says beside its text when it is sent. */
export function answering(
  world: World,
  channel: Id,
  { reply, thread, also, title, tags }: SendMore,
): Partial<Message> {
  const quoted = world.messages[channel]?.find(({ id }) => id === reply);
  return {
    kind: thread ? "reply" : "message",
    thread: thread ?? null,
    also: also ?? false,
    title: title ?? null,
    tags: tags ?? [],
    reply:
      reply && quoted
        ? {
            id: reply,
            author: quoted.author,
            imported: quoted.imported?.author ?? null,
            text: quoted.text.slice(0, 200),
            position: quoted.position,
          }
        : null,
  };
}

/** What is said at the head of a thread after one more reply. */
export function oneMore(summary: ThreadSummary | null, { author, time }: Message): ThreadSummary {
  const people = [author, ...(summary?.people ?? []).filter(({ id }) => id !== author.id)].slice(
    0,
    3,
  );
  return {
    replies: (summary?.replies ?? 0) + 1,
    unread: summary?.unread ?? 0,
    lastAt: time,
    people,
  };
}

function withReaction(
  reactions: readonly Reaction[],
  emoji: string,
  on: boolean,
  { status }: World,
): Reaction[] {
  const me = status.account!;
  const known = reactions.some((reaction) => reaction.emoji === emoji)
    ? reactions
    : [...reactions, { emoji, count: 0, people: [], own: false }];
  return known
    .map((reaction) => {
      if (reaction.emoji !== emoji) return reaction;
      const others = reaction.people.filter(({ id }) => id !== me.id);
      const people = on ? [...others, me] : others;
      return { emoji, count: people.length, people, own: on };
    })
    .filter(({ people }) => people.length > 0);
}
