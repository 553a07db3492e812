/** Clocks inside the page, so that what is measured is what the page does and not how it is asked. */
import type { launchChromium } from "@multichat/testing/chromium";

export type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>["newPage"]>>;

/** Milliseconds from the click on the channel's link until a frame with its messages has been painted. */
export async function opening(page: Page, channel: string): Promise<number> {
  const painted = page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        let clicked = 0;
        addEventListener("click", (event) => (clicked = event.timeStamp), {
          capture: true,
          once: true,
        });
        const look = (): void => {
          const there = document.querySelector(`[data-messages="${id}"] article`);
          // The frame after next begins when the one with the messages has been painted.
          if (there) requestAnimationFrame(() => resolve(performance.now() - clicked));
          else requestAnimationFrame(look);
        };
        look();
      }),
    channel,
  );
  await page.locator(`nav a[href$="${channel}"]`).click();
  return painted;
}

export interface Load {
  first: number;
  largest: number;
  /** What tasks took beyond 50 ms each, as Lighthouse adds it up. */
  blocked: number;
  shift: number;
}

/** Of the page as it was loaded last, once it is quiet. */
export function loadTimes(page: Page): Promise<Load> {
  return page.evaluate(async () => {
    const seen = { first: 0, largest: 0, blocked: 0, shift: 0 };
    const watch = (type: string, take: (entry: PerformanceEntry) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
        type,
        buffered: true,
      });
    };
    watch("paint", (entry) => {
      if (entry.name === "first-contentful-paint") seen.first = entry.startTime;
    });
    watch("largest-contentful-paint", (entry) => (seen.largest = entry.startTime));
    watch("longtask", (entry) => (seen.blocked += Math.max(0, entry.duration - 50)));
    watch(
      "layout-shift",
      (entry) => (seen.shift += (entry as PerformanceEntry & { value: number }).value),
    );
    await document.fonts.ready;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    return seen;
  });
}

export interface Scroll {
  /** Different messages that were drawn. */
  rows: number;
  /** Milliseconds. */
  longest: number;
  /** Frames that took longer than 50 ms, of all. */
  over: number;
  frames: number;
}

/**
 * From where the list is to the oldest message, `step` pixels in each frame; where it must wait for what comes, it waits.
 * A frame lasts from one call of the browser to the next.
 */
export function scrollThrough(page: Page, channel: string, step: number): Promise<Scroll> {
  return page.evaluate(
    ({ id, by }) =>
      new Promise<Scroll>((resolve) => {
        const list = document.querySelector<HTMLElement>(`[data-messages="${id}"]`)!;
        const seen = new Set<string>();
        const done = { longest: 0, over: 0, frames: 0 };
        let before: number | null = null;
        const frame = (now: number): void => {
          if (before !== null) {
            // Three refreshes are 50 ms, give or take the clock's rounding.
            const took = Math.round(now - before);
            done.frames++;
            done.longest = Math.max(done.longest, took);
            if (took > 50) done.over++;
          }
          before = now;
          const rows = [...list.querySelectorAll<HTMLElement>("[data-message]")];
          for (const row of rows) seen.add(row.dataset["message"]!);
          // Before the oldest message stands what the channel begins with.
          const atStart = rows[0]?.dataset["row"] === "1";
          if (list.scrollTop <= 0 && atStart) return resolve({ rows: seen.size, ...done });
          list.scrollTop -= by;
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { id: channel, by: step },
  );
}
