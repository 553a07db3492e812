/** The message list of the app on the in-memory Multichat, as tests look at it. */
import type { Page } from "playwright-core";
import type { App } from "../src/state/store.ts";
import type { FakeClient } from "./fake/fake-client.ts";

declare global {
  interface Window {
    harness: {
      app: App;
      fake: FakeClient;
      turnTo(screen: string): Promise<void>;
      messageHtml(text: string): string;
      fakeFile(blob: string): Blob | undefined;
      uploads: { how: "taken" | "refused" | Promise<void> };
    };
  }
}

export async function receive(page: Page, text: string): Promise<void> {
  await page.evaluate((words) => {
    const { app: shown, fake } = window.harness;
    const { route, timelines } = shown.store.getState();
    const channel = route.at === "space" ? route.channel! : "";
    const last = timelines[channel]!.messages.at(-1)!;
    const message = {
      ...last,
      id: `new-${words}`,
      position: `${last.position}~`,
      text: words,
      own: false,
      deleted: null,
      time: last.time + 1_000,
    };
    fake.push("messages", { channel, thread: null, messages: [message] });
  }, text);
  await settled(page);
}

export function middleRow(page: Page): Promise<{ id: string; top: number }> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
    const row = rows.find((candidate) => candidate.getBoundingClientRect().top > 250)!;
    return { id: row.textContent, top: row.getBoundingClientRect().top };
  });
}

export function topOf(page: Page, id: string): Promise<number> {
  return page.evaluate((wanted) => {
    const row = [...document.querySelectorAll<HTMLElement>("[data-row]")].find(
      (candidate) => candidate.textContent === wanted,
    );
    return row?.getBoundingClientRect().top ?? Number.NaN;
  }, id);
}

export function distanceFromEnd(page: Page): Promise<number> {
  return page
    .locator("[data-messages]")
    .evaluate((list) => list.scrollHeight - list.scrollTop - list.clientHeight);
}

/** The list has come to rest: three frames in a row show the same rows in the same places. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const look = () =>
      [...document.querySelectorAll("[data-row]")]
        .map((row) => `${row.getAttribute("data-row")} ${row.getBoundingClientRect().top}`)
        .join();
    let last = "";
    for (let same = 0; same < 3;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const seen = look();
      same = seen === last ? same + 1 : 0;
      last = seen;
    }
  });
}
