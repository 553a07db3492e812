import { expect, test } from "vitest";
import { noDraft, withText } from "../state/picks.ts";
import { withMark } from "./markdown-keys.ts";

const pressed = (text: string, from: number, to: number, key: string) => {
  const made = withMark(withText(noDraft, text), { from, to }, key);
  return (
    made &&
    `${made.draft.text.slice(0, made.caret.from)}|${made.draft.text.slice(made.caret.from, made.caret.to)}|${made.draft.text.slice(made.caret.to)}`
  );
};

test("marks go around what is selected, and away again", () => {
  expect(pressed("a bold word", 2, 6, "b")).toBe("a **|bold|** word");
  expect(pressed("a **bold** word", 4, 8, "b")).toBe("a |bold| word");
  expect(pressed("a **bold** word", 4, 8, "i")).toBe("a ***|bold|*** word");
  expect(pressed("run ls", 4, 6, "e")).toBe("run `|ls|`");
});

test("a link is made of a selection, ready for its address; without one the key is somebody else's", () => {
  expect(pressed("see here", 4, 8, "k")).toBe("see [here](||)");
  expect(pressed("see here", 4, 4, "k")).toBeNull();
  expect(pressed("see here", 4, 8, "x")).toBeNull();
});
