import type { Mention } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { readable, written } from "./readable.ts";

const mention = (token: string, kind: Mention["kind"], name: string | null): Mention => ({ token, kind, id: token, name });
const mentions = [mention("<@a>", "person", "Ann"), mention("<@b>", "person", "Ann Lee"), mention("<#c>", "channel", "garden"), mention("<@everyone>", "everyone", null)];

test("mentions are read by name and written by id", () => {
  const text = "<@b>, ask <@a> in <#c>. <@everyone> <@a>";
  expect(readable({ text, mentions })).toBe("@Ann Lee, ask @Ann in #garden. @everyone @Ann");
  expect(written(readable({ text, mentions }), mentions)).toBe(text.replace("<@everyone>", "@everyone"));
});

test("what has no name here stays as it is", () => {
  const unknown = [mention("<@x>", "person", null)];
  expect(readable({ text: "<@x> left", mentions: unknown })).toBe("<@x> left");
  expect(written("<@x> left", unknown)).toBe("<@x> left");
});
