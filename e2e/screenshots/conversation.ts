/** What Alice, Bob and Carol say in the pictures: made up, and close to what a small team would say. */

export interface Line {
  who: "Alice" | "Bob" | "Carol";
  text: string;
}

export const workspaceName = "Orchard Lane";

export const channels = [
  { name: "garden-plans", topic: "What grows where, and who waters it" },
  { name: "harvest-party", topic: "Saturday 5 December, from four o'clock" },
  { name: "tool-shed", topic: "Who has the wheelbarrow?" },
] as const;

export const general: Line[] = [
  {
    who: "Alice",
    text: "Good morning! The apple trees arrived a day early. They stand in the shade behind the shed.",
  },
  { who: "Alice", text: "Is anybody free on Sunday to help with planting?" },
  { who: "Bob", text: "I am, from ten o'clock. I can bring **two spades** and the long hose." },
  { who: "Carol", text: "Count me in after lunch. What do we still need?" },
  {
    who: "Bob",
    text: "For six trees:\n\n1. stakes, two metres, one for each tree\n2. about 300 litres of compost\n3. something against the rabbits",
  },
  {
    who: "Carol",
    text: "> something against the rabbits\n\nThere is a roll of wire left from the hen house. I will bring it.",
  },
  {
    who: "Alice",
    text: "Wonderful. I wrote a little script that reminds us to water them; it talks to Multichat through the command line:",
  },
  {
    who: "Alice",
    text: '```\ndate +"It is %A: please water the trees." |\n  npx multichat send "Orchard Lane" garden-plans -\n```',
  },
  { who: "Bob", text: "Ha, very good. It even works when my laptop is the only one that is on." },
  {
    who: "Carol",
    text: "I read all of this on the train without any network, by the way. It was all on my computer already.",
  },
  { who: "Alice", text: "That is the idea. See you on Sunday then, ten o'clock at the gate!" },
];

export const elsewhere: { channel: (typeof channels)[number]["name"]; lines: Line[] }[] = [
  {
    channel: "garden-plans",
    lines: [
      { who: "Bob", text: "Beans to the south wall, peas to the north?" },
      { who: "Carol", text: "Yes, and the tomatoes under the glass roof." },
    ],
  },
  {
    channel: "harvest-party",
    lines: [{ who: "Carol", text: "I can bake two cakes. Who brings the cider?" }],
  },
];
