/**
 * The app on the in-memory Multichat in a real browser: its bundle (bundle-once.ts) served on loopback, under the content
 * security policy that the node sends.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { launchChromium } from "@multichat/testing/chromium";
import type { Settings } from "../src/state/settings.ts";
import { now } from "./fake/world.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface Look {
  width: number;
  height?: number;
  dark?: boolean;
  touch?: boolean;
  contrast?: boolean;
}

export interface AppInBrowser {
  /**
   * A page on the named screen, everything in it anew but for the process: there is one page for each look, for one of its
   * own would take much longer.
   */
  open(screen: string, look?: Partial<Look>, settings?: Partial<Settings>): Promise<Page>;
  /**
   * The same for screens that are only looked at: in one page, which is not loaded again and so keeps what was compiled of
   * the app, and of axe.
   */
  turnTo(screen: string): Promise<Page>;
  /** Errors and refusals of the policy since a screen was opened last. */
  readonly problems: string[];
  readonly browser: Browser;
}

/**
 * A browser for the tests of the `describe` that this is called in: files have one each, and so run side by side.
 *
 * @param look how a window is, unless one is opened with another
 * @param more of Chromium's switches
 */
export function appInBrowser(look: Look, more: readonly string[] = []): AppInBrowser {
  const problems: string[] = [];
  const pages = new Map<string, Promise<Page>>();
  let turning: Page | undefined;
  let browser: Browser;
  let served: { server: Server; origin: string };

  beforeAll(async () => {
    const folder = inject("bundle");
    if (folder === null) throw new Error("there is no browser");
    served = await serve(folder);
    browser = await launchChromium(...more);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => (served ? served.server.close(resolve) : resolve(undefined)));
  });

  async function load(page: Page, screen: string, settings: Partial<Settings>): Promise<void> {
    const asked = new URLSearchParams({ screen, settings: JSON.stringify(settings) });
    await page.goto(`${served.origin}/test/harness/index.html?${asked}`);
    await page.waitForSelector(`html[data-shown="${screen}"]`, { timeout: 50_000 });
  }

  return {
    problems,
    get browser() {
      return browser;
    },
    async open(screen, other, settings = {}) {
      const wanted = { ...look, ...other };
      const key = JSON.stringify(wanted);
      const made = pages.get(key) ?? makePage(browser, wanted, problems);
      pages.set(key, made);
      const page = await made;
      problems.length = 0;
      await load(page, screen, settings);
      return page;
    },
    async turnTo(screen) {
      // A page on which that failed is of no use to the next screen.
      const page = turning ?? (await makePage(browser, look, problems));
      const isNew = turning === undefined;
      turning = undefined;
      problems.length = 0;
      if (isNew) await load(page, screen, {});
      else await page.evaluate((name) => window.harness.turnTo(name), screen);
      return (turning = page);
    },
  };
}

async function makePage(browser: Browser, look: Look, problems: string[]): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height ?? 860 },
    colorScheme: look.dark ? "dark" : "light",
    contrast: look.contrast ? "more" : "no-preference",
    reducedMotion: "reduce",
    hasTouch: look.touch ?? false,
    isMobile: look.touch ?? false,
    locale: "en-GB",
  });
  await context.clock.install({ time: now });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  return page;
}

/** Chromium keeps what it compiled of the bundle: pages after the first open much sooner than with answers handed to it. */
async function serve(folder: string): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://127.0.0.1").pathname;
    readFile(join(folder, path)).then(
      (body) => {
        const type = types[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, {
          "content-type": type,
          "content-security-policy": policy,
          "cache-control": "max-age=3600",
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
