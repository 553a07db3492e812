/**
 * Many random histories: `npm run simulate -- --histories N --seed S --steps T`. Each failure names the seed that brings it back
 * (`--histories 1 --seed THAT`).
 */
import { parseArgs } from "node:util";
import { randomHistory } from "./random-history.ts";

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "100" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000)) },
    steps: { type: "string", default: "80" },
  },
});
const first = Number(values.seed);
let failures = 0;
for (let seed = first; seed < first + Number(values.histories); seed++) {
  const problem = await randomHistory(seed, { steps: Number(values.steps) }).catch((error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)));
  if (problem === null) continue;
  failures++;
  process.stdout.write(`history ${seed}: ${problem}\n`);
}
process.stdout.write(`${values.histories} histories from seed ${first}: ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
