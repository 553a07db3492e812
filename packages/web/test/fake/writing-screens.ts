/** Names while writing, polls and lists, search, a forum, and what is unread. */
import type { Message } from "@multichat/client/contract";
import { navigate } from "../../src/state/route.ts";
import { openSheet } from "../../src/state/store.ts";
import { fileScreens } from "./file-screens.ts";
import { covered, garden, general, pause, team, type Screen } from "./screen.ts";
import { say } from "./talk.ts";
import { addChannel, day, hour, idOf, me, minute, now, person, type World } from "./world.ts";
import { teamWorld } from "./worlds.ts";
import type { WritingScreenName } from "./writing-screen-names.ts";

const [bruno, carol, eve, minh] = ["Bruno Castellanos", "Carol", "Eve", "Nguyễn Thị Minh Khai"].map(
  person,
) as [typeof me, typeof me, typeof me, typeof me];
const forum = idOf("channel Garden Club questions");
const plans = idOf("channel Garden Club plans");

export const writingScreens: Record<WritingScreenName, Screen> = {
  names: team(async () => {
    const area = document.querySelector<HTMLTextAreaElement>("#composer")!;
    area.focus();
    document.execCommand("insertText", false, "Ask @");
    while (!document.querySelector("[role=listbox]")) await pause(20);
  }),
  kinds: team(undefined, kindsWorld, plans),
  "create-poll": covered(({ app }) =>
    openSheet(app, { kind: "create-content", channel: general, content: "poll" }),
  ),
  search: team(async ({ app }) => {
    openSheet(app, { kind: "search", scope: "space", query: "from:Carol the" });
    while (!document.querySelector("dialog mark")) await pause(20);
  }),
  forum: team(undefined, forumWorld, forum),
  "create-topic": covered(
    ({ app }) => openSheet(app, { kind: "create-topic", channel: forum }),
    forumWorld,
  ),
  "catch-up": {
    world: unreadWorld,
    prepare: async ({ app }) => {
      navigate(app, { at: "space", space: garden, channel: null, pane: null, list: "catch-up" });
      while (!document.querySelector("main section li")) await pause(20);
    },
  },
  ...fileScreens,
  scheduled: covered(({ app }) => openSheet(app, { kind: "scheduled" }), scheduledWorld),
};

function withChannel(of: Parameters<typeof addChannel>[2], messages: readonly Message[]): World {
  const world = teamWorld();
  addChannel(world, world.spaces[0]!, of, messages);
  return world;
}

function kindsWorld(): World {
  const options = (votes: readonly (typeof me)[][]) =>
    [
      "Saturday 28 November, in the morning, whatever the weather is like",
      "5 December",
      "Neither",
    ].map((text, index) => ({ text, votes: votes[index]!.length, people: votes[index]! }));
  const poll = {
    question: "Which Saturday?",
    many: false,
    hidden: false,
    closes: now + 2 * day,
    closed: false,
    voters: 4,
    own: [0],
  };
  const items = [
    { item: "a", text: "Gloves for everybody", done: true, place: 1, by: carol, at: now - hour },
    {
      item: "b",
      text: "The trolley, with air in its wheel",
      done: false,
      place: 2,
      by: bruno,
      at: now - 2 * hour,
    },
    { item: "c", text: "Coffee", done: false, place: 3, by: me, at: now - minute },
  ];
  return withChannel({ name: "plans" }, [
    say(carol, now - 3 * hour, "Which Saturday?", {
      kind: "poll",
      view: { ...poll, options: options([[me, bruno, eve], [minh], []]) },
    }),
    say(bruno, now - 2 * hour, "Who pays for the coffee?", {
      kind: "poll",
      view: {
        ...poll,
        question: "Who pays for the coffee?",
        hidden: true,
        many: true,
        closes: now + hour,
        own: [],
        options: options([[], [], []]).map((option) => ({ ...option, votes: 1 })),
      },
    }),
    say(me, now - hour, "For Saturday", { kind: "list", view: { title: "For Saturday", items } }),
  ]);
}

function forumWorld(): World {
  const topic = (
    by: typeof me,
    at: number,
    title: string | null,
    text: string,
    tags: string[],
    replies: number,
    unread = 0,
  ) =>
    say(by, at, text, {
      title,
      tags,
      replies:
        replies > 0 ? { replies, unread, lastAt: at + 40 * minute, people: [carol, me] } : null,
    });
  return withChannel(
    { name: "questions", type: "forum", topic: "Ask anything about the garden." },
    [
      topic(
        bruno,
        now - 3 * day,
        "How often do the beds behind the shed need water in November?",
        "They look dry, but the soil under the leaves is not.",
        ["water", "beds"],
        12,
        2,
      ),
      topic(
        minh,
        now - 26 * hour,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "Is this a word?",
        [],
        1,
      ),
      topic(
        eve,
        now - 5 * hour,
        null,
        "Does anybody have a spare hose? Mine has a hole in it, and then another one.",
        ["tools"],
        0,
      ),
    ],
  );
}

function unreadWorld(): World {
  const first = say(bruno, now - 3 * hour, "Read this already.");
  const unread = [
    say(carol, now - 50 * minute, `Does Saturday at ten suit you, <@${me.id}>?`, {
      mentionsYou: true,
      mentions: [{ token: `<@${me.id}>`, kind: "person", id: me.id, name: me.name }],
    }),
    say(bruno, now - 40 * minute, "And bring the trolley, please. The one with **two** wheels."),
  ];
  return withChannel({ name: "plans", unread: 2, mentions: 1, readUpTo: first.id }, [
    first,
    ...unread,
  ]);
}

function scheduledWorld(): World {
  const world = teamWorld();
  world.scheduled = [
    {
      id: "s1",
      channel: general,
      thread: null,
      text: "Good morning, everybody. Today is the day.",
      files: [],
      at: now + 18 * hour,
      problem: null,
    },
    {
      id: "s2",
      channel: general,
      thread: idOf("root"),
      text: "Any news?",
      files: ["notes.txt"],
      at: now - hour,
      problem: "You may not write here any more.",
    },
  ];
  return world;
}
