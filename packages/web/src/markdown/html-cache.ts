/** Rendered messages, so that scrolling back over one costs nothing. The oldest go first. */
import { renderMarkdown } from "./render.ts";
import { sanitise } from "./sanitise.ts";

const mostEntries = 1_500;
const cache = new Map<string, string>();

export function messageHtml(text: string): string {
  const cached = cache.get(text);
  if (cached !== undefined) return cached;
  const html = sanitise(renderMarkdown(text));
  if (cache.size >= mostEntries) {
    for (const key of cache.keys()) {
      cache.delete(key);
      break;
    }
  }
  cache.set(text, html);
  return html;
}
