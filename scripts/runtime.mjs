// Finds the Node that runs Multichat. The sources are TypeScript and use node:sqlite, so they need Node 24; where the
// system's Node is older, npm installs one for this platform beside the other dependencies.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

export const NEEDED_MAJOR = 24;
/** The oldest Node that the scripts here, written in plain JavaScript, start under. */
export const OLDEST_MAJOR = 20;

/**
 * With what a node is started, as `npm start` in package.json does. V8 would let the space for new objects grow to 16 MB twice over
 * and never give it back: this saves a node about 12 MB and costs no speed.
 */
export const NODE_OPTIONS = ["--max-semi-space-size=4"];

export function majorOf(version) {
  return Number(version.replace(/^v/, "").split(".")[0]);
}

/** Path of a Node that can run Multichat, or undefined if there is none yet. */
export function findNode(root) {
  if (majorOf(process.version) >= NEEDED_MAJOR) return process.execPath;
  const packaged = packagedNode(root);
  return packaged !== undefined && runs(packaged) ? packaged : undefined;
}

function packagedNode(root) {
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const path = join(root, "node_modules", name, "bin", windows ? "node.exe" : "node");
  return existsSync(path) ? path : undefined;
}

function runs(path) {
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
  return status === 0 && majorOf(stdout.trim()) >= NEEDED_MAJOR;
}

export const NO_NODE = `Multichat needs Node ${NEEDED_MAJOR} or newer. This is Node ${process.version}, and npm has no packaged Node
${NEEDED_MAJOR} that runs on this machine (${process.platform} ${process.arch}).
What to do: install Node ${NEEDED_MAJOR} from https://nodejs.org or with your version manager, then run the same command again.`;
