/** What is being named where the caret is: a sign, and what was typed after it. */
import { inCode, type Draft } from "../state/picks.ts";

export type Sign = "@" | "#" | ":";

export interface Completing {
  sign: Sign;
  query: string;
  /** Where the sign stands. */
  from: number;
}

const patterns: readonly RegExp[] = [
  // Names have spaces in them: what fits no name closes the list by itself.
  /(?<=^|[\s([{"'*_>])(?<sign>@)(?<query>[^\n@#:]{0,40})$/u,
  /(?<=^|[\s([{"'*_>])(?<sign>#)(?<query>[^\s@#:]{0,64})$/u,
  // From two letters on: ":)" is complete as it is.
  /(?<=^|[\s([{"'*_>])(?<sign>:)(?<query>[\p{L}\d_+-]{2,32})$/u,
];

export function findCompleting({ text, picks }: Draft, caret: number): Completing | null {
  for (const pattern of patterns) {
    const match = pattern.exec(text.slice(0, caret));
    if (!match?.groups) continue;
    const from = match.index;
    if (picks.some((pick) => pick.from === from) || inCode(text, from)) return null;
    return { sign: match.groups["sign"] as Sign, query: match.groups["query"]!, from };
  }
  return null;
}
