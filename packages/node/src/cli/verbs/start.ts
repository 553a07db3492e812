import { mkdir } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { CommandName, Params, Problem, Result } from "@multichat/client/contract";
import type { Command } from "commander";
import { readApiToken } from "../../api/api-token.ts";
import type { CommandResult, EnginePort } from "../../engine/port.ts";
import { CliError, toApiError } from "../cli-error.ts";
import type { CliHost } from "../host.ts";
import { createOutput } from "../output.ts";
import type { Output } from "../output.ts";
import { inUsableFolder } from "../folder-trouble.ts";
import { openingPage } from "../running-node.ts";
import type { RunningNode } from "../start-node.ts";
import { inFolder } from "../data-folder.ts";
import { printable } from "../printable.ts";
import { dataFolderOf, verb } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";
import { readPassphrase, withLines } from "../secret-lines.ts";
import { wholeNumber } from "../whole-number.ts";

interface StartOptions extends VerbOptions {
  port?: number;
  name?: string;
  open: boolean;
  listen?: string[];
  mdns: boolean;
  unlock?: true;
}

export function addStartVerb(program: Command, host: CliHost): void {
  verb(program, "start", "start Multichat here and open it in the browser; runs until Ctrl-C")
    .option(
      "--port <n>",
      "the local port, kept from then on (default: the kept one)",
      wholeNumber(0, 65_535),
    )
    .option("--name <name>", "create the account with this name if there is none")
    .option("--no-open", "do not open the browser")
    .option("--listen <addr...>", "libp2p addresses to listen on (default: all networks)")
    .option("--unlock", "read the passphrase of the keys from stdin, where they have one")
    .option("--no-mdns", "do not look for members on the same network")
    .action((options: StartOptions) => start(host, options));
}

async function start(host: CliHost, options: StartOptions): Promise<void> {
  const dataDir = dataFolderOf(host, options);
  const output = createOutput(host, options.json === true);
  await inUsableFolder(dataDir, () => mkdir(dataDir, { recursive: true, mode: 0o700 }));

  const running = await findRunning(dataDir);
  if (running !== null) return joinRunning(host, options, dataDir, running, output);

  const { startNode } = await host.loadNode();
  const node = await inUsableFolder(dataDir, () =>
    startNode({
      dataDir,
      mdns: options.mdns,
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.listen === undefined ? {} : { listen: options.listen }),
    }),
  );
  const stopped = untilInterrupted(host);
  try {
    await serve(host, options, node, stopped.promise);
  } finally {
    await node.stop();
    stopped.done();
  }
  // All is stored and everybody told: a socket whose other end is slow to let go must not hold up the process.
  host.forceExit(host.exitCode);
}

/** Until it is stopped. */
async function serve(
  host: CliHost,
  options: StartOptions,
  node: RunningNode,
  stopped: Promise<void>,
): Promise<void> {
  const dataDir = dataFolderOf(host, options);
  const output = createOutput(host, options.json === true);
  if (options.unlock === true) {
    const done = await Promise.race([unlock(host, node), stopped.then(() => "stopped" as const)]);
    if (done === "stopped") return;
  }
  const { account, peer, locked, problems } = await prepareAccount(node.engine, options.name);
  const who = account === null ? "" : ` as ${account.name}`;
  output.print(
    { ready: true, api: node.api, account, peer, locked },
    `Multichat is running at ${node.api}${who}. Ctrl-C stops it.`,
  );
  if (locked) {
    const words = `The keys have a passphrase, and nothing works before it is given: in the browser, or with ${inFolder("multichat keys unlock", dataDir)}`;
    // A node that nobody sees must not wait in silence, though what a program reads is on stdout.
    host.stderr.write(`${printable(words)}\n`);
  }
  // Nothing of it is to be seen where there is no browser.
  for (const { code, message } of problems)
    if (code === "database-damaged" || code === "database-newer") host.stderr.write(`${printable(message)}\n`);
  if (options.open) {
    // A node without a browser is still a node.
    await openBrowser(host, dataDir, node.api, output).catch((error: unknown) =>
      output.say(`The browser could not be opened: ${toApiError(error).message}`),
    );
  }
  if (host.isTerminal) sayAddress(node, output);
  await stopped;
  output.say("Stopping.");
}

/** The address of the node that runs on this data folder, or null. */
async function findRunning(dataDir: string): Promise<string | null> {
  const { connectToNode } = await import("../node-connection.ts");
  try {
    const { client, url } = await connectToNode(dataDir);
    client.close();
    return url;
  } catch (error) {
    // Anything else on the kept port is for the start itself to say: it needs the port.
    if (["not-running", "unauthorized"].includes(toApiError(error).code)) return null;
    throw error;
  }
}

async function joinRunning(
  host: CliHost,
  options: StartOptions,
  dataDir: string,
  url: string,
  output: Output,
): Promise<void> {
  const { isInUse } = await import("../../data-folder/lock.ts");
  // It has the token and the port of a copy too: what is written there must not go to the other unawares, nor both run at once.
  if (!isInUse(dataDir))
    throw new CliError("data-folder-in-use", `${dataDir} is a copy of the data folder of the Multichat that runs at ${url}. Only one of the two may run, now and later: two would contradict each other.`);
  const words = `Multichat is already running on ${dataDir}, at ${url}.`;
  // A program that asked for a node of its own must not take this one for it.
  if (options.json === true) throw new CliError("data-folder-in-use", words);
  output.say(words);
  if (options.open) await openBrowser(host, dataDir, url, output);
}

/** Who this node is. The first start may create the account. */
async function prepareAccount(
  engine: EnginePort,
  name: string | undefined,
): Promise<{ account: { id: string; name: string } | null; peer: string; locked: boolean; problems: Problem[] }> {
  const session = engine.connect(null);
  const call = async <C extends CommandName>(command: C, params: Params<C>): Promise<Result<C>> => {
    const result = await new Promise<CommandResult<C>>((answer) =>
      session.execute(command, params, answer),
    );
    if (!result.ok) throw new CliError(result.error.code, result.error.message);
    return result.value;
  };
  try {
    const { status } = await call("status.get", {});
    const account =
      status.account === null && !status.locked && name !== undefined
        ? (await call("account.create", { name })).account
        : status.account;
    return {
      account: account && { id: account.id, name: account.name },
      peer: status.peer,
      locked: status.locked,
      problems: status.problems,
    };
  } finally {
    session.close();
  }
}

/** With the passphrase from stdin; whoever types it may try again. */
async function unlock(host: CliHost, node: RunningNode): Promise<void> {
  if (!(await isLocked(node.engine))) return;
  await withLines(host, (lines) =>
    lines.silently(async () => {
      for (;;) {
        const passphrase = await readPassphrase(host, lines, "Passphrase of the keys: ");
        if (await lines.unlessInterrupted(node.unlock(passphrase))) return;
        const wrong = "This is not the passphrase of these keys.";
        if (!lines.isTerminal) throw new CliError("wrong-passphrase", wrong);
        host.stderr.write(`${wrong} Try again.\n`);
      }
    }),
  );
}

async function isLocked(engine: EnginePort): Promise<boolean> {
  return (await prepareAccount(engine, undefined)).locked;
}

async function openBrowser(
  host: CliHost,
  dataDir: string,
  url: string,
  output: Output,
): Promise<void> {
  const token = await readApiToken(dataDir);
  if (token === null)
    throw new CliError("internal", "The running node has no api-token in its data folder.");
  const page = await openingPage(url, token);
  const opened = await host.openInBrowser(pathToFileURL(page).href);
  if (!opened) output.say("No browser could be started from here.");
}

/** Only to a terminal: the code in the address is a secret for a minute, and must not end in a log. */
function sayAddress(node: RunningNode, output: Output): void {
  output.say(`Within a minute it can also be opened at ${node.api}/#${node.createBrowserCode()}`);
}

/** Resolves at the first Ctrl-C; the second ends the process at once. */
function untilInterrupted(host: CliHost): { promise: Promise<void>; done: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  let interrupts = 0;
  const done = host.onInterrupt(() => {
    if (++interrupts === 1) resolve();
    else host.forceExit(130);
  });
  return { promise, done };
}
