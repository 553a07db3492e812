/**
 * `npm run fuzz:permissions -- --histories N --seed S`: random histories of a space, each checked (properties.ts). With one
 * history it says what it was. Ends with `histories N, failures F`, and with status 1 if there were any.
 */
import { parseArgs } from "node:util";
import { runHistories } from "./histories.ts";

const { values } = parseArgs({ options: { histories: { type: "string", default: "20000" }, seed: { type: "string", default: "0" } } });
const count = Number(values.histories);
const first = Number(values.seed);
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(first)) throw new Error("usage: --histories N --seed S, both whole numbers");

const started = performance.now();
let told = started;
const failures = runHistories(first, count, (done) => {
  if (performance.now() - told < 10_000) return;
  told = performance.now();
  console.log(`${done} of ${count}, ${Math.round((done * 1_000) / (told - started))} a second`);
});
for (const { seed, why } of failures.slice(0, 20)) console.log(`seed ${seed}: ${why}`);
console.log(`histories ${count}, failures ${failures.length}`);
process.exitCode = failures.length > 0 ? 1 : 0;
