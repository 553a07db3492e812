/** Rendered messages, so that scrolling back over one costs nothing. The oldest go first. */
import { plainHtml } from "./plain-html.ts";
import { renderMarkdown, type RenderContext } from "./render.ts";
import { sanitise } from "./sanitise.ts";

const mostEntries = 1_500;
const cache = new Map<string, string>();

export function messageHtml(text: string, context?: RenderContext): string {
  const plain = plainHtml(text);
  if (plain !== null) return plain;
  // Without mentions a text is the same whoever reads it, and wherever.
  const key = context && context.mentions.length > 0 ? `${JSON.stringify(context)} ${text}` : text;
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const html = sanitise(renderMarkdown(text, context));
  if (cache.size >= mostEntries) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest);
      break;
    }
  }
  cache.set(key, html);
  return html;
}
