/** A small world for stories: people with a node each, on a virtual network, in virtual time. */
import type { Commands, CommandName, ErrorCode, Message, Push, Space } from "@multichat/client/contract";
import { createNodeCrypto } from "@multichat/crypto";
import { type AccountId, type ChannelId, type DeviceId, type SpaceId, toHex } from "@multichat/protocol";
import { type VirtualClock, type WallClock, createVirtualClock } from "@multichat/testing/clock";
import { type MemoryLinks, type MemoryNetwork, createMemoryNetwork } from "@multichat/testing/links";
import { type SeededRandom, createSeededRandom } from "@multichat/testing/random";
import { type MemoryDisk, createMemoryDisk } from "@multichat/testing/disk";
import { createMemoryStore } from "@multichat/testing/store";
import { type BlobStore, createBlobStore, createReplica } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import { type Engine, createEngine } from "../../src/engine/engine.ts";
import { loadSecrets } from "../../src/engine/secrets.ts";
import type { CommandResult, EngineSession } from "../../src/engine/port.ts";
import type { CallWake } from "../../src/engine/notifications/wake.ts";
import type { BackupFiles } from "../../src/engine/accounts/backup/backup-files.ts";
import { type MemoryExports, createMemoryExports } from "../../src/import/testing/memory-exports.ts";
import { createMemoryBackups } from "./memory-backups.ts";
import { type Vault, createMemoryVault } from "../../src/engine/vault.ts";
import { newVapidKey } from "../../src/web-push/vapid.ts";

export const nobodyIsCalled: CallWake = { address: () => Promise.resolve({ ok: true }), browser: () => Promise.resolve({ ok: true }), newKey: newVapidKey };

export class Refused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Person {
  readonly name: string;
  readonly device: DeviceId;
  readonly store: Store;
  readonly clock: WallClock;
  /** Where its files are. */
  readonly disk: MemoryDisk;
  readonly blobs: BlobStore;
  readonly pushes: Push[];
  /** Log lines of the engine, for what must not be silent. */
  readonly logs: { event: string; detail: Record<string, string | number> }[];
  call<C extends CommandName>(command: C, params: Commands[C][0]): Promise<Commands[C][1]>;
  /** The same command several times in one tick, pipelined. */
  together<C extends CommandName>(command: C, all: Commands[C][0][]): Promise<CommandResult<C>[]>;
  readonly vault: Vault;
  readonly running: boolean;
  /** Ends the node in an orderly way: the others are told. */
  stop(): Promise<void>;
  /** Ends it as a power cut would: no word to anybody; what was on disk stays. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** No interface is connected any more, until the next call. */
  lookAway(): void;
  say(space: Space | string, text: string, channel?: string): Promise<Message>;
  /** Sends many at once, as a program would. */
  sayAll(space: Space | string, texts: readonly string[], channel?: string): Promise<Message[]>;
  read(space: Space | string, channel?: string): Promise<string[]>;
  messages(space: Space | string, channel?: string): Promise<Message[]>;
  /** Every message of a channel, oldest first, page after page. */
  history(space: Space | string, channel?: string): Promise<Message[]>;
  members(space: Space | string): Promise<string[]>;
  problems(): Promise<string[]>;
}

export interface World {
  clock: VirtualClock;
  network: MemoryNetwork;
  random: SeededRandom;
  backups: BackupFiles;
  exports: MemoryExports;
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** Lets time pass until the condition holds; throws with `what` when it does not within `limitMs` (default a minute). */
  until(what: string, condition: () => Promise<boolean> | boolean, limitMs?: number): Promise<void>;
  /** Alice's workspace with everybody in it. */
  workspace(owner: Person, ...others: Person[]): Promise<Space>;
  join(person: Person, link: string): Promise<Space>;
  invite(person: Person, space: Space, options?: { expiresIn?: number; uses?: number; role?: string }): Promise<string>;
  /** Until all of them hold the same: events, forks and records, as digests say it. */
  agree(space: Space, people: readonly Person[], limitMs?: number): Promise<void>;
}

export interface PersonOptions {
  /** A data folder from elsewhere: copied, or restored. */
  folder?: { vault: Vault; store: Store };
  addresses?: string[];
  clockAheadMs?: number;
  lan?: string;
  account?: boolean;
  callWake?: CallWake;
}

function execute<C extends CommandName>(session: EngineSession, command: C, params: Commands[C][0]): Promise<CommandResult<C>> {
  return new Promise((answer) => session.execute(command, params, answer));
}

export function createWorld(seed: number): World {
  const clock = createVirtualClock();
  const random = createSeededRandom(seed);
  const crypto = createNodeCrypto();
  const network = createMemoryNetwork({ clock, random: random.fork("net"), latencyMs: 20, jitterMs: 5 });

  const backups = createMemoryBackups();
  const exports = createMemoryExports();

  async function until(what: string, condition: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<void> {
    for (let waited = 0; waited <= limitMs; waited += 50) {
      if (await condition()) return;
      await clock.advance(50);
    }
    throw new Error(`it never came to pass: ${what}`);
  }

  async function person(name: string, options: PersonOptions = {}): Promise<Person> {
    const chance = random.fork(name);
    const vault = options.folder?.vault ?? createMemoryVault();
    const own = clock.skewed(options.clockAheadMs ?? 0);
    const { device } = loadSecrets(vault, crypto, chance);
    const store = options.folder?.store ?? createMemoryStore({ random: chance });
    const disk = createMemoryDisk(own);
    const blobs = createBlobStore({ disk, sha256: (...parts) => crypto.sha256(...parts), random: chance.fork("blobs") });
    const pushes: Push[] = [];
    const logs: Person["logs"] = [];
    let engine: Engine | null = null;
    let session: EngineSession | null = null;
    let links: MemoryLinks | null = null;

    async function start(): Promise<void> {
      links = network.join(device.id, { lan: options.lan ?? null, ...(options.addresses === undefined ? {} : { addresses: options.addresses }) });
      engine = createEngine({
        // The store outlives the engine, as a file does.
        store: { ...store, close() {} },
        blobs,
        links,
        backups,
        exports,
        clock: own,
        random: chance,
        crypto,
        vault,
        peerId: (id) => id,
        callWake: options.callWake ?? nobodyIsCalled,
        soon: (work) => void own.after(0, work),
        tellNow() {},
        log: (event, detail = {}) => logs.push({ event, detail }),
        renewed() {},
        erasing: () => void logs.push({ event: "erasing", detail: {} }),
        erased: () => void logs.push({ event: "erased", detail: {} }),
      });
      look();
      await clock.wait(engine.start());
    }

    function look(): EngineSession | null {
      session ??= engine?.connect((batch) => pushes.push(...batch)) ?? null;
      return session;
    }

    const self: Person = {
      name,
      device: device.id,
      vault,
      get running() {
        return engine !== null;
      },
      store,
      disk,
      blobs,
      clock: own,
      pushes,
      logs,
      async call(command, params) {
        const running = look();
        if (running === null) throw new Error(`${name}'s node is not running`);
        const result = await clock.wait(execute(running, command, params));
        if (!result.ok) throw new Refused(result.error.code, result.error.message);
        return result.value;
      },
      async together(command, all) {
        const running = session;
        if (running === null) throw new Error(`${name}'s node is not running`);
        return clock.wait(Promise.all(all.map((params) => execute(running, command, params))));
      },
      async stop() {
        const stopping = engine;
        engine = null;
        session = null;
        if (stopping !== null) await clock.wait(stopping.stop());
      },
      async kill() {
        links?.kill();
        await self.stop();
      },
      start,
      lookAway() {
        session?.close();
        session = null;
      },
      async say(space, text, channel = "general") {
        const id = await channelId(self, space, channel);
        return (await self.call("message.send", { channel: id, text })).message;
      },
      async sayAll(space, texts, channel = "general") {
        const id = await channelId(self, space, channel);
        const running = session!;
        const sent = await clock.wait(Promise.all(texts.map((text) => execute(running, "message.send", { channel: id, text }))));
        return sent.map((result) => {
          if (!result.ok) throw new Refused(result.error.code, result.error.message);
          return result.value.message;
        });
      },
      async history(space, channel = "general") {
        const id = await channelId(self, space, channel);
        const all: Message[] = [];
        for (let before: string | undefined; ; before = all[0]!.position) {
          const page = await self.call("message.list", { channel: id, limit: 200, ...(before === undefined ? {} : { before }) });
          all.unshift(...page.messages);
          if (!page.hasOlder) return all;
        }
      },
      async members(space) {
        const { members } = await self.call("member.list", { space: typeof space === "string" ? space : space.id });
        return members.map((member) => member.name).sort();
      },
      async problems() {
        return (await self.call("status.get", {})).status.problems.map(({ message }) => message);
      },
      async messages(space, channel = "general") {
        const id = await channelId(self, space, channel);
        return (await self.call("message.list", { channel: id, limit: 200 })).messages;
      },
      async read(space, channel) {
        return (await self.messages(space, channel)).map(({ text }) => text);
      },
    };
    await start();
    if (options.account !== false && options.folder === undefined) await self.call("account.create", { name });
    return self;
  }

  async function channelId(who: Person, space: Space | string, name: string): Promise<string> {
    const { channels } = await who.call("channel.list", { space: typeof space === "string" ? space : space.id });
    const found = channels.find((channel) => channel.name === name);
    if (found === undefined) throw new Error(`${who.name} sees no #${name}`);
    return found.id;
  }

  async function join(who: Person, link: string): Promise<Space> {
    const { join: started } = await who.call("join.start", { link });
    const mine = async (): Promise<Space | undefined> =>
      (await who.call("space.list", {})).spaces.find(({ id }) => id === started.space.id);
    await until(`${who.name} joins`, async () => (await mine()) !== undefined);
    return (await mine())!;
  }

  const digestOf = (who: Person, space: Space): string => {
    const self = { device: who.device, account: "" as AccountId };
    return toHex(createReplica({ store: who.store, crypto, self }, space.id as SpaceId, 0).digest());
  };

  return {
    clock, network, random, backups, exports, person, until, join,
    async invite(who, space, options = {}) {
      return (await who.call("invite.create", { space: space.id, ...options })).link;
    },
    async agree(space, people, limitMs) {
      for (let waited = 0; waited <= (limitMs ?? 60_000); waited += 500) {
        if (new Set(people.map((who) => digestOf(who, space))).size === 1) return;
        await clock.advance(500);
      }
      throw new Error("they never came to hold the same");
    },
    async workspace(owner, ...others) {
      const { space } = await owner.call("space.create", { name: "Team" });
      const { link } = await owner.call("invite.create", { space: space.id });
      for (const other of others) await join(other, link);
      return space;
    },
  };
}

/** A copy of a data folder as it is now, to be run elsewhere or put back later. */
export function copyFolder(who: Person): { vault: Vault; store: Store } {
  const vault = createMemoryVault();
  vault.save(who.vault.load()!);
  const from = who.store;
  const store = createMemoryStore({ random: { bytes: () => from.incarnation } });
  for (const space of from.spaces()) {
    store.putSpace(space);
    const channels = new Set<ChannelId>(from.holdings(space.id).map(({ channel }) => channel));
    const events = [...channels].flatMap((channel) => from.channelEvents(channel));
    store.putEvents(events.sort((a, b) => a.arrival - b.arrival));
    for (const channel of channels) store.putTimeline(from.timeline(channel, {}, 1_000_000));
    const scopes = new Set([space.id, ...createReplica({ store: from, crypto: createNodeCrypto(), self: { device: who.device, account: "" as AccountId } }, space.id, 0).state()!.members.keys()]);
    for (const scope of scopes) for (const record of from.records(scope)) store.putRecord(record);
  }
  for (const { key, value } of from.settings("")) store.putSetting(key, value);
  return { vault, store };
}

/** Bytes that pass between two devices, both ways, until the returned function is called. */
export function countBytes(network: MemoryNetwork, a: DeviceId, b: DeviceId): () => { bytes: number; frames: number } {
  const count = { bytes: 0, frames: 0 };
  const stop = network.tap((frame, from, to) => {
    if ((from === a && to === b) || (from === b && to === a)) {
      count.bytes += frame.length;
      count.frames++;
    }
    return frame;
  });
  return () => {
    stop();
    return count;
  };
}
