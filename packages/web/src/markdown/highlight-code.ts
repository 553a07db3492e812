/**
 * Colours code whose language is named. What that takes is fetched when the first such code comes into view, and only code that
 * stays there for a moment is coloured: who scrolls past could not read it.
 */
import { sanitise } from "./sanitise.ts";

/** UTF-16 code units; what is longer stays plain, that nobody waits for it. */
const longest = 20_000;
const mostEntries = 200;
const restMs = 100;
const coloured = new Map<string, string>();

export function highlightCode(root: HTMLElement): void {
  for (const code of root.querySelectorAll<HTMLElement>("pre > code[class^=language-]")) {
    const language = code.className.slice("language-".length).toLowerCase();
    const text = code.textContent;
    if (text.length > longest || code.dataset["coloured"] !== undefined) continue;
    const known = coloured.get(`${language} ${text}`);
    if (known === undefined) void fetchAndColour(code, language, text);
    else colour(code, known);
  }
}

async function fetchAndColour(code: HTMLElement, language: string, text: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, restMs));
  if (!code.isConnected) return;
  // Without it the code is plain, as it is for languages that are not known.
  const html = await import("./code-languages.ts").then(
    ({ toHtml }) => toHtml(language, text),
    () => null,
  );
  if (html === null) return;
  const clean = sanitise(html);
  if (coloured.size >= mostEntries) coloured.clear();
  coloured.set(`${language} ${text}`, clean);
  if (code.isConnected) colour(code, clean);
}

function colour(code: HTMLElement, html: string): void {
  code.innerHTML = html;
  code.dataset["coloured"] = "";
}
