// Ends a test run with one plain line, "N passed, N failed, N skipped", which machines read in any language's run.
// A file that does not load and an error outside any test count as failures too.

import { writeSync } from "node:fs";

export default class CountReporter {
  counts = { passed: 0, failed: 0, skipped: 0 };

  onInit() {
    // At exit, so that it follows whatever the other reporters print.
    process.once("exit", () => {
      const { passed, failed, skipped } = this.counts;
      writeSync(1, `${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }

  onTestRunEnd(modules, unhandledErrors) {
    this.counts = countResults(modules, unhandledErrors);
  }
}

export function countResults(modules, unhandledErrors) {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  for (const module of modules) {
    if (module.errors().length > 0) counts.failed += 1;
    for (const suite of module.children.allSuites())
      if (suite.errors().length > 0) counts.failed += 1;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      counts[state === "pending" ? "skipped" : state] += 1;
    }
  }
  return counts;
}
