// Packs the node and the command line into a few files (node-bundle.mjs says why), if their sources changed since it was
// done last.

import { renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { bundleFolder, findBundle, recordSources } from "./node-bundle.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (findBundle(root) === undefined) await pack();

async function pack() {
  const folder = bundleFolder(root);
  const fresh = join(dirname(folder), `.dist-${process.pid}`);
  const source = (path) => join(root, "packages", "node", "src", path);
  try {
    const { output } = await build({
      configFile: false,
      root,
      publicDir: false,
      logLevel: "warn",
      ssr: { noExternal: true, resolve: { conditions: ["source", "module", "node"] } },
      build: {
        ssr: true,
        outDir: fresh,
        target: "node24",
        rolldownOptions: {
          input: [source("cli/main.ts"), source("thread/engine-entry.mjs")],
          output: { entryFileNames: "[name].mjs", chunkFileNames: "[name].mjs" },
        },
      },
    });
    recordSources(root, fresh, sourcesOf(output));
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** The lockfile stands for all that is in node_modules. */
function sourcesOf(output) {
  const modules = output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  const own = modules.map((id) => relative(root, id)).filter((path) => !/^\.\.|node_modules|\0/.test(path));
  return ["package-lock.json", relative(root, fileURLToPath(import.meta.url)), ...own];
}
