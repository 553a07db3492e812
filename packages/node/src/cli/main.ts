#!/usr/bin/env node
/** The `multichat` command (spec/cli.md). */
import { enableCompileCache } from "node:module";
import type { CliHost } from "./host.ts";

enableCompileCache();

const host: CliHost = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  isTerminal: process.stdout.isTTY,
  terminal: process.stdin.isTTY
    ? {
        setRawMode: (raw) => void process.stdin.setRawMode(raw),
        close: () => void process.stdin.destroy(),
      }
    : null,
  env: process.env,
  platform: process.platform,
  get exitCode() {
    return Number(process.exitCode ?? 0);
  },
  set exitCode(code) {
    process.exitCode = code;
  },
  now: Date.now,
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
  onInterrupt(listener) {
    const signals = ["SIGINT", "SIGTERM"] as const;
    for (const signal of signals) process.on(signal, listener);
    return () => {
      for (const signal of signals) process.off(signal, listener);
    };
  },
  forceExit: (code) => process.exit(code),
  async openInBrowser(address) {
    const { openInBrowser } = await import("./browser.ts");
    return openInBrowser(process.platform, address);
  },
  loadNode: () => import("../node.ts"),
};

// Whoever reads our output may stop reading, as `head` does; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`multichat: The output could not be written: ${error.message}\n`);
  process.exit(1);
});
// A log that can no longer be written, as on a full disk, must not end the node.
process.stderr.on("error", () => undefined);

const { run } = await import("./run.ts");
await run(process.argv.slice(2), host);
