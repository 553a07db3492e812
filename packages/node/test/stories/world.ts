/** A small world for stories: people with a node each, on a virtual network, in virtual time. */
import type { Commands, CommandName, ErrorCode, Message, Push, Space } from "@multichat/client/contract";
import { createNodeCrypto } from "@multichat/crypto";
import type { DeviceId } from "@multichat/protocol";
import { type VirtualClock, type WallClock, createVirtualClock } from "@multichat/testing/clock";
import { type MemoryNetwork, createMemoryNetwork } from "@multichat/testing/links";
import { type SeededRandom, createSeededRandom } from "@multichat/testing/random";
import { createMemoryStore } from "@multichat/testing/store";
import type { Store } from "@multichat/core/ports";
import { type Engine, createEngine, loadSecrets } from "../../src/engine/engine.ts";
import type { EngineSession } from "../../src/engine/port.ts";
import { type Vault, createMemoryVault } from "../../src/engine/vault.ts";

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
  readonly pushes: Push[];
  /** Log lines of the engine, for what must not be silent. */
  readonly logs: { event: string; detail: Record<string, string | number> }[];
  call<C extends CommandName>(command: C, params: Commands[C][0]): Promise<Commands[C][1]>;
  /** Stops the node as a power cut would; what was on disk stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  say(space: Space | string, text: string, channel?: string): Promise<Message>;
  read(space: Space | string, channel?: string): Promise<string[]>;
  messages(space: Space | string, channel?: string): Promise<Message[]>;
}

export interface World {
  clock: VirtualClock;
  network: MemoryNetwork;
  random: SeededRandom;
  person(name: string, options?: PersonOptions): Promise<Person>;
  /** Lets time pass until the condition holds; throws with `what` when it does not within `limitMs` (default a minute). */
  until(what: string, condition: () => Promise<boolean> | boolean, limitMs?: number): Promise<void>;
  /** Alice's workspace with everybody in it. */
  workspace(owner: Person, ...others: Person[]): Promise<Space>;
  join(person: Person, link: string): Promise<Space>;
}

export interface PersonOptions {
  clockAheadMs?: number;
  lan?: string;
  account?: boolean;
}

export function createWorld(seed: number): World {
  const clock = createVirtualClock();
  const random = createSeededRandom(seed);
  const crypto = createNodeCrypto();
  const network = createMemoryNetwork({ clock, random: random.fork("net"), latencyMs: 20, jitterMs: 5 });

  async function until(what: string, condition: () => Promise<boolean> | boolean, limitMs = 60_000): Promise<void> {
    for (let waited = 0; waited <= limitMs; waited += 50) {
      if (await condition()) return;
      await clock.advance(50);
    }
    throw new Error(`it never came to pass: ${what}`);
  }

  async function person(name: string, options: PersonOptions = {}): Promise<Person> {
    const chance = random.fork(name);
    const vault: Vault = createMemoryVault();
    const own = clock.skewed(options.clockAheadMs ?? 0);
    const { device } = loadSecrets(vault, crypto, chance);
    const store = createMemoryStore({ random: chance });
    const pushes: Push[] = [];
    const logs: Person["logs"] = [];
    let engine: Engine | null = null;
    let session: EngineSession | null = null;

    async function start(): Promise<void> {
      const links = network.join(device.id, { lan: options.lan ?? null });
      engine = createEngine({
        // The store outlives the engine, as a file does.
        store: { ...store, close() {} },
        links,
        clock: own,
        random: chance,
        crypto,
        vault,
        peerId: (id) => id,
        soon: (work) => void own.after(0, work),
        log: (event, detail = {}) => logs.push({ event, detail }),
        renewed() {},
      });
      session = engine.connect((batch) => pushes.push(...batch));
      await clock.wait(engine.start());
    }

    const self: Person = {
      name,
      device: device.id,
      store,
      clock: own,
      pushes,
      logs,
      async call(command, params) {
        if (session === null) throw new Error(`${name}'s node is not running`);
        const result = await clock.wait(session.execute(command, params));
        if (!result.ok) throw new Refused(result.error.code, result.error.message);
        return result.value;
      },
      async stop() {
        const stopping = engine;
        engine = null;
        session = null;
        if (stopping !== null) await clock.wait(stopping.stop());
      },
      start,
      async say(space, text, channel = "general") {
        const id = await channelId(self, space, channel);
        return (await self.call("message.send", { channel: id, text })).message;
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
    if (options.account !== false) await self.call("account.create", { name });
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

  return {
    clock, network, random, person, until, join,
    async workspace(owner, ...others) {
      const { space } = await owner.call("space.create", { name: "Team" });
      const { link } = await owner.call("invite.create", { space: space.id });
      for (const other of others) await join(other, link);
      return space;
    },
  };
}
