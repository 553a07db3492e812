/** A poll and its votes (spec/12-content.md): of each account the newest vote counts, so that nobody counts twice. */
import type { ContentPayload } from "@multichat/protocol";
import { hlcTime } from "@multichat/protocol";
import type { Said, View } from "../kind.ts";

type Poll = ContentPayload<"poll">;

/** Of those who chose an answer, as of those who reacted alike: whatever members do, a poll can be sent and drawn. */
const votersNamed = 50;

export const pollView: View<"poll", "vote"> = {
  of: "vote",
  text: ({ question, options }) => [question, ...options.map((option, i) => `${i + 1}. ${option}`)].join("\n"),
  until: ({ closes }) => (closes === 0 ? null : closes),
  refuses(poll, { choices }, { now }) {
    if (poll.closes !== 0 && now > poll.closes) return "This poll is closed.";
    if (choices.some((choice) => choice >= poll.options.length)) return "This poll has no such option.";
    return choices.length > 1 && !poll.many ? "One option can be chosen here." : null;
  },
  project(poll, said, { now, account, person }) {
    const votes = counted(poll, said);
    return {
      question: poll.question,
      options: poll.options.map((text, i) => {
        const voters = votes.filter(({ payload }) => payload.choices.includes(i));
        return { text, votes: voters.length, people: voters.slice(0, votersNamed).map(({ author }) => person(author)) };
      }),
      many: poll.many,
      hidden: poll.hidden,
      closes: poll.closes,
      closed: poll.closes !== 0 && now > poll.closes,
      voters: votes.length,
      own: votes.find(({ author }) => author === account)?.payload.choices ?? [],
    };
  },
};

/** Of each account the newest that came in time, if it is a good one. */
function counted(poll: Poll, said: readonly Said<"vote">[]): Said<"vote">[] {
  const newest = new Map<string, Said<"vote">>();
  for (const vote of said) {
    if (poll.closes !== 0 && hlcTime(vote.hlc) > poll.closes) continue;
    const known = newest.get(vote.author);
    if (known === undefined || isNewer(vote, known)) newest.set(vote.author, vote);
  }
  const isGood = (choices: readonly number[]): boolean => choices.every((choice) => choice < poll.options.length) && (choices.length < 2 || poll.many);
  return [...newest.values()].filter(({ payload: { choices } }) => choices.length > 0 && isGood(choices)).sort((a, b) => (isNewer(a, b) ? 1 : -1));
}

function isNewer(a: Said, b: Said): boolean {
  return a.hlc > b.hlc || (a.hlc === b.hlc && a.id > b.id);
}
