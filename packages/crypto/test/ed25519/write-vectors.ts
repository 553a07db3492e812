/** Run by hand after a change to make-vectors.ts: `npm run vectors -w @multichat/crypto`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { invalidVectors, validVectors } from "./make-vectors.ts";

const files = [
  ["valid", validVectors()],
  ["invalid", invalidVectors()],
] as const;
for (const [folder, file] of files) {
  const target = new URL(`../../../../spec/vectors/${folder}/`, import.meta.url);
  mkdirSync(target, { recursive: true });
  writeFileSync(new URL("ed25519.json", target), `${JSON.stringify(file, null, 2)}\n`);
}
