/**
 * Mentions: `<@account>`, `<@&role>`, `<#channel>` and `<@everyone>` become names, people and channels also links. In code they
 * stay as they are written, for the tokeniser never looks for them there.
 */
import type { Mention } from "@multichat/client/contract";
import type MarkdownIt from "markdown-it";
import { mentionText } from "../state/readable.ts";
import type { RenderContext } from "./render.ts";

const token = /^<(?:@&?[0-9a-f]{64}|#[0-9a-f]{64}|@everyone)>/u;

export function addMentions(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.before("autolink", "mention", (state, silent) => {
    const written = token.exec(state.src.slice(state.pos, state.posMax))?.[0];
    const context = state.env as Partial<RenderContext>;
    const mention = written && context.mentions?.find((one) => one.token === written);
    if (!mention) return false;
    if (!silent) state.push("mention", "", 0).meta = { mention, context };
    state.pos += written.length;
    return true;
  });
  markdown.renderer.rules["mention"] = (tokens, index) => {
    const { mention, context } = tokens[index]!.meta as { mention: Mention; context: RenderContext };
    const text = markdown.utils.escapeHtml(mention.name === null && mention.kind !== "everyone" ? unknownName[mention.kind] : mentionText(mention));
    const to = addressOf(mention, context);
    const look = mention.kind === "everyone" || mention.id === context.reader ? "mention mention-you" : "mention";
    return to ? `<a class="${look}" href="${to}">${text}</a>` : `<span class="${look}">${text}</span>`;
  };
}

/** Shown for what this node knows no name of. */
const unknownName = { person: "@…", role: "@…", channel: "#…" } as const;

/** `#/u/<account>` opens a profile card (Prose.tsx). Ids are hexadecimal digits, by the pattern above. */
function addressOf({ kind, id }: Mention, { space }: RenderContext): string | null {
  if (kind === "person") return `#/u/${id}`;
  return kind === "channel" ? `#/w/${space}/c/${id}` : null;
}
