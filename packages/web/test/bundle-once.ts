/** Before the tests of the web app: its bundle on the in-memory Multichat, made once for all browsers that open it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";
import { hasChromium, howToGetChromium } from "@multichat/testing/chromium";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder it is in; null without a browser to open it. */
    bundle: string | null;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!hasChromium) {
    process.stderr.write(`\nThe browser tests of the web app are skipped: ${howToGetChromium}\n`);
    project.provide("bundle", null);
    return () => Promise.resolve();
  }
  const root = join(import.meta.dirname, "..");
  const folder = await mkdtemp(join(tmpdir(), "multichat-web-"));
  // As it is shipped: React for development takes twice as long for every screen.
  const environment = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
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
  process.env["NODE_ENV"] = environment;
  project.provide("bundle", folder);
  return () => rm(folder, { recursive: true, force: true });
}
