/**
 * Measures what a person feels: how fast messages travel, how soon a newcomer has the history, how long a start takes, what
 * an idle node costs. Real nodes on one machine, as they are started by people, on a real disk.
 */
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import type { Figure } from "./figures/figure.ts";
import { table } from "./figures/table.ts";
import { machine } from "./machine.ts";
import { createBenchContext } from "./nodes/bench-context.ts";
import { control } from "./rows/control.ts";
import { expiry } from "./rows/expiry.ts";
import { files } from "./rows/files.ts";
import { flood } from "./rows/flood.ts";
import { history } from "./rows/history.ts";
import { live } from "./rows/live.ts";
import { machineItself } from "./rows/machine-itself.ts";
import { memory } from "./rows/memory.ts";
import { presence } from "./rows/presence.ts";
import { reactions } from "./rows/reactions.ts";
import type { Row } from "./rows/row.ts";
import { screen } from "./rows/screen.ts";
import { search } from "./rows/search.ts";
import { start } from "./rows/start.ts";

const rows: Record<string, Row> = {
  machine: machineItself,
  start,
  live,
  history,
  memory,
  control,
  search,
  reactions,
  expiry,
  files,
  presence,
  screen,
  flood,
};
const usage = `npm run bench -- [options]
  --only NAME     one of ${Object.keys(rows).join(", ")}; may be given more than once
  --quick         less of everything: to see that it works
  --runs N        how often each measurement is made (default 3); the table shows medians
  --json          one JSON document instead of the table
  --data DIR      where the data folders are made (default: the system's folder for temporary files)
  --profile DIR   have every node write its processor profiles there
`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    runs: { type: "string" },
    json: { type: "boolean", default: false },
    data: { type: "string" },
    profile: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const chosen = values.only ?? Object.keys(rows);
const unknown = chosen.find((name) => !Object.hasOwn(rows, name));
if (unknown !== undefined || values.help) {
  process.stderr.write(usage);
  process.exit(values.help ? 0 : 1);
}

const context = createBenchContext({
  parent: values.data ?? tmpdir(),
  runs: Number(values.runs ?? (values.quick ? 1 : 3)),
  quick: values.quick,
  nodeOptions:
    values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
  say: (text) => void process.stderr.write(`… ${text}\n`),
});
// However this ends, no node and no folder stays behind.
process.on("exit", context.clear);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => process.exit(1));

const facts = machine(context.folder);
const figures: Figure[] = [];
for (const name of chosen) figures.push(...(await rows[name]!(context)));

if (values.json)
  process.stdout.write(
    `${JSON.stringify({ machine: facts, quick: values.quick, figures }, null, 2)}\n`,
  );
else {
  const { cores, processor, memoryGB, node, platform, disk: fileSystem, load } = facts;
  process.stdout.write(
    `${cores} × ${processor}, ${memoryGB} GB, ${platform}, Node ${node}, ${fileSystem}, load before ${load.toFixed(1)}\n\n`,
  );
  process.stdout.write(`${table(figures)}\n`);
}
