// One run for everything: unit tests of all packages first, in parallel, then the end-to-end tests, no more than four
// files at a time, because those start real nodes and a real browser.

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const resolve = { conditions: ["source", "module", "node", "development|production"] };
const ssr = { resolve };
/** What a browser does takes longer than a second on a busy machine; every wait ends as soon as what is waited for is there. */
const patient = { poll: { timeout: 20_000 } };
/** One more than there are cores, for some tests wait for the clock or the network. */
const workers = availableParallelism() + 1;
const ignored = ["**/node_modules/**", "**/dist/**"];

const unit: TestProjectConfiguration = {
  ssr,
  test: {
    name: "unit",
    include: ["packages/*/{src,test}/**/*.test.ts", "bench/**/*.test.ts", "scripts/**/*.test.mjs"],
    exclude: [...ignored, "packages/web/**"],
    isolate: false,
    // A busy machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    sequence: { groupOrder: 0 },
  },
};

const web: TestProjectConfiguration = {
  extends: "./packages/web/vite.config.ts",
  root: "packages/web",
  test: {
    name: "web",
    include: ["{src,test}/**/*.test.{ts,tsx}"],
    exclude: ignored,
    expect: patient,
    globalSetup: "test/bundle-once.ts",
    isolate: false,
    setupFiles: "test/speak-english.ts",
    // It extends the bundle's configuration, so nothing below reaches it.
    pool: "threads",
    maxWorkers: workers,
    sequence: { groupOrder: 0 },
  },
};

const e2e: TestProjectConfiguration = {
  ssr,
  test: {
    name: "e2e",
    include: ["e2e/**/*.test.ts"],
    exclude: ignored,
    expect: patient,
    isolate: false,
    maxWorkers: 4,
    globalSetup: ["e2e/support/say-what-is-missing.ts", "e2e/support/bundle-once.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { groupOrder: 1 },
  },
};

/** What takes longest begins first, on a machine that has not run it before too: vitest would go by the size of the files. */
class ScreensFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      Number(moduleId.endsWith("screens.test.ts"));
    return (await super.sort(files)).toSorted((a, b) => isLong(b) - isLong(a));
  }
}

export default defineConfig({
  test: {
    pool: "threads",
    maxWorkers: workers,
    sequence: { sequencer: ScreensFirst },
    reporters: ["default", "./scripts/count-reporter.mjs"],
    projects: [unit, ...(existsSync("packages/web/vite.config.ts") ? [web] : []), e2e],
  },
});
