/** One person's node: a real `multichat start` on a data folder of its own, spoken to as any program would. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  type Client,
  type CommandName,
  type Message,
  type Params,
  type Result,
  type Space,
  connect,
} from "@multichat/client";
import { type Finished, finished, spawnMultichat } from "./processes.ts";
import { until } from "./until.ts";

export interface Ready {
  ready: true;
  api: string;
  account: { id: string; name: string } | null;
  peer: string;
}

export interface TestNodeOptions {
  dataDir: string;
  /** Creates the account; without it the node has none. */
  name?: string;
  /** With LAN discovery: off by default, or the nodes of other tests on this machine would be met too. */
  lan?: boolean;
  /** Node's own options. */
  nodeOptions?: readonly string[];
}

/** What the process said instead of becoming ready. */
export class NotReady extends Error {
  readonly outcome: Finished;
  constructor(outcome: Finished) {
    super(`the node ended with ${outcome.status}: ${outcome.stderr}`);
    this.outcome = outcome;
  }
}

export interface TestNode {
  readonly dataDir: string;
  readonly ready: Ready;
  readonly client: Client;
  readonly token: string;
  readonly pid: number;
  /** All that this process has written to stderr. */
  readonly stderr: string;
  /** After `stop` or `kill`: again, on the same folder and with the ports kept there. */
  start(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL: nothing is flushed, nobody is told. */
  kill(): Promise<void>;
  /** No interface is connected any more, until the next call. */
  lookAway(): void;
  /** `multichat … --data DIR` */
  cli(args: readonly string[], input?: string): Promise<Finished>;
  /** The one JSON document of `multichat … --json --data DIR`; throws when it fails. */
  json<T>(args: readonly string[], input?: string): Promise<T>;
  call<C extends CommandName>(command: C, params: Params<C>): Promise<Result<C>>;
  until<T>(what: string, probe: () => Promise<T | false | undefined>): Promise<T>;
  /** A fresh single-use address for a browser. */
  browserAddress(): Promise<string>;

  createSpace(name: string): Promise<Space>;
  invite(space: string): Promise<string>;
  /** Joins and waits until the space can be used here. */
  join(link: string): Promise<Space>;
  channel(space: string, name?: string): Promise<string>;
  say(channel: string, text: string): Promise<Message>;
  /** Every message of the channel, oldest first, fetched page by page. */
  messages(channel: string): Promise<Message[]>;
  /** Waits until the texts of the channel are exactly these, whatever their order. */
  untilReads(channel: string, texts: readonly string[]): Promise<Message[]>;
  untilConnected(space: string, others: number): Promise<void>;
}

export async function startTestNode({
  dataDir,
  name,
  lan,
  nodeOptions = [],
}: TestNodeOptions): Promise<TestNode> {
  let child: ChildProcess;
  let ready: Ready;
  let client: Client | null = null;
  let away = false;
  let token = "";
  let stderr = "";

  async function start(): Promise<void> {
    const named = name === undefined ? [] : ["--name", name];
    const args = ["start", ...named, "--no-open", ...(lan === true ? [] : ["--no-mdns"]), "--json"];
    child = spawnMultichat([...args, "--data", dataDir], nodeOptions);
    stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const lines = createInterface({ input: child.stdout! });
    const line = await Promise.race([
      once(lines, "line").then(([text]) => text as string),
      once(child, "close").then(([status]) => {
        throw new NotReady({ stdout: "", stderr, status: status as number | null });
      }),
    ]);
    ready = JSON.parse(line) as Ready;
    token = (await readFile(join(dataDir, "api-token"), "utf8")).trim();
    client = connect({ url: ready.api, token });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    client?.close();
    client = null;
    away = false;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  }

  function connected(): Client {
    if (away) client = connect({ url: ready.api, token });
    away = false;
    if (client === null) throw new Error(`${name ?? "the"} node is not running`);
    return client;
  }

  const cli: TestNode["cli"] = (args, input) =>
    finished(spawnMultichat([...args, "--data", dataDir]), input);

  const self: TestNode = {
    dataDir,
    start,
    cli,
    get ready() {
      return ready;
    },
    get client() {
      return connected();
    },
    get token() {
      return token;
    },
    get pid() {
      return child.pid!;
    },
    get stderr() {
      return stderr;
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    lookAway() {
      client?.close();
      client = null;
      away = true;
    },
    async json<T>(args: readonly string[], input?: string) {
      const { stdout, stderr: said, status } = await cli([...args, "--json"], input);
      if (status !== 0)
        throw new Error(`multichat ${args.join(" ")} ended with ${status}: ${said}`);
      return JSON.parse(stdout) as T;
    },
    call: (command, params) => connected().call(command, params),
    until: (what, probe) => until(connected(), what, probe),
    async browserAddress() {
      const answer = await fetch(`${ready.api}/api/v1/browser-code`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
      });
      const { value } = (await answer.json()) as { value: { code: string } };
      return `${ready.api}/#${value.code}`;
    },
    createSpace: async (title) => (await self.call("space.create", { name: title })).space,
    invite: async (space) => (await self.call("invite.create", { space })).link,
    async join(link) {
      const { join: begun } = await self.call("join.start", { link });
      return self.until(`joined ${begun.space.name}`, async () => {
        const { joins } = await self.call("join.list", {});
        if (joins.find(({ id }) => id === begun.id)?.step !== "done") return false;
        const { spaces } = await self.call("space.list", {});
        return spaces.find(({ id }) => id === begun.space.id);
      });
    },
    async channel(space, title = "general") {
      const { channels } = await self.call("channel.list", { space });
      const found = channels.find((channel) => channel.name === title);
      if (found === undefined) throw new Error(`there is no #${title}`);
      return found.id;
    },
    say: async (channel, text) => (await self.call("message.send", { channel, text })).message,
    async messages(channel) {
      const all: Message[] = [];
      for (let before: string | undefined; ; before = all[0]!.position) {
        const page = await self.call("message.list", {
          channel,
          limit: 200,
          ...(before === undefined ? {} : { before }),
        });
        all.unshift(...page.messages);
        if (!page.hasOlder || page.messages.length === 0) return all;
      }
    },
    async untilReads(channel, texts) {
      const wanted = [...texts].sort();
      await self.call("watch", { channels: [channel] });
      return self.until(`${name} reads ${texts.length} messages`, async () => {
        const messages = await self.messages(channel);
        const read = messages.map(({ text }) => text).sort();
        return read.length >= wanted.length && String(read) === String(wanted) && messages;
      });
    },
    untilConnected: (space, others) =>
      self.until(`${name} is connected to ${others}`, async () => {
        const { spaces } = await self.call("space.list", {});
        return spaces.find(({ id }) => id === space)?.connection.connected === others || undefined;
      }) as unknown as Promise<void>,
  };
  await start();
  return self;
}
