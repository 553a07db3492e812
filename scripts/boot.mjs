// Runs before `npm start` and `npm test`: makes a fresh clone ready, under whatever Node the machine has.
// It installs what the lockfile asks for and makes sure that a Node 24 is there; npm puts node_modules/.bin first on
// the path, so the command that follows finds it. Plain JavaScript, because an old Node must be able to read it.
//
//   --build    also build the web app and pack the node, if their sources have changed
//   --stderr   report on stderr, for commands whose stdout is read by programs

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isInstalled } from "./lockfile.mjs";
import { findNode, majorOf, NO_NODE, OLDEST_MAJOR } from "./runtime.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stdout = process.argv.includes("--stderr") ? 2 : 1;

if (majorOf(process.version) < OLDEST_MAJOR) fail(NO_NODE);
if (!isInstalled(root)) install();
const node = findNode(root);
if (node === undefined) fail(NO_NODE);
if (process.argv.includes("--build")) {
  run(node, "build-web.mjs");
  run(node, "build-node.mjs");
}

function install() {
  say(
    existsSync(join(root, "node_modules"))
      ? "The installed dependencies are older than package-lock.json: installing them anew (npm ci)."
      : "Installing the dependencies (npm ci). This is done once and takes about a minute.",
  );
  // Tools and the packaged Node are needed whatever the surroundings say about production.
  const status = npm(["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status !== 0) {
    fail(`The dependencies could not be installed: npm ci ended with ${status} (its own words are above).
What to do: check that this machine reaches the npm registry, then run the same command again.
If you changed a package.json, run "npm install" first so that package-lock.json follows.`);
  }
}

/** Runs npm under the Node that runs npm now: npm ci removes node_modules, and with it the Node installed there. */
function npm(args) {
  const env = { ...process.env };
  delete env.npm_config_workspace; // left by `npm test --workspace X`; the install is for all of them
  delete env.npm_config_workspaces;
  const cli = process.env.npm_execpath;
  const options = { cwd: root, env, stdio: ["ignore", stdout, 2] };
  const result = cli?.endsWith(".js")
    ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (result.error) say(`npm could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

function run(node, script) {
  const { status } = spawnSync(node, [join(root, "scripts", script)], { cwd: root, stdio: ["ignore", stdout, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function say(text) {
  (stdout === 2 ? process.stderr : process.stdout).write(`multichat: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}
