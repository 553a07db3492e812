/** spec/local-api.md is written by hand; nothing may be missing from it. */
import { readFile } from "node:fs/promises";
import { errorCodes } from "@multichat/client/contract";
import type { PushName } from "@multichat/client/contract";
import { expect, test } from "vitest";
import { commandParams } from "./command-params.ts";
import { limits } from "./limits.ts";
import { tooSlow } from "./socket-connection.ts";

const document = await readFile(new URL("../../../../spec/local-api.md", import.meta.url), "utf8");

/** The rows of the table under a heading, by the name in their first column. */
function rowsUnder(heading: string): string[] {
  const [, section = ""] = document.split(`\n## ${heading}\n`);
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
}

const pushes: Record<PushName, true> = {
  status: true,
  space: true,
  "space-gone": true,
  channel: true,
  members: true,
  messages: true,
  "messages-gone": true,
  delivery: true,
  join: true,
  peers: true,
  invites: true,
  roles: true,
  ownership: true,
  restrictions: true,
  audit: true,
  reports: true,
  "join-requests": true,
  people: true,
  requests: true,
  devices: true,
  linking: true,
  recovery: true,
  transfer: true,
  import: true,
  own: true,
  scheduled: true,
  saved: true,
  file: true,
  presence: true,
  "own-presence": true,
  typing: true,
  notification: true,
  "notification-gone": true,
  inbox: true,
  "notification-rules": true,
  wake: true,
};

test("every command has its row, and there is no other", () => {
  expect(rowsUnder("Commands").toSorted()).toEqual(Object.keys(commandParams).toSorted());
});

test("every parameter is named in its command's row", () => {
  for (const [command, schema] of Object.entries(commandParams)) {
    const row = document.split("\n").find((line) => line.startsWith(`| \`${command}\` |`)) ?? "";
    for (const field of Object.keys(schema.shape)) {
      expect([command, row]).toEqual([command, expect.stringContaining(`\`${field}\``)]);
    }
  }
});

test("every push has its row, and there is no other", () => {
  expect(rowsUnder("Pushes").toSorted()).toEqual(Object.keys(pushes).toSorted());
});

test("every error code is there", () => {
  const [, section = ""] = document.split("\n## Errors\n");
  const missing = errorCodes.filter((code) => !section.includes(`\`${code}\``));
  expect(missing).toEqual([]);
});

test("the limits are those that hold", () => {
  expect(document).toContain(`| one frame or HTTP body | ${limits.requestBytes / 1024} KiB |`);
  expect(document).toContain(`| the body of \`POST /api/v1/session\` | ${limits.codeBytes / 1024} KiB |`);
  expect(document).toContain(`| ${limits.commandsInFlight.toLocaleString("en")} |`);
  expect(document).toContain(`| ${limits.backlogBytes / 1024 / 1024} MiB | close code ${tooSlow},`);
  expect(document).toContain(`for ${limits.browserCodeLifetime / 1_000} seconds`);
});
