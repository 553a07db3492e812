import { expect, test } from "vitest";
import { toHtml } from "./code-languages.ts";
import { renderMarkdown, wordsOf } from "./render.ts";
import { withoutSpoilers } from "./spoilers.ts";

test("the usual marks", () => {
  expect(renderMarkdown("**b** _i_ ~~s~~ `c`")).toBe(
    "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>\n",
  );
  expect(renderMarkdown("one\ntwo")).toContain("one<br>\ntwo");
  expect(renderMarkdown("- a\n- b")).toContain("<li>a</li>");
  expect(renderMarkdown("> q")).toContain("<blockquote>");
  expect(renderMarkdown("|a|b|\n|-|-|\n|1|2|")).toContain("<td>1</td>");
  expect(renderMarkdown("|a|\n|-:|\n|1|")).toContain('<td align="right">1</td>');
  expect(renderMarkdown("```\n<b>\n```")).toContain("<pre><code>&lt;b&gt;\n</code></pre>");
});

test("tables of more cells than anybody reads are shown as they were written, however they are come by", () => {
  const wide = (columns: number, rows: number): string => `${"a|".repeat(columns)}\n${"-|".repeat(columns)}\n${"b|\n".repeat(rows)}`;
  const cells = (text: string): number => renderMarkdown(text).match(/<t[hd]>/gu)?.length ?? 0;
  expect(cells(wide(20, 99))).toBe(2_000);
  expect(cells(wide(20, 100))).toBe(0);
  expect(renderMarkdown(`before\n\n${wide(20, 100)}\nafter *all*`)).toMatch(/^<p>before<\/p>\n<pre><code>a\|[^]*b\|<\/code><\/pre>\n<p>after <em>all<\/em><\/p>\n$/u);
  expect(cells(`${wide(20, 50)}\n`.repeat(40))).toBeLessThanOrEqual(2_000);
});

test("what stands between bars is covered, if they touch it; bars of code and tables stay", () => {
  expect(renderMarkdown("so ||it was **him**|| then")).toBe(
    '<p>so <span class="spoiler"><span>it was <strong>him</strong></span></span> then</p>\n',
  );
  for (const plain of ["a || b || c", "`||x||`", "||x", "|||| |||", "|a|b|\n|-|-|\n|1||"])
    expect(renderMarkdown(plain)).not.toContain("spoiler");
  expect(renderMarkdown("||a|| and ||b||").match(/"spoiler"/gu)).toHaveLength(2);
  expect(withoutSpoilers("so ||it|| || that ||x|| a || b", "[…]")).toBe(
    "so […] || that […] a || b",
  );
});

test("the words alone, in one line", () => {
  expect(wordsOf("# Plan\n\n- **bring** `seeds`\n- [ ] ~~soil~~\n\n> yes\n> no")).toBe(
    "Plan bring seeds [ ] soil yes no",
  );
  expect(wordsOf("see [the map](https://example.org/a_b_c) at https://example.org/x_y_z")).toBe(
    "see the map at https://example.org/x_y_z",
  );
  expect(wordsOf("```ts\nconst a = 1;\n```\n\n|a|b|\n|-|-|\n|1|2|")).toBe("const a = 1; a b 1 2");
  expect(wordsOf("2 * 3 * 4 = <b> & snake_case ||x||")).toBe("2 * 3 * 4 = <b> & snake_case x");
  expect(wordsOf("![a cat](https://example.org/cat.png)")).toBe("a cat");
});

test("code is coloured where its language is known, and nothing of it becomes HTML", () => {
  expect(renderMarkdown("```ts\n1\n```")).toContain('<code class="language-ts">');
  expect(toHtml("ts", "const a = '<b>';")).toBe(
    '<span class="hljs-keyword">const</span> a = <span class="hljs-string">&#x27;&lt;b&gt;&#x27;</span>;',
  );
  expect(toHtml("klingon", "x")).toBeNull();
});

test("links open elsewhere and do not say where they come from", () => {
  const html = renderMarkdown("see https://example.org/a?b=1&c=2 and [x](https://example.org)");
  expect(html.match(/target="_blank" rel="noopener noreferrer nofollow"/gu)).toHaveLength(2);
});

test("invite links are links; file names and bare words are not", () => {
  expect(renderMarkdown("multichat://join/#AbC_1")).toContain('href="multichat://join/#AbC_1"');
  expect(renderMarkdown("notes.md example.org")).not.toContain("<a");
});

test("pictures are links: nothing is fetched by looking at a message", () => {
  const html = renderMarkdown('![<cat>](https://example.org/c.png "t")');
  expect(html).not.toContain("<img");
  expect(html).toContain('href="https://example.org/c.png"');
  expect(html).toContain("&lt;cat&gt;");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  "[x](vbscript:msgbox)",
  "![x](javascript:alert(1))",
  "<javascript:alert(1)>",
  "[x](/api/v1/command)",
  "[x](file:///etc/passwd)",
  '[a](https://e.org" onmouseover="alert(1))',
  "<svg/onload=alert(1)>",
  '<a href="javascript:alert(1)">x</a>',
])("hostile: %j comes out inert", (text) => {
  const html = renderMarkdown(text);
  expect(html).not.toMatch(/<(?:script|img|svg|iframe|style)/iu);
  expect(html).not.toMatch(/href="(?!https?:|mailto:|multichat:)/iu);
  expect(html).not.toMatch(/<[^>]*\son\w+=/iu);
});

const account = "a".repeat(64);
const channel = "c".repeat(64);
const context = {
  space: "d".repeat(64),
  reader: account,
  mentions: [
    { token: `<@${account}>`, kind: "person" as const, id: account, name: "<b>Ann</b>" },
    { token: `<#${channel}>`, kind: "channel" as const, id: channel, name: "garden" },
    { token: "<@everyone>", kind: "everyone" as const, id: null, name: null },
  ],
};

test("mentions are names, people and channels can be gone to, and in code they are text", () => {
  expect(renderMarkdown(`<@${account}> <#${channel}> <@everyone>`, context)).toBe(
    `<p><a class="mention mention-you" href="#/u/${account}">@&lt;b&gt;Ann&lt;/b&gt;</a> ` +
      `<a class="mention" href="#/w/${context.space}/c/${channel}">#garden</a> <span class="mention mention-you">@everyone</span></p>\n`,
  );
  expect(renderMarkdown(`\`<@${account}>\``, context)).not.toContain("<a");
  expect(renderMarkdown(`<@${"b".repeat(64)}>`, context)).not.toContain("<a");
});

test("the link to a message leads there from any text, and no other address of the app can be written as a link", () => {
  const link = `#/w/${context.space}/c/${channel}/m/${account}`;
  expect(renderMarkdown(`see ${link}.`)).toContain(`<a href="${link}">`);
  expect(renderMarkdown(`http://127.0.0.1:40123/${link}`)).toContain(`<a href="${link}">`);
  expect(renderMarkdown(`[x](#/u/${account}) ${link}0 [y](${link.slice(0, 70)})`)).not.toContain(
    "<a",
  );
});

test(
  "whatever a message of the greatest length is made of, it is rendered in a time that grows with its length",
  { timeout: 60_000 },
  () => {
    const units = [
      "*",
      "*a_ ",
      "[",
      "![",
      "](",
      "[a][",
      "[^",
      "`",
      "> ",
      "\n> ",
      "\n- ",
      "\\",
      "&#",
      "<",
      "~~",
      "||",
      "|a|\n|-|\n",
      "a\n=\n",
      "http://",
      "<@",
      ":a",
    ];
    for (const unit of units) {
      const before = process.cpuUsage();
      renderMarkdown(`${unit.repeat(40_000 / unit.length)}x`);
      const { user, system } = process.cpuUsage(before);
      // Some tens of milliseconds; what grew with the square would take many seconds.
      expect((user + system) / 1_000).toBeLessThan(1_500);
    }
  },
);
