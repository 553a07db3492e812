/** Links to messages of this app, with whatever address of a Multichat before them, lead there without leaving the page. */
import type MarkdownIt from "markdown-it";

const bare = /^#\/w\/[0-9a-f]{64}\/c\/[0-9a-f]{64}\/m\/[0-9a-f]{64}(?![0-9a-f])/u;
const atAnyAddress = /^https?:\/\/[^/#?]+\/(#\/w\/[0-9a-f]{64}\/c\/[0-9a-f]{64}\/m\/[0-9a-f]{64})$/u;

export function addMessageLinks(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.before("link", "message-link", (state, silent) => {
    const found = bare.exec(state.src.slice(state.pos, state.posMax))?.[0];
    if (!found) return false;
    if (!silent) {
      state.push("link_open", "a", 1).attrs = [["href", found]];
      state.push("text", "", 0).content = found;
      state.push("link_close", "a", -1);
    }
    state.pos += found.length;
    return true;
  });
  const others = markdown.renderer.rules["link_open"]!;
  markdown.renderer.rules["link_open"] = (tokens, index, options, env, self) => {
    const opened = tokens[index]!;
    const address = String(opened.attrGet("href"));
    const place = atAnyAddress.exec(address)?.[1] ?? bare.exec(address)?.[0];
    if (!place) return others(tokens, index, options, env, self);
    return `<a href="${place}">`;
  };
}
