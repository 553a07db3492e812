/** What must be there in the end, as far as those who wrote it were answered. */
import type { Id } from "@multichat/client";

export interface Written {
  id: Id;
  channel: Id;
  kind: "message" | "poll" | "list";
  /** Who wrote it, by number. */
  by: number;
  /** The message whose thread it is in. */
  thread: Id | null;
  /** It goes by itself. */
  expires: boolean;
}

/** Whether something was done is not known: its node died over it, or it was refused. */
const unsure = Symbol("unsure");

export function createExpected() {
  const written: Written[] = [];
  const byKind: Record<Written["kind"], Written[]> = { message: [], poll: [], list: [] };
  const deleted = new Set<Id>();
  /** What was said last about a part of a message, in the order in which it was asked for. */
  const said = new Map<string, { turn: number; value: unknown }>();
  let turns = 0;

  return {
    written,
    deleted,
    byKind,
    add(message: Written) {
      written.push(message);
      byKind[message.kind].push(message);
    },
    /** The newest value that is known; undefined where none is. */
    value<T>(slot: string): T | undefined {
      const value = said.get(slot)?.value;
      return value === unsure ? undefined : (value as T | undefined);
    },
    /** Of a command that is about to be sent; the answer calls `failed` if it was not carried out for sure. */
    say(slot: string, value: unknown): { failed(): void } {
      const turn = ++turns;
      said.set(slot, { turn, value });
      return {
        failed() {
          // What was asked for later stands; whether this one came to be does not matter then.
          if (said.get(slot)?.turn === turn) said.set(slot, { turn, value: unsure });
        },
      };
    },
    slots: () => [...said].filter(([, { value }]) => value !== unsure),
  };
}

export type Expected = ReturnType<typeof createExpected>;
