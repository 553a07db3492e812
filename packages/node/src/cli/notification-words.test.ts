/** What the command line says of the inbox. */
import type { InboxItem } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { fakeId } from "../api/testing/fake-values.ts";
import { itemWords } from "./notification-words.ts";

test("who is called is said by name, as the message is shown", () => {
  const token = `<@${fakeId("account Bob")}>`;
  const mentions = [{ token, kind: "person", id: fakeId("account Bob"), name: "Bob" }] as const;
  const item = {
    id: fakeId("m"), cause: "mention", read: false, emoji: null,
    who: { id: fakeId("account Alice"), name: "Alice" },
    space: { id: fakeId("s"), name: "Team" },
    channel: { id: fakeId("c"), name: "general" },
    message: { text: `lunch, ${token}?`, mentions },
  } as unknown as InboxItem;
  expect(itemWords(item)).toBe("• Alice (Team #general): it calls you by name: lunch, @Bob?");
});
