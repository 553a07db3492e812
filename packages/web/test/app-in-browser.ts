/**
 * The app on the in-memory Multichat in a real browser: bundled once and handed to Chromium without a server, under the
 * content security policy that the node sends.
 */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { build } from "vite";

export const chromiumPath = "/usr/bin/chromium";
export const hasChromium = existsSync(chromiumPath);
export const howToGetChromium = `These tests need Chromium at ${chromiumPath}. On Debian: apt-get install chromium`;

/** Never dialled: requests are answered from the bundle. Loopback, so that it counts as secure, as the real one does. */
const origin = "http://127.0.0.1:4999";
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
  const folder = await mkdtemp(join(tmpdir(), "multichat-web-"));
  const root = join(import.meta.dirname, "..");
  await build({
    root,
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { input: join(root, "test/harness/index.html") },
    },
  });
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more],
  });

  const contexts = new Map<string, Promise<BrowserContext>>();
  const contextFor = (look: Look) => {
    const key = JSON.stringify(look);
    const made = contexts.get(key) ?? makeContext(browser, folder, look, now);
    contexts.set(key, made);
    return made;
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
      await page.goto(`${origin}/test/harness/index.html?screen=${screen}`);
      await page.waitForSelector(`html[data-shown="${screen}"]`, { timeout: 20_000 });
      return { page, problems };
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function makeContext(browser: Browser, folder: string, look: Look, now: number): Promise<BrowserContext> {
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
  await context.route(`${origin}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = await readFile(join(folder, path)).catch(() => null);
    if (!body) return route.fulfill({ status: 404 });
    return route.fulfill({
      body,
      headers: { "content-type": types[extname(path)] ?? "application/octet-stream", "content-security-policy": policy, "permissions-policy": "camera=(self), microphone=()" },
    });
  });
  return context;
}
