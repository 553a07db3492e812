/** What was rendered of messages, as HTML. The oldest go first. */

const mostEntries = 1_500;
const kept = new Map<string, string>();

export function rendered(key: string, render: () => string): string {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const html = render();
  if (kept.size >= mostEntries) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  }
  kept.set(key, html);
  return html;
}

/** Messages are gone: nothing of them stays in memory. */
export function forgetRendered(): void {
  kept.clear();
}
