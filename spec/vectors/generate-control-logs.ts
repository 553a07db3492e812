/**
 * Writes control-logs.json: control logs and what they come to (spec/04-control.md, Rules of judgement). Run by hand, when a rule is
 * added: `node --conditions=source spec/vectors/generate-control-logs.ts`. What a run changes is what was changed.
 */
import { writeFileSync } from "node:fs";
import { controlLogHistories } from "./generator/control-logs.ts";

const { valid, invalid } = controlLogHistories();
for (const [folder, sections] of Object.entries({ valid, invalid })) {
  const written = Object.entries(sections).map(([name, cases]) => {
    const lines = (cases as unknown[]).map((item) => `    ${JSON.stringify(item)}`);
    return `  ${JSON.stringify(name)}: [\n${lines.join(",\n")}\n  ]`;
  });
  writeFileSync(new URL(`${folder}/control-logs.json`, import.meta.url), `{\n${written.join(",\n")}\n}\n`);
}
