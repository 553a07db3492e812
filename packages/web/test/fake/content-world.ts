/** A channel whose messages have everything beside their text that a message can have. */
import type { Id, Mention, Message, Person, Quote } from "@multichat/client/contract";
import { say } from "./talk.ts";
import { addChannel, hour, idOf, me, minute, now, person, type World } from "./world.ts";
import { teamWorld } from "./worlds.ts";

const [bruno, carol, dan, minh] = [
  "Bruno Castellanos",
  "Carol",
  "Dan O’Sullivan-Featherstonehaugh",
  "Nguyễn Thị Minh Khai",
].map(person);

export const talkChannel = idOf("channel Garden Club talk");

function mention(kind: Mention["kind"], id: Id | null, name: string | null): Mention {
  const token = {
    person: `<@${id}>`,
    role: `<@&${id}>`,
    channel: `<#${id}>`,
    everyone: "<@everyone>",
  }[kind];
  return { token, kind, id, name };
}

function quoteOf({ id, author, imported, text, position }: Message): Quote {
  return { id, author, imported: imported?.author ?? null, text: text.slice(0, 200), position };
}

export function contentWorld(): World {
  const world = teamWorld();
  const [garden] = world.spaces;
  const calls = [
    mention("person", carol!.id, "Carol"),
    mention("person", me.id, me.name),
    mention("channel", idOf("channel Garden Club general"), "general"),
    mention("everyone", null, null),
  ];
  const [toCarol, toMe, toGeneral, toAll] = calls.map(({ token }) => token);
  const root = say(
    bruno!,
    now - 5 * hour,
    "Who takes the watering on the weekend of the **5th**? We need two people, one in the morning and one in the evening.",
    {
      replies: { replies: 4, unread: 2, lastAt: now - 20 * minute, people: [carol!, me, minh!] },
      reactions: [
        { emoji: "👍", count: 2, people: [carol!, me], own: true },
        { emoji: "🌧️", count: 3, people: [dan!, minh!, carol!], own: false },
      ],
      pinned: { by: carol!, at: now - 4 * hour },
    },
  );
  const answer = say(me, now - 4 * hour, "I can do the morning.", {
    reply: quoteOf(root),
    edited: now - 3.9 * hour,
    saved: true,
  });
  const link = `http://127.0.0.1:40123/#/w/${garden!.id}/c/${talkChannel}/m/${root.id}`;
  const inThread = (author: Person, at: number, text: string, of: Partial<Message> = {}) =>
    say(author, at, text, { kind: "reply", thread: root.id, ...of });
  addChannel(world, garden!, { name: "talk", topic: "Who does what", threadsUnread: 2 }, [
    root,
    answer,
    say(
      carol!,
      now - 3.5 * hour,
      `${toMe} and ${toCarol}, see ${toGeneral}: ${link}. ${toAll} should read it. \`${toMe}\``,
      {
        mentions: calls,
        mentionsYou: true,
      },
    ),
    inThread(carol!, now - 3 * hour, "The evening is fine with me."),
    inThread(me, now - 2.5 * hour, "Then it is settled, I think.", { edited: now - 2.4 * hour }),
    inThread(minh!, now - 30 * minute, "I have a key to the shed, should you need one.", {
      also: true,
      reply: quoteOf(answer),
    }),
    inThread(carol!, now - 20 * minute, "Thank you :)", {
      reactions: [{ emoji: "❤️", count: 1, people: [minh!], own: false }],
    }),
    say(dan!, now - 2 * hour, "The pump was repaired on Tuesday, the bill is with the treasurer.", {
      forwarded: { by: minh!, at: now - 50 * hour },
    }),
    say(bruno!, now - 1.8 * hour, "Welcome to the new garden, everybody.", {
      kind: "imported",
      imported: { author: "old_gardener", source: "slack" },
    }),
    say(carol!, now - 1.5 * hour, "Here is the code of the gate: 4711.", {
      expires: now + 3 * hour,
    }),
    say(dan!, now - hour, "I cannot find it any more.", {
      reply: { id: idOf("gone"), author: null, imported: null, text: null, position: null },
    }),
    say(me, now - 10 * minute, "I will look for it.", {
      delivery: { stored: true, devices: 9, of: 9 },
    }),
  ]);
  // In display order, as the node lists them.
  world.messages[talkChannel]!.sort((a, b) => (a.position < b.position ? -1 : 1));
  return world;
}

/** The message that the thread hangs on. */
export function threadRoot(world: World): Message {
  return world.messages[talkChannel]!.find(({ replies }) => replies !== null)!;
}
