/** A poll and its votes (spec/12-content.md): of each account the newest vote counts, so that nobody counts twice. */
import type { ContentPayload } from "@multichat/protocol";
import { hlcTime } from "@multichat/protocol";
import type { Said, View } from "../kind.ts";

type Poll = ContentPayload<"poll">;

export const pollView: View<"poll", "vote"> = {
  of: "vote",
  text: ({ question, options }) => [question, ...options.map((option, i) => `${i + 1}. ${option}`)].join("\n"),
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
        return { text, votes: voters.length, people: voters.map(({ author }) => person(author)) };
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

/** The newest of each account of those that are good: a bad one takes nothing back. */
function counted(poll: Poll, said: readonly Said<"vote">[]): Said<"vote">[] {
  const newest = new Map<string, Said<"vote">>();
  for (const vote of said) {
    const { choices } = vote.payload;
    const inTime = poll.closes === 0 || hlcTime(vote.hlc) <= poll.closes;
    if (!inTime || choices.some((choice) => choice >= poll.options.length) || (choices.length > 1 && !poll.many)) continue;
    const known = newest.get(vote.author);
    if (known === undefined || isNewer(vote, known)) newest.set(vote.author, vote);
  }
  return [...newest.values()].filter(({ payload }) => payload.choices.length > 0).sort((a, b) => (isNewer(a, b) ? 1 : -1));
}

function isNewer(a: Said, b: Said): boolean {
  return a.hlc > b.hlc || (a.hlc === b.hlc && a.id > b.id);
}
