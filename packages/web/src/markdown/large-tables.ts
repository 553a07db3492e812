/**
 * A table of many columns needs only a sign for each further row of them: a message can hold tens of thousands of cells, which keep a
 * browser busy for half a minute. What has more cells than anybody reads is shown as it was written.
 */
import type MarkdownIt from "markdown-it";

/** Of all tables of a text. */
const mostCells = 2_000;

export function keepLargeTables(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.core.ruler.after("block", "large-tables", (state) => {
    const lines = state.src.split("\n");
    const kept: typeof state.tokens = [];
    let tableFrom = 0;
    let cells = 0;
    for (const token of state.tokens) {
      kept.push(token);
      if (token.type === "table_open") tableFrom = kept.length - 1;
      if (token.type !== "table_close") continue;
      const table = kept.slice(tableFrom);
      const inIt = table.filter(({ type }) => type === "th_open" || type === "td_open").length;
      cells += inIt;
      if (cells <= mostCells) continue;
      cells -= inIt;
      const [from, to] = table[0]!.map!;
      const text = new state.Token("code_block", "", 0);
      text.content = lines.slice(from, to).join("\n");
      kept.splice(tableFrom, table.length, text);
    }
    state.tokens = kept;
  });
}
