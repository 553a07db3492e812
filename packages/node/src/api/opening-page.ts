/**
 * The page a browser is started with. The command line of a process can be read by every user of a machine, so the
 * single-use code is not put there: the browser gets the name of a private file, which sends it on to the address.
 */
import { randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writePrivateFile } from "./private-file.ts";

const isOpeningPage = /^open-[0-9a-f]{12}\.html/;

export const openingPagePath = (dataDir: string): string =>
  join(dataDir, `open-${randomBytes(6).toString("hex")}.html`);

export async function writeOpeningPage(path: string, address: string): Promise<void> {
  await writePrivateFile(
    path,
    `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Multichat</title>
<meta http-equiv="refresh" content="0;url=${address}"><p><a href="${address}">Open Multichat</a></p>
`,
  );
}

/** Those that a killed node left behind. Their codes died with it. */
export async function removeOpeningPages(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (isOpeningPage.test(name)) await rm(join(dataDir, name), { force: true });
  }
}
