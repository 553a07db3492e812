import { hostname } from "node:os";
import type { Client } from "@multichat/client";
import { type Device, type Linking, revokeReasons } from "@multichat/client/contract";
import { type Command, Option } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { type LineReader, createLineReader } from "../line-reader.ts";
import { untilDone } from "../progress.ts";
import { pick } from "../resolve.ts";
import { isoDay, relativeTime } from "../times.ts";
import { type NodeVerb, type VerbOptions, verb, withNode } from "../verb.ts";
import { readWords } from "../phrase-words.ts";
import { withLines } from "../secret-lines.ts";

interface LinkOptions extends VerbOptions {
  name?: string;
  yes?: true;
}

interface RevokeOptions extends VerbOptions {
  reason: (typeof revokeReasons)[number];
  words?: true;
}

export function addDeviceVerbs(program: Command, host: CliHost): void {
  const device = program.command("device").description("your own devices");

  verb(device, "list", "list the devices of your account").action((options: VerbOptions) =>
    withNode(host, options, async ({ client, print }) => {
      const { devices } = await client.call("device.list", {});
      print({ devices: devices.map(toRow) }, columns(devices.map((one) => words(one, host.now()))));
    }),
  );

  verb(
    device,
    "link",
    "add another device: shows a code; with a code, makes this one a device of that account",
  )
    .argument("[code]", "on the new device: the code, or - to read it from stdin")
    .option("--name <name>", "what the new device is called (default: this computer's name)")
    .option(
      "--yes",
      "take the pictures for the same without asking; for programs that see both sides",
    )
    .action((code: string | undefined, options: LinkOptions) =>
      withNode(host, options, async (node) => {
        const lines = createLineReader(host);
        try {
          if (code === undefined) await showCode(node, lines, options);
          else
            await enterCode(
              node,
              lines,
              options,
              code === "-" ? ((await lines.next()) ?? "") : code,
            );
        } finally {
          await lines.close();
        }
      }),
    );

  verb(device, "name", "name a device; only you see it")
    .argument("<device>", "name or id, or this")
    .argument("<name>", "what it is called from now on")
    .action((given: string, name: string, options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const found = await resolveDevice(client, given);
        const { device: named } = await client.call("device.name", { device: found.id, name });
        print({ device: toRow(named) }, `It is called ${named.name} now.`);
      }),
    );

  verb(device, "revoke", "sign a device out everywhere, for good")
    .argument("<device>", "name or id")
    .addOption(new Option("--reason <reason>", "why").choices(revokeReasons).default("retired"))
    .option(
      "--words",
      "read the recovery phrase from stdin: then it also ends what a thief let in meanwhile",
    )
    .action((given: string, { reason, words: withWords, ...options }: RevokeOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const found = await resolveDevice(client, given);
        const phrase = withWords === true ? { words: await withLines(host, (lines) => readWords(host, lines, client)) } : {};
        const { device: revoked } = await client.call("device.revoke", {
          device: found.id,
          reason,
          ...phrase,
        });
        print(
          { device: toRow(revoked) },
          `${revoked.name} is no device of yours any more. It is told as soon as it meets anybody.`,
        );
      }),
    );
}

async function showCode(
  { client, print, say }: NodeVerb,
  lines: LineReader,
  options: LinkOptions,
): Promise<void> {
  const asked = onceAsked(client, lines, options, say, (emoji, other) =>
    print({ emoji, device: { name: other } }, pictures(emoji)),
  );
  let shown = false;
  const done = await untilDone(
    client,
    "linking",
    async () => (await client.call("device.link", {})).linking,
    (linking) => {
      if (linking.step === "waiting" && linking.code !== null && !shown) {
        shown = true;
        print(
          { code: linking.code, expires: linking.expires },
          `${linking.detail}\n\n${linking.code}\n`,
        );
      } else if (goesOn(linking)) say(linking.detail);
      return asked(linking);
    },
  );
  print({ device: { name: done.other } }, done.detail);
}

async function enterCode(
  { client, print, say }: NodeVerb,
  lines: LineReader,
  options: LinkOptions,
  code: string,
): Promise<void> {
  const name = options.name ?? (hostname().slice(0, 64) || "New device");
  const asked = onceAsked(client, lines, options, say, (emoji) =>
    print({ emoji }, pictures(emoji)),
  );
  await untilDone(
    client,
    "linking",
    async () => (await client.call("device.link-enter", { code, name })).linking,
    (linking) => {
      if (goesOn(linking)) say(linking.detail);
      return asked(linking);
    },
  );
  const account = await untilAccount(client);
  print({ account }, `This is now a device of ${account.name}.`);
}

/** The account is there a moment after the last step. */
export async function untilAccount(client: Client): Promise<{ id: string; name: string }> {
  const found = Promise.withResolvers<{ id: string; name: string }>();
  client.on("status", ({ account }) => {
    if (account !== null) found.resolve({ id: account.id, name: account.name });
  });
  const { account } = await client.call("account.get", {});
  if (account !== null) found.resolve({ id: account.id, name: account.name });
  return found.promise;
}

/** What it ended with is said by who asked for it. */
function goesOn({ step }: Linking): boolean {
  return step !== "done" && step !== "failed";
}

/** Shows the pictures and asks about them, once. */
function onceAsked(
  client: Client,
  lines: LineReader,
  options: LinkOptions,
  say: (words: string) => void,
  show: (emoji: NonNullable<Linking["emoji"]>, other: string | null) => void,
): (linking: Linking) => Promise<void> {
  let asked = false;
  return async ({ step, emoji, other }) => {
    if (asked || step !== "confirm" || emoji === null) return;
    asked = true;
    show(emoji, other);
    if (options.yes !== true) say("Are they the same, in the same order? Type yes or no:");
    const same = options.yes === true || /^y(es)?$/i.test(((await lines.next()) ?? "").trim());
    await client.call("device.link-confirm", { same });
  };
}

function pictures(emoji: NonNullable<Linking["emoji"]>): string {
  return `\n${emoji.map(({ symbol, name }) => `${symbol} ${name}`).join("   ")}\n`;
}

/** `this` is the one that is asked. */
async function resolveDevice(client: Client, given: string): Promise<Device> {
  const { devices } = await client.call("device.list", {});
  const own = given.toLowerCase() === "this" ? devices.find((one) => one.this) : undefined;
  return own ?? pick("device", devices, given);
}

function toRow({
  id,
  name,
  this: own,
  standing,
  addedAt,
  revoked,
  connected,
  lastSeen,
}: Device): object {
  return { id, name, this: own, standing, addedAt, revoked, connected, lastSeen };
}

function words(device: Device, now: number): string[] {
  return [device.name, stateOf(device, now), `added ${isoDay(device.addedAt)}`, device.id.slice(0, 12)];
}

function stateOf({ standing, revoked, this: own, connected, lastSeen }: Device, now: number): string {
  if (standing === "revoked") return `revoked (${revoked?.reason ?? ""})`;
  if (own) return "this one";
  if (connected) return "connected";
  return lastSeen === null ? "never seen" : `seen ${relativeTime(lastSeen, now)}`;
}
