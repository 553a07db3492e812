// Builds the web app if its sources changed since the last build (always with --force). Staleness is decided by a hash
// of the contents: a clone, a checkout or a touched file says nothing about times.
// The build goes to a folder of its own and then takes the old one's place, so a running node never serves half of it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "packages", "web");
const dist = join(web, "dist");
const stamp = join(dist, ".source-hash");
const SOURCES = [web, join(root, "packages", "client"), join(root, "package-lock.json")];
const NOT_SOURCES = /^(dist|node_modules|test|\..*|.*\.test\.tsx?)$/;

if (existsSync(join(web, "vite.config.ts")) && existsSync(join(web, "index.html"))) {
  const hash = hashOf(SOURCES);
  if (process.argv.includes("--force") || hash !== builtHash()) build(hash);
}

function build(hash) {
  process.stdout.write("multichat: building the web app.\n");
  const fresh = join(web, `.dist-${process.pid}`);
  const vite = join(
    dirname(createRequire(join(web, "package.json")).resolve("vite/package.json")),
    "bin",
    "vite.js",
  );
  const args = [vite, "build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  // Whatever surrounds it, tests for instance: what is shipped has React for production.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status } = spawnSync(process.execPath, args, { cwd: web, stdio: ["ignore", 1, 2], env });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write(`\nThe web app could not be built (the reason is above).
What to do: correct the file it names under packages/web and run the same command again.\n`);
    process.exit(1);
  }
  writeFileSync(join(fresh, ".source-hash"), hash);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

function builtHash() {
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths)
    for (const file of filesOf(path))
      hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

function filesOf(path) {
  if (path.endsWith(".json")) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => !NOT_SOURCES.test(entry.name),
  );
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const child = join(path, entry.name);
    return entry.isDirectory() ? filesOf(child) : [child];
  });
}
