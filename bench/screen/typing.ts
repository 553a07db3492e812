/** Typing into the composer as a person does, whatever else the page has to do, and what the page's own clock says of it. */
import type { Page } from "./measures.ts";

const sentence =
  "while this is being written the garden talks about water and beds and who has the key ";
/** Ten keys a second: somebody fast. */
const keyMs = 100;

export interface Typed {
  /** For each key: milliseconds from its press until a frame with what it wrote has been painted. */
  keys: number[];
  /** How long each task of the page took that took more than 50 ms. */
  longTasks: number[];
}

/**
 * Presses a key every tenth of a second until `over` resolves, however long the page takes for one.
 * @throws Error when what was typed is not what is there
 */
export async function typeUntil(page: Page, over: Promise<unknown>): Promise<Typed> {
  await page.locator("#composer").fill("");
  await page.locator("#composer").focus();
  await page.evaluate(watchKeys);
  let going = true;
  const ended = over.finally(() => (going = false));
  const presses: Promise<void>[] = [];
  let text = "";
  while (going) {
    const key = sentence[presses.length % sentence.length]!;
    text += key;
    presses.push(page.keyboard.press(key === " " ? "Space" : key));
    await new Promise((resolve) => setTimeout(resolve, keyMs));
  }
  await ended;
  await Promise.all(presses);
  const written = await page.locator("#composer").inputValue();
  if (written !== text) throw new Error(`"${text}" was typed, and "${written}" is there`);
  const typed = await page.evaluate(() =>
    (globalThis as unknown as { typed(): Promise<Typed> }).typed(),
  );
  if (typed.keys.length !== presses.length)
    throw new Error(`${typed.keys.length} of ${presses.length} keys were seen`);
  return typed;
}

function watchKeys(): void {
  const typed: Typed = { keys: [], longTasks: [] };
  const watching = new AbortController();
  let pressed = 0;
  addEventListener("keydown", (event) => (pressed = event.timeStamp), {
    capture: true,
    signal: watching.signal,
  });
  const onInput = (): void => {
    const since = pressed;
    requestAnimationFrame(() => {
      // Its turn comes when this frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => typed.keys.push(performance.now() - since);
      port2.postMessage(null);
    });
  };
  addEventListener("input", onInput, { capture: true, signal: watching.signal });
  const tasks = new PerformanceObserver((list) =>
    typed.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  tasks.observe({ type: "longtask" });
  const done = async (): Promise<Typed> => {
    for (let frame = 0; frame < 3; frame++)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    watching.abort();
    tasks.disconnect();
    return typed;
  };
  Object.assign(globalThis, { typed: done });
}
