import type { Message, NotificationReason } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import type { App, Sheet } from "../state/store.ts";
import { changeReason } from "./change-reason.ts";

const author = { id: "alice", name: "Alice" } as Message["author"];
const message = aMessage({ id: "m", channel: "c", space: "private", thread: "root", author, text: "a reply" });

function opened(reason: NotificationReason): Sheet | null {
  const spaces = { private: { id: "private", parent: { id: "team" } }, team: { id: "team", name: "Team", parent: null } };
  let sheet: Sheet | null = null;
  const store = { getState: () => ({ spaces, sheet }), setState: (next: { sheet: Sheet }) => (sheet = next.sheet) };
  changeReason({ store } as unknown as App, message, reason)?.();
  return sheet;
}

test.each([
  ["person", "alice", "Alice"],
  ["thread", "root", "a reply"],
  ["space", "team", "Team"],
] as const)("what was decided by the rule of its %s is changed there", (of, id, name) => {
  expect(opened({ why: "muted", of, until: null })).toMatchObject({ kind: "notify", scope: of, id, name });
});

test("its channel has a way of its own, and about what is one's own there is nothing to change", () => {
  expect(changeReason({} as App, message, { why: "muted", of: "channel", until: null })).toBeNull();
  expect(changeReason({} as App, message, { why: "own" })).toBeNull();
});
