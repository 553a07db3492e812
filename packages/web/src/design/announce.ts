/**
 * One polite live region for the whole app. What is said within a moment is said together, and a flood is shortened to
 * its newest sentences, so that a busy channel does not talk over the person.
 */

const gatherMs = 700;
const mostSentences = 3;

let region: HTMLElement | null = null;
let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | null = null;

export function mountAnnouncer(parent: HTMLElement): void {
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "sr-only";
  parent.append(region);
}

export function announce(sentence: string): void {
  waiting.push(sentence);
  timer ??= setTimeout(() => {
    timer = null;
    if (region) region.textContent = waiting.slice(-mostSentences).join(" ");
    waiting = [];
  }, gatherMs);
}
