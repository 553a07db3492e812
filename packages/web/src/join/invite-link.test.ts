import { expect, test } from "vitest";
import { hasInviteLink, inviteLinkIn } from "./invite-link.ts";

const link = "multichat://join/#AbC-123_xyz";

test.each([link, `Come in: ${link}`, `<${link}>`, `(${link})`, `\n\t${link}\nSee you there`])(
  "the link is found in %j",
  (pasted) => {
    expect(inviteLinkIn(pasted)).toBe(link);
    expect(hasInviteLink(pasted)).toBe(true);
  },
);

test("anything else is handed on as it was, trimmed", () => {
  expect(inviteLinkIn("  https://example.org/join ")).toBe("https://example.org/join");
  expect(hasInviteLink("hello")).toBe(false);
});
