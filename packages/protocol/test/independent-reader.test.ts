/** The formats as someone else reads them: spec/vectors/check.py was written from the text of the spec alone. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../../spec/vectors/check.py", import.meta.url));
const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python)("an independent reader in Python agrees with every vector (needs python3)", { timeout: 300_000 }, () => {
  const { status, stdout, stderr } = spawnSync("python3", ["-B", script], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^together: \d{3,} valid, \d{3,} invalid$/m);
  expect(status).toBe(0);
});
