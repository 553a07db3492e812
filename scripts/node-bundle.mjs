// Finds the packed node: build-node.mjs puts the node and the command line into a few files, because reading 900 modules
// one by one is most of the work of a start. It is run only while every file that went into it is as it was then; else
// the sources are run as they stand, so nobody ever runs what was written earlier.

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const bundleFolder = (root) => join(root, "packages", "node", "dist");
const RECORD = "sources.json";

/** Path of the packed command line, or undefined if there is none of these sources. */
export function findBundle(root) {
  const folder = bundleFolder(root);
  const sources = readRecord(join(folder, RECORD));
  if (sources === undefined) return undefined;
  const same = Object.entries(sources).every(([path, state]) => stateOf(join(root, path)) === state);
  return same ? join(folder, "main.mjs") : undefined;
}

/** Leaves beside a bundle what it was made of; paths are relative to `root`. */
export function recordSources(root, folder, paths) {
  const states = paths.map((path) => [path, stateOf(join(root, path))]);
  writeFileSync(join(folder, RECORD), JSON.stringify(Object.fromEntries(states)));
}

function readRecord(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** A few microseconds, where reading all files would cost as much as the bundle saves. */
function stateOf(path) {
  const state = statSync(path, { throwIfNoEntry: false });
  return state && `${state.size} ${state.mtimeMs}`;
}
