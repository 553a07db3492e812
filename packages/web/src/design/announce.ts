/**
 * One polite live region for the whole app. What is said within a moment is said together, and a flood is shortened to
 * its newest sentences, so that a busy channel does not talk over the person. What was said stays to be read until something
 * else is said, or it is taken back.
 */

const gatherMs = 700;
export const mostSentences = 3;

let region: HTMLElement | null = null;
let waiting: HTMLElement[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

export function mountAnnouncer(parent: HTMLElement): void {
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "sr-only";
  parent.append(region);
}

/** The returned function takes it back, from the page too. */
export function announce(text: string): () => void {
  const sentence = document.createElement("p");
  sentence.textContent = text;
  waiting.push(sentence);
  timer ??= setTimeout(() => {
    timer = null;
    region?.replaceChildren(...waiting.slice(-mostSentences));
    waiting = [];
  }, gatherMs);
  return () => {
    waiting = waiting.filter((other) => other !== sentence);
    sentence.remove();
  };
}
