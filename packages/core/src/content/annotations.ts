/** What annotations come to (spec/12-content.md): pure functions of the set of those that stand. */
import { type AccountId, type EventId, type Hlc, limits } from "@multichat/protocol";
import type { Said } from "./kind.ts";

export interface Edited {
  text: string;
  title: string | undefined;
  tags: readonly string[] | undefined;
  hlc: Hlc;
}

/** The newest change by the author of the target itself; null: there is none. */
export function newestEdit(author: AccountId, edits: readonly Said<"edit">[]): Edited | null {
  const newest = latest(edits.filter((edit) => edit.author === author));
  return newest === null ? null : { text: newest.payload.text, title: newest.payload.title, tags: newest.payload.tags, hlc: newest.hlc };
}

/** Who reacts with what: emoji by when they were first used, people by when they did. @param said of each account and emoji the newest */
export function reactionsIn(said: readonly Said<"reaction">[]): { emoji: string; accounts: AccountId[] }[] {
  const byAuthor = Map.groupBy(inOrder(said.filter(({ payload }) => payload.on)), ({ author }) => author);
  const counted = [...byAuthor.values()].flatMap((own) => own.slice(0, limits.reactionsOfOne));
  const byEmoji = Map.groupBy(inOrder(counted), ({ payload }) => payload.emoji);
  return [...byEmoji].map(([emoji, all]) => ({ emoji, accounts: all.map(({ author }) => author) }));
}

/** Who pinned it and when; null: it is not pinned. */
export function pinOf(said: readonly Said<"pin">[]): { by: AccountId; hlc: Hlc } | null {
  const newest = latest(said);
  return newest?.payload.on === true ? { by: newest.author, hlc: newest.hlc } : null;
}

function latest<S extends { hlc: Hlc; id: EventId }>(said: readonly S[]): S | null {
  return inOrder(said).at(-1) ?? null;
}

function inOrder<S extends { hlc: Hlc; id: EventId }>(said: readonly S[]): S[] {
  return said.toSorted((a, b) => (a.hlc === b.hlc ? (a.id < b.id ? -1 : 1) : a.hlc < b.hlc ? -1 : 1));
}
