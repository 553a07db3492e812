// Says whether node_modules holds what package-lock.json asks for. npm leaves its own record of what it installed in
// node_modules/.package-lock.json, so comparing the two costs milliseconds where asking npm costs seconds.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The entries of `wanted` that `installed` lacks or has otherwise; both are parsed lockfiles. */
export function missingPackages(wanted, installed) {
  const missing = [];
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (!path.includes("node_modules/")) continue; // the root and the workspaces themselves
    const present = installed.packages[path];
    if (present === undefined) {
      // npm leaves out what belongs to another operating system or processor.
      if (!entry.optional && !entry.devOptional && !entry.peer) missing.push(path);
    } else if (entry.link ? present.resolved !== entry.resolved : !same(entry, present)) {
      missing.push(path);
    }
  }
  return missing;
}

function same(entry, present) {
  return entry.version === present.version && entry.integrity === present.integrity;
}

/** True when everything package-lock.json asks for is in node_modules under `root`. */
export function isInstalled(root) {
  const wanted = readJson(join(root, "package-lock.json"));
  const installed = readJson(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined) throw new Error("package-lock.json is missing or cannot be read");
  return installed !== undefined && missingPackages(wanted, installed).length === 0;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
