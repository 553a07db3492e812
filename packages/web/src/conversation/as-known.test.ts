import { expect, test } from "vitest";
import { aMessage } from "../../test/a-message.ts";
import { asKnown } from "./as-known.ts";

test("messages take the name and the block that their author has now", () => {
  const messages = [aMessage({ time: 1 }), aMessage({ time: 2, author: { id: "gone", name: "Gone" } })];
  const known = asKnown(messages, (account) => (account === "author" ? { name: "Ali", blocked: true } : undefined));
  expect(known[0]).toMatchObject({ author: { id: "author", name: "Ali" }, blocked: true });
  expect(known[1]).toBe(messages[1]);
});

test("where nothing changed they are the same list", () => {
  const messages = [aMessage()];
  expect(asKnown(messages, () => ({ name: "Alice", blocked: false }))).toBe(messages);
});
