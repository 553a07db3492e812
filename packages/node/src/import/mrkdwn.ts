/** Slack's own markup ("mrkdwn") as Markdown. */
import { atLineStarts, escaped, withoutControls } from "./plain-text.ts";

export interface SlackNames {
  user(id: string): string;
  channel(id: string): string;
}

/** What is done with is set aside under a number between two of these, which no text holds. */
const aside = "\u0000";

export function mrkdwnToMarkdown(text: string, names: SlackNames): string {
  const kept: string[] = [];
  const keep = (markdown: string): string => `${aside}${kept.push(markdown) - 1}${aside}`;
  const marked = withoutControls(text)
    .replaceAll(/```\n?([\s\S]*?)\n?```/g, (_all, code: string) => keep(fenced(unescaped(code))))
    .replaceAll(/`([^`\n]+)`/g, (_all, code: string) => keep(`\`${unescaped(code)}\``))
    .replaceAll(/<([^<>\n]+)>/g, (_all, inner: string) => keep(reference(inner, names)))
    // What begins or ends in the middle of a word is none to Slack.
    .replaceAll(
      /(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/g,
      (_all, inner: string) => `${keep("**")}${inner}${keep("**")}`,
    )
    .replaceAll(
      /(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])/g,
      (_all, inner: string) => `${keep("*")}${inner}${keep("*")}`,
    )
    .replaceAll(
      /(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/g,
      (_all, inner: string) => `${keep("~~")}${inner}${keep("~~")}`,
    );
  const written = atLineStarts(escaped(unescaped(marked)));
  // What was set aside may hold what was before.
  let result = written;
  for (let depth = 0; depth < 3 && result.includes(aside); depth++) {
    result = result
      .split(aside)
      .map((part, at) => (at % 2 === 0 ? part : (kept[Number(part)] ?? "")))
      .join("");
  }
  return result;
}

/** What stands between `<` and `>`. */
function reference(inner: string, names: SlackNames): string {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : unescaped(inner.slice(bar + 1));
  const sign = target[0];
  if (sign === "@") return escaped(`@${label ?? names.user(target.slice(1))}`);
  if (sign === "#")
    return escaped(`#${label !== null && label !== "" ? label : names.channel(target.slice(1))}`);
  if (sign === "!") {
    const called = /^!(here|channel|everyone)$/.exec(target)?.[1];
    return escaped(called !== undefined ? `@${called}` : (label ?? target.slice(1)));
  }
  const url = unescaped(target);
  if (!/^(?:https?|mailto):[^\s]+$/i.test(url)) return escaped(label ?? url);
  const bare = url.replace(/^mailto:/i, "");
  if (label === null || label === url || label === bare)
    return url.startsWith("http") ? url.replaceAll(/[<>]/g, encodeURIComponent) : escaped(bare);
  return `[${escaped(label)}](<${url.replaceAll(/[<>\\]/g, encodeURIComponent)}>)`;
}

function fenced(code: string): string {
  const fence = "`".repeat(
    Math.max(3, ...[...code.matchAll(/`+/g)].map(({ 0: ticks }) => ticks.length + 1)),
  );
  return `\n${fence}\n${code}\n${fence}\n`;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
