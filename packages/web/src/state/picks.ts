/**
 * A text as it is typed, with names in it, and which of these were chosen from a list. What is sent has tokens in their place
 * (Mention). A choice goes with its name through every change, and is forgotten when the name itself is changed.
 */
import type { Mention } from "@multichat/client/contract";
import { changedRange } from "./changed-range.ts";

export interface Pick {
  /** Where its name stands in the text, with its sign: [from, to). */
  from: number;
  to: number;
  mention: Mention;
}

export interface Draft {
  text: string;
  picks: readonly Pick[];
}

export const noDraft: Draft = { text: "", picks: [] };

/** The draft after its text was changed in one place, wherever that was. */
export function withText({ text: before, picks }: Draft, text: string): Draft {
  const { from, toBefore } = changedRange(before, text);
  const moved = text.length - before.length;
  const kept = picks.flatMap((pick) => {
    if (pick.to <= from) return [pick];
    return pick.from >= toBefore
      ? [{ ...pick, from: pick.from + moved, to: pick.to + moved }]
      : [];
  });
  return { text, picks: kept };
}

/** The draft with `[from, to)` replaced by the name of what was chosen, and the place after it. */
export function withPick(
  draft: Draft,
  from: number,
  to: number,
  mention: Mention,
): { draft: Draft; caret: number } {
  const name = shownName(mention);
  const changed = withText(
    draft,
    `${draft.text.slice(0, from)}${name} ${draft.text.slice(to).replace(/^ /u, "")}`,
  );
  const pick = { from, to: from + name.length, mention };
  return {
    draft: { ...changed, picks: [...changed.picks, pick].sort((a, b) => a.from - b.from) },
    caret: pick.to + 1,
  };
}

/** What is sent. In code, where tokens would be shown as they are, the names stay. */
export function withTokens({ text, picks }: Draft): { text: string; mentions: Mention[] } {
  let sent = "";
  let at = 0;
  const mentions: Mention[] = [];
  for (const { from, to, mention } of picks) {
    if (inCode(text, from)) continue;
    sent += text.slice(at, from) + mention.token;
    at = to;
    if (!mentions.some(({ token }) => token === mention.token)) mentions.push(mention);
  }
  return { text: sent + text.slice(at), mentions };
}

/** The draft that this was sent as. */
export function fromTokens(text: string, mentions: readonly Mention[]): Draft {
  let draft: Draft = noDraft;
  let at = 0;
  const tokens = new RegExp(mentions.map(({ token }) => token).join("|") || "(?!)", "gu");
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const mention = mentions.find((known) => known.token === token)!;
    const before = draft.text + text.slice(at, index);
    const name = shownName(mention);
    draft = { text: before + name, picks: [...draft.picks, { from: before.length, to: before.length + name.length, mention }] };
    at = index + token.length;
  }
  return { ...draft, text: draft.text + text.slice(at) };
}

/** What was written first, and on the next line what was written then. */
export function joined(first: Draft, then: Draft): Draft {
  if (first.text === "") return then;
  if (then.text === "") return first;
  const before = `${first.text}\n`;
  const moved = then.picks.map((pick) => ({ ...pick, from: pick.from + before.length, to: pick.to + before.length }));
  return { text: before + then.text, picks: [...first.picks, ...moved] };
}

/** "@Bob", "#general". */
export function shownName({ kind, name }: Mention): string {
  return `${kind === "channel" ? "#" : "@"}${name ?? ""}`;
}

/** Whether this place is in a block or a span of Markdown's code. */
export function inCode(text: string, at: number): boolean {
  const lines = text.slice(0, at).split("\n");
  const line = lines.pop() ?? "";
  const fences = lines.filter((before) => /^ {0,3}(?:```|~~~)/u.test(before)).length;
  return fences % 2 === 1 || (line.match(/`/gu)?.length ?? 0) % 2 === 1;
}
