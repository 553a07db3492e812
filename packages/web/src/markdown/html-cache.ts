/** Messages as HTML, rendered once, so that scrolling back over one costs nothing. */
import { renderMarkdown, type RenderContext } from "./render.ts";
import { rendered } from "./rendered.ts";
import { sanitise } from "./sanitise.ts";

export function messageHtml(text: string, context?: RenderContext): string {
  // Without mentions a text is the same whoever reads it, and wherever.
  const key = context && context.mentions.length > 0 ? `${JSON.stringify(context)} ${text}` : text;
  return rendered(key, () => sanitise(renderMarkdown(text, context)));
}
