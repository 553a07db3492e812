/**
 * The app on the in-memory Multichat in a real browser: its bundle (bundle-once.ts) served on loopback, under the content
 * security policy that the node sends.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { inject } from "vitest";
import { chromiumPath, howToGetChromium } from "./chromium.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export interface AppInBrowser {
  browser: Browser;
  /** A page on the named screen; `problems` gathers errors and refusals of the policy. */
  open(screen: string, look: Look): Promise<{ page: Page; problems: string[] }>;
  /** Takes a page from `open` to another screen, all anew but for the process: sooner than a page of its own. */
  turn(page: Page, screen: string): Promise<void>;
  close(): Promise<void>;
}

export interface Look {
  width: number;
  height?: number;
  dark?: boolean;
  touch?: boolean;
  contrast?: boolean;
}

/** @param more of Chromium's switches */
export async function startAppInBrowser(now: number, more: readonly string[] = []): Promise<AppInBrowser> {
  const folder = inject("bundle");
  if (folder === null) throw new Error(howToGetChromium);
  const { server, origin } = await serve(folder);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
  });

  const contexts = new Map<string, Promise<BrowserContext>>();
  const contextFor = (look: Look) => {
    const key = JSON.stringify(look);
    const made = contexts.get(key) ?? makeContext(browser, look, now);
    contexts.set(key, made);
    return made;
  };

  const turn = async (page: Page, screen: string) => {
    await page.goto(`${origin}/test/harness/index.html?screen=${screen}`);
    await page.waitForSelector(`html[data-shown="${screen}"]`, { timeout: 50_000 });
  };

  return {
    browser,
    async open(screen, look) {
      const page = await (await contextFor(look)).newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      await turn(page, screen);
      return { page, problems };
    },
    turn,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function makeContext(browser: Browser, look: Look, now: number): Promise<BrowserContext> {
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
  return context;
}

/** Chromium keeps what it compiled of the bundle: pages after the first open much sooner than with answers handed to it. */
async function serve(folder: string): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, "http://127.0.0.1").pathname;
    readFile(join(folder, path)).then(
      (body) => {
        const type = types[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, { "content-type": type, "content-security-policy": policy, "cache-control": "max-age=3600" });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
