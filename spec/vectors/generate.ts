/**
 * Writes the vector files beside it. Run by hand, when a format is added: `node --conditions=source spec/vectors/generate.ts`.
 * Everything in them is deterministic, so what a run changes is what was changed.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { accountsChapter } from "./generator/accounts.ts";
import type { Chapter } from "./generator/cases.ts";
import { cborChapter } from "./generator/cbor.ts";
import { contentChapter } from "./generator/content.ts";
import { controlPayloadsChapter } from "./generator/control-payloads.ts";
import { devicesChapter } from "./generator/devices.ts";
import { eventsChapter } from "./generator/events.ts";
import { framesChapter } from "./generator/frames.ts";
import { headersChapter } from "./generator/headers.ts";
import { inviteLinksChapter } from "./generator/invite-links.ts";
import { presenceChapter } from "./generator/presence.ts";
import { recordsChapter } from "./generator/records.ts";
import { trustChapter } from "./generator/trust.ts";

const chapters: { [name: string]: Chapter } = {
  cbor: cborChapter(),
  accounts: accountsChapter(),
  headers: headersChapter(),
  events: eventsChapter(),
  records: recordsChapter(),
  trust: trustChapter(),
  "invite-links": inviteLinksChapter(),
  devices: devicesChapter(),
  frames: framesChapter(),
  "control-payloads": controlPayloadsChapter(),
  content: contentChapter(),
  presence: presenceChapter(),
};

for (const [name, chapter] of Object.entries(chapters)) {
  for (const folder of ["valid", "invalid"] as const) {
    mkdirSync(new URL(folder, import.meta.url), { recursive: true });
    writeFileSync(new URL(`${folder}/${name}.json`, import.meta.url), text(chapter[folder]));
  }
}

/** One line for each case: a change of one case is a change of one line. */
function text(sections: object): string {
  const written = Object.entries(sections).map(([name, cases]) => {
    const lines = (cases as unknown[]).map((item) => `    ${JSON.stringify(item)}`);
    return `  ${JSON.stringify(name)}: [\n${lines.join(",\n")}\n  ]`;
  });
  return `{\n${written.join(",\n")}\n}\n`;
}
