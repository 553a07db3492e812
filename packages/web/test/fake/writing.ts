/** The commands of writing and finding, on the in-memory Multichat. */
import {
  plainContent,
  type ContentViews,
  type Hit,
  type ListView,
  type Message,
  type PollView,
  type Scheduled,
  type SearchQuery,
} from "@multichat/client/contract";
import { FakeError } from "./fake-error.ts";
import type { Handlers } from "./governing.ts";
import { idOf, me, now, positionOf, type World } from "./world.ts";

/** What a message begins as, by where it is and what it says. */
export function ownMessage(world: World, of: Partial<Message> & Pick<Message, "channel">): Message {
  const index = made++;
  const time = Math.max(Date.now(), now);
  return {
    id: idOf(`made ${index}`),
    space: world.channels.find(({ id }) => id === of.channel)!.space,
    author: world.status.account ?? me,
    own: true,
    blocked: false,
    text: "",
    kind: "message",
    known: true,
    time,
    position: positionOf(time, 5_000_000 + index),
    late: false,
    ...plainContent,
    wrongClock: false,
    wanted: false,
    deleted: null,
    refused: null,
    delivery: { stored: true, devices: 0, of: 9 },
    ...of,
  };
}

let made = 0;

export function writing(world: World, changed: (message: Message) => void): Handlers {
  const find = (id: string): Message => {
    const message = Object.values(world.messages)
      .flat()
      .find((candidate) => candidate.id === id);
    if (!message) throw new FakeError("not-found", "There is no such message.");
    return message;
  };
  const answer = (message: Message) => {
    changed(message);
    return { message };
  };
  return {
    "content.create": ({ channel, kind, value }) => {
      const view = kind === "poll" ? aPoll(value) : aList(value);
      const message = ownMessage(world, {
        channel,
        kind,
        view,
        text: "question" in view ? view.question : view.title,
      });
      (world.messages[channel] ??= []).push(message);
      return answer(message);
    },
    "content.annotate": ({ message: id, kind, value }) => {
      const message = find(id);
      message.view =
        kind === "vote"
          ? voted(message.view as PollView, value["choices"] as number[])
          : changedList(message.view as ListView, value as never);
      return answer(message);
    },
    "schedule.create": ({ channel, thread, text, at, files = [] }) => {
      const scheduled: Scheduled = {
        id: `scheduled-${made++}`,
        channel,
        thread: thread ?? null,
        text,
        files: files.map(({ name }) => name),
        at,
        problem: null,
      };
      world.scheduled.push(scheduled);
      return { scheduled };
    },
    "schedule.list": () => ({ scheduled: world.scheduled }),
    "schedule.cancel": ({ scheduled }) => {
      world.scheduled = world.scheduled.filter(({ id }) => id !== scheduled);
      return {};
    },
    search: (query) => {
      const found = Object.values(world.messages)
        .flat()
        .filter((message) => fits(message, query))
        .reverse();
      const from = Number(query.cursor ?? 0);
      const to = from + (query.limit ?? 25);
      return {
        hits: found.slice(from, to).map((message) => hit(world, message, query)),
        total: found.length,
        order: query.relevance
          ? found.length >= 20_000
            ? "newest-of-many"
            : "relevance"
          : "newest",
        next: to < found.length ? String(to) : null,
      };
    },
  };
}

function fits(
  { text, channel, space, author, time, pinned }: Message,
  query: SearchQuery,
): boolean {
  return (
    wordsOf(query).every((word) => place(text, word) !== -1) &&
    (!query.channel || query.channel === channel) &&
    (!query.space || query.space === space) &&
    (!query.from || query.from === author.id) &&
    (!query.before || time < query.before) &&
    (!query.after || time >= query.after) &&
    (!query.pinned || pinned !== null) &&
    !query.hasFile
  );
}

function hit(world: World, message: Message, query: SearchQuery): Hit {
  const snippet = message.text.slice(0, 160);
  const ranges = wordsOf(query).flatMap((word): [number, number][] => {
    const at = place(snippet, word);
    return at === -1 ? [] : [[at, at + word.length]];
  });
  const channel = world.channels.find(({ id }) => id === message.channel)!;
  return {
    message,
    channelName: channel.name,
    spaceName: world.spaces.find(({ id }) => id === channel.space)!.name,
    snippet,
    ranges: ranges.sort(([a], [b]) => a - b),
    files: [],
  };
}

function wordsOf({ query }: SearchQuery): string[] {
  return query.toLowerCase().split(/\s+/u).filter(Boolean);
}

/** Where a word of the text begins with it. */
function place(text: string, word: string): number {
  return text
    .toLowerCase()
    .search(
      new RegExp(
        String.raw`(?<![\p{L}\d])${word.replaceAll(/[^\p{L}\d]/gu, String.raw`\$&`)}`,
        "u",
      ),
    );
}

function aPoll(value: Record<string, unknown>): PollView {
  const { question, options, many, hidden, closes } = value as {
    question: string;
    options: string[];
    many: boolean;
    hidden: boolean;
    closes: number;
  };
  return {
    question,
    options: options.map((text) => ({ text, votes: 0, people: [] })),
    many,
    hidden,
    closes,
    closed: false,
    voters: 0,
    own: [],
  };
}

function voted(poll: PollView, own: number[]): PollView {
  const options = poll.options.map(({ text, people }, index) => {
    const others = people.filter(({ id }) => id !== me.id);
    const all = own.includes(index) ? [...others, me] : others;
    return { text, people: all, votes: all.length };
  });
  return {
    ...poll,
    own,
    options,
    voters: new Set(options.flatMap(({ people }) => people.map(({ id }) => id))).size,
  };
}

function aList({ title }: Record<string, unknown>): ContentViews["list"] {
  return { title: title as string, items: [] };
}

function changedList(
  list: ListView,
  changed: Pick<ListView["items"][number], "item" | "text" | "done" | "place">,
): ListView {
  const items = [
    ...list.items.filter(({ item }) => item !== changed.item),
    ...(changed.text ? [{ ...changed, by: me, at: now }] : []),
  ];
  return { ...list, items: items.sort((a, b) => a.place - b.place) };
}
