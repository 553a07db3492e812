/** A conversation that has everything in it that a row can be. */
import type { Message } from "@multichat/client/contract";
import { aMessage } from "../a-message.ts";
import { day, hour, idOf, me, minute, now, person, positionOf } from "./world.ts";

export const names = [
  "Bruno Castellanos",
  "Carol",
  "Dan O’Sullivan-Featherstonehaugh",
  "Eve",
  "Nguyễn Thị Minh Khai",
  "محمد الفارسي",
  "Wolfeschlegelsteinhausenbergerdorff",
  "李小龙",
];

const [bruno, carol, dan, eve, minh, mohammed, , li] = names.map(person);

let count = 0;

export function say(author: { id: string; name: string }, time: number, text: string, of: Partial<Message> = {}): Message {
  const index = count++;
  const own = author.id === me.id;
  return aMessage({
    id: idOf(`message ${index} ${text.slice(0, 20)}`),
    author,
    own,
    time,
    position: positionOf(time, index),
    text,
    delivery: own ? { stored: true, devices: 9, of: 9 } : null,
    ...of,
  });
}

const code = `Here is what I mean:

\`\`\`
function frontier(feeds) {
  return new Map(feeds.map((feed) => [feed.device, feed.length])); // one entry a device, whatever the history, and a line that is too long for the window
}
\`\`\`

and then it is **one** comparison.`;

const table = `| Bed | Planted | Harvest |
|---|---|---:|
| North | Kale | 4.2 kg |
| South | Tomatoes | 11.8 kg |`;

const long = Array.from(
  { length: 9 },
  (_, index) =>
    `${index + 1}. The committee went through the minutes of the last meeting and agreed that the watering plan needs a second person for the weekends, since the taps in the far corner cannot be reached from the main hose.`,
).join("\n");

export function teamTalk(): Message[] {
  count = 0;
  const yesterday = now - day;
  return [
    say(bruno!, yesterday - 5 * hour, "Morning. The new beds arrived, they are behind the shed."),
    say(bruno!, yesterday - 5 * hour + minute, "Six of them, and they are *heavy*."),
    say(me, yesterday - 4.8 * hour, "I can help from 4. Do we need the trolley?"),
    say(carol!, yesterday - 4.7 * hour, "> Do we need the trolley?\n\nYes, and gloves. Last time I forgot and had splinters for a week: https://example.org/a/very/long/address/that/does/not/end/soon?with=query&and=more#fragment"),
    say(dan!, yesterday - 3 * hour, code),
    say(minh!, yesterday - 2 * hour, "Danke für die Erinnerung! Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ist übrigens ein Wort."),
    say(mohammed!, yesterday - 1.9 * hour, "مرحبا بالجميع، سأحضر البذور يوم السبت صباحا."),
    say(eve!, yesterday - 1.5 * hour, "I wrote this on the train without a connection.", { late: true }),
    say(li!, now - 6 * hour, table),
    say(me, now - 5.5 * hour, long),
    say(me, now - 5.4 * hour, "That was everything from my notes."),
    say(dan!, now - 3 * hour, "", { wanted: true }),
    say(carol!, now - 2.5 * hour, "Poll: which Saturday? 1) 28 November 2) 5 December", { kind: "poll", known: false }),
    say(eve!, now - 50 * minute, "My laptop thinks it is tomorrow.", { wrongClock: true }),
    say(me, now - 40 * minute, "Let me make everyone an admin for a moment.", {
      refused: "You may not change roles here. Ask Bruno Castellanos, who may.",
    }),
    say(bruno!, now - 30 * minute, "Shall we say Saturday at ten?\n\n- gloves\n- trolley\n- `seed-list.md`"),
    say(me, now - 12 * minute, "Ten is good.", { delivery: { stored: true, devices: 4, of: 7 } }),
    say(me, now - 11 * minute, "I will bring coffee :)", { delivery: { stored: true, devices: 0, of: 7 } }),
    say(carol!, now - 3 * minute, "And I bring cake. ~~Plum~~ Apple."),
  ];
}

/** Any number of messages, for scrolling. */
export function manyMessages(total: number): Message[] {
  count = 0;
  const people = [me, ...names.map(person)];
  const texts = [
    "Yes.",
    "I looked at it this morning and it seems fine to me, apart from the part about the hose, which we should talk about again.",
    "One line\nand another\nand a third.",
    "See `config.json`, **please**.",
    "Okay, thanks!",
    "That would take the whole afternoon, would it not? I would rather do it in two goes, one before lunch and one after, if the weather holds.",
  ];
  return Array.from({ length: total }, (_, index) =>
    say(people[(index >> 2) % people.length]!, now - (total - index) * 3 * minute, `${texts[index % texts.length]!} (${index + 1})`),
  );
}
