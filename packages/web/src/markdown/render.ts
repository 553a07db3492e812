/**
 * Markdown to HTML. What a message may hold is decided here (no HTML, no remote pictures, only links with a scheme that
 * cannot run anything) and enforced once more by the sanitiser.
 */
import type { Id, Mention } from "@multichat/client/contract";
import MarkdownIt from "markdown-it";
import { keepLargeTables } from "./large-tables.ts";
import { addMentions } from "./mentions.ts";
import { addMessageLinks } from "./message-links.ts";
import { addSpoilers } from "./spoilers.ts";

const allowedSchemes = /^(?:https?|mailto|multichat):/iu;

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false });
markdown.validateLink = (url) => allowedSchemes.test(url.trim());
// Bare words such as "notes.md" are no links, and fetching a page title by accident is nobody's wish.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
const inviteLink = /^\/\/join\/?#[\w-]+/u;
markdown.linkify.add("multichat:", {
  validate: (text, position) => inviteLink.exec(text.slice(position))?.[0].length ?? 0,
});

markdown.renderer.rules["link_open"] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet("target", "_blank");
  tokens[index]?.attrSet("rel", "noopener noreferrer nofollow");
  return self.renderToken(tokens, index, options);
};

/** A remote picture would tell its host who reads: it is shown as a link to it. */
markdown.renderer.rules["image"] = (tokens, index) => {
  const token = tokens[index];
  const source = String(token?.attrGet("src") ?? "");
  const text = markdown.utils.escapeHtml(token?.content || source);
  return `<a href="${markdown.utils.escapeHtml(source)}" target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
};

/** Column alignment as an attribute: style attributes are not allowed on the page. */
for (const cell of ["th_open", "td_open"]) {
  markdown.renderer.rules[cell] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/u.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token) token.attrs = align ? [["align", align]] : null;
    return self.renderToken(tokens, index, options);
  };
}

addMentions(markdown);
addMessageLinks(markdown);
addSpoilers(markdown);
keepLargeTables(markdown);

/** What a text is rendered with. */
export interface RenderContext {
  mentions: readonly Mention[];
  /** The workspace it was written in. */
  space: Id;
  /** The account of who reads it: mentions of them stand out. */
  reader: Id;
}

export function renderMarkdown(text: string, context?: RenderContext): string {
  return markdown.render(text, { ...context });
}

/** The words of a text without what only says how they look, in one line. */
export function wordsOf(text: string): string {
  const tokens = markdown.parse(text, {}).flatMap((token) => token.children ?? [token, between]);
  const words = tokens.map(({ type, content }) => (breaks.has(type) ? " " : content));
  return words.join("").replaceAll(/\s+/gu, " ").trim();
}

const breaks = new Set(["softbreak", "hardbreak", "hr"]);
const between = { type: "softbreak", content: "" };
