/** Before the end-to-end tests: the node packed as `npm start` packs it, if that was not done. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "./processes.ts";

export function setup(): void {
  execFileSync(process.execPath, [join(repositoryRoot, "scripts/build-node.mjs")], { stdio: "inherit" });
}
