import { isDeepStrictEqual } from "node:util";
import type { AccountId, ContentKindName, EventId } from "@multichat/protocol";
import { hlcAt } from "@multichat/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Said, Viewing } from "../kind.ts";
import { listView } from "./list.ts";
import { pollView } from "./poll.ts";

const accounts = ["a", "b", "c"].map((name) => name.repeat(64) as AccountId);
const target = "0".repeat(64) as EventId;
const viewing: Viewing = { now: 1_000, account: accounts[0]!, person: (id) => ({ id, name: id[0]! }) };

/** Annotations of one kind, of few accounts at few times: much coincides. */
function saying<K extends ContentKindName>(kind: K, payload: fc.Arbitrary<Said<K>["payload"]>): fc.Arbitrary<Said<K>[]> {
  const one = fc.record({ author: fc.constantFrom(...accounts), at: fc.integer({ min: 1, max: 5 }), payload });
  return fc.array(one, { maxLength: 12 }).map((all) =>
    all.map((said, i): Said<K> => ({ id: i.toString(16).padStart(64, "0") as EventId, kind, author: said.author, hlc: hlcAt(said.at), payload: said.payload })),
  );
}

/** A set of which the order makes a difference, or null. */
function orderMatters<S>(said: fc.Arbitrary<S[]>, project: (said: S[]) => unknown): unknown {
  const shuffled = said.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })));
  return fc.check(fc.property(shuffled, ([one, other]) => isDeepStrictEqual(project(other), project(one))), { numRuns: 200 }).counterexample;
}

describe("what annotations come to is the same in any order", () => {
    const poll = { text: "?", question: "?", options: ["x", "y"], many: false, hidden: false, closes: 3 };
  const vote = fc.record({ target: fc.constant(target), choices: fc.constantFrom<number[]>([], [0], [1], [0, 1], [2]) });
  test("votes", () => expect(orderMatters(saying("vote", vote), (said) => pollView.project(poll, said, viewing))).toBeNull());
  const item = fc.record({ target: fc.constant(target), item: fc.constantFrom("p", "q"), text: fc.constantFrom("", "milk"), done: fc.boolean(), place: fc.integer({ min: 0, max: 2 }) });
  test("items", () => expect(orderMatters(saying("item", item), (said) => listView.project({ text: "l", title: "l" }, said, viewing))).toBeNull());
});

test("of one account the last vote before the end counts, and one that does not fit is none", () => {
  const vote = (author: AccountId, at: number, choices: number[]): Said<"vote"> => ({ id: String(at).padStart(64, "0") as EventId, kind: "vote", author, hlc: hlcAt(at), payload: { target, choices } });
  const [alice, bob] = accounts as [AccountId, AccountId];
  const votes = [vote(bob, 1, [1]), vote(bob, 9, [0]), vote(alice, 1, [1]), vote(alice, 2, [0, 1])];
  expect(pollView.project({ text: "?", question: "?", options: ["x", "y"], many: false, hidden: false, closes: 5 }, votes, viewing)).toMatchObject({ voters: 1, options: [{ votes: 0 }, { votes: 1 }] });
});

test("of very many who vote alike the first are named, and all are counted", () => {
  const votes = Array.from({ length: 120 }, (_, nr): Said<"vote"> => {
    const author = nr.toString(16).padStart(64, "0") as AccountId;
    return { id: nr.toString(16).padStart(64, "0") as EventId, kind: "vote", author, hlc: hlcAt(1 + nr), payload: { target, choices: [0] } };
  });
  const poll = { text: "?", question: "?", options: ["x", "y"], many: false, hidden: false, closes: 0 };
  const { options, voters } = pollView.project(poll, votes.toReversed(), viewing) as { voters: number; options: { votes: number; people: { id: string }[] }[] };
  expect([voters, options[0]!.votes]).toEqual([120, 120]);
  expect(options[0]!.people.map(({ id }) => id)).toEqual(votes.slice(0, 50).map(({ author }) => author));
});
