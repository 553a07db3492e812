import { expect, test } from "vitest";
import { forgetRendered, rendered } from "./rendered.ts";

test("a text is rendered once, until messages are gone", () => {
  let times = 0;
  const html = () => rendered("**a**", () => `<p>${++times}</p>`);
  expect([html(), html()]).toEqual(["<p>1</p>", "<p>1</p>"]);
  forgetRendered();
  expect(html()).toBe("<p>2</p>");
});

test("what was rendered longest ago gives way", () => {
  for (let nr = 0; nr <= 1_500; nr++) rendered(`text ${nr}`, () => "first");
  expect(rendered("text 0", () => "again")).toBe("again");
  expect(rendered("text 1500", () => "again")).toBe("first");
});
