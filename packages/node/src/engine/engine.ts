/**
 * The engine: one node's store, rules and sync behind the commands of the local API. Everything it needs comes in as
 * ports, so that it runs the same in a worker thread of a node and, many at a time, in stories on a virtual network.
 */
import { createAccount, phraseWords } from "@multichat/core";
import { type LinksHandler, StoreError, frameWeight } from "@multichat/core/ports";
import type { CommandName, Commands, DoctorCheck, Problem, Push, Status, Transfer } from "@multichat/client/contract";
import { createAccountNode } from "./account-node.ts";
import { unexpiredStore } from "./conversation/unexpired-store.ts";
import type { AccountNode } from "./account-node-port.ts";
import { createCommandQueue } from "./command-queue.ts";
import { type Handlers, createCommands } from "./commands.ts";
import { doctorChecks } from "./doctor.ts";
import { Failure, toApiError } from "./failure.ts";
import type { CommandResult, EngineSession } from "./port.ts";
import type { Listener } from "./conversation/pushes.ts";
import { dropSpaces, restoreBackup } from "./accounts/backup/restore-backup.ts";
import { createTransfers } from "./accounts/backup/transfers.ts";
import { writeBackup } from "./accounts/backup/write-backup.ts";
import { createNewcomer } from "./accounts/newcomer.ts";
import { enrol, renewDevice } from "./accounts/renewal.ts";
import { loadSecrets } from "./secrets.ts";
import type { Engine, EngineDeps } from "./engine-deps.ts";
import { createTimekeeper } from "./timekeeper.ts";
import type { AccountKeys, Secrets } from "./vault.ts";
import { version } from "../version.ts";

export { loadSecrets };
export type { Engine, EngineDeps } from "./engine-deps.ts";

function isLoopback(address: string): boolean {
  return address.startsWith("/ip4/127.") || address.startsWith("/ip6/::1/");
}

export function createEngine(deps: EngineDeps): Engine {
  const { links, clock, random, crypto, vault } = deps;
  let secrets = loadSecrets(vault, crypto, random);
  let api = "";
  let previousPort: number | null = null;
  let listening: string[] = [];
  let started = false;
  let stopped = false;
  let renewing = false;
  const timekeeper = createTimekeeper(clock, () => node?.pushes.markStatus());
  const store = unexpiredStore(deps.store, timekeeper.now);
  const listeners = new Set<Listener>();
  const tellAll = (push: Push): void => {
    for (const listener of listeners) listener.receive([push]);
  };
  const transfers = createTransfers({
    now: () => clock.now(),
    changed: (data) => tellAll({ push: "transfer", data }),
    failed: (error) => deps.log("backup.failed", { error: error instanceof Error ? error.name : "unknown" }),
  });
  const newcomer = createNewcomer({
    links, clock, crypto, random, device: secrets.device,
    now: () => timekeeper.now(),
    keep: (account, spaces) => save({ account, spaces: spaces.map(({ id, secret, peers }) => ({ id, secret, peers })) }),
    enter(name) {
      enter(secrets.account!);
      node!.own.set(`device/${secrets.device.id}`, name);
      node!.pushes.markStatus();
    },
    push: tellAll,
  });
  let node: AccountNode | null = null;
  let commands: ReturnType<typeof createCommands> | null = null;
  if (secrets.account === null) dropSpaces(store);

  function save(change: Partial<Secrets>): void {
    secrets = { ...secrets, ...change };
    vault.save(secrets);
  }

  function status(): Status {
    const { account, device } = secrets;
    const connected = node?.peers().filter((peer) => peer.connected).length ?? 0;
    return {
      ready: true,
      version,
      api,
      account: account === null ? null : { id: account.id, name: account.name },
      peer: deps.peerId(device.id),
      peers: connected,
      phraseUnsaved: account !== null && account.identitySeed !== null,
      addresses: listening,
      locked: false,
      protected: vault.isProtected(),
      signedOut: node?.devices.signedOut() ?? null,
      problems: problems(),
    };
  }

  function problems(): Problem[] {
    const clockProblem = timekeeper.problem();
    const found: Problem[] = clockProblem === null ? [] : [{ code: "clock-wrong", message: clockProblem, remedy: null }];
    if (started && listening.every(isLoopback) && node?.peers().every((peer) => !peer.connected)) {
      const message = "This computer is on no network. You can keep writing; it goes out when a member is in reach.";
      found.push({ code: "offline", message, remedy: null });
    }
    if (previousPort !== null) {
      const message = `Multichat was at port ${previousPort} before and is now at ${api}. Use the new address for bookmarks and installed apps.`;
      found.push({ code: "port-changed", message, remedy: null });
    }
    return [...found, ...(node?.problems() ?? [])];
  }

  function enter(account: AccountKeys): void {
    node = createAccountNode({
      blobs: deps.blobs,
      store, links, clock, random, crypto, timekeeper, device: secrets.device, account, status,
      replaces: secrets.replaces?.id ?? null,
      phraseSeed: () => secrets.account?.identitySeed ?? null,
      keepAccount: (change) => save({ account: { ...secrets.account!, ...change } }),
      belongs() {
        if (secrets.replaces?.signingSeed != null) save({ replaces: { id: secrets.replaces.id, signingSeed: null } });
      },
      known: secrets.spaces,
      remember: (spaces) => save({ spaces }),
      peerId: deps.peerId,
      callWake: deps.callWake,
      isWatched: () => listeners.size > 0,
      tellNow: deps.tellNow,
      log: deps.log,
    });
    commands = createCommands({
      node, store, crypto, random, clock, device: secrets.device, account,
      exports: deps.exports,
      blobs: deps.blobs,
      running: () => !stopped,
      log: deps.log,
      now: () => timekeeper.now(),
      addresses: () => listening,
    });
    for (const listener of listeners) node.pushes.add(listener);
    if (listening.length > 0) node.handler.listening(listening);
    if (started) begin();
  }

  /** The transport is up. */
  function begin(): void {
    node?.start();
    commands?.later.start();
  }

  function createAccountHere({ name }: { name: string }): Commands["account.create"][1] {
    if (secrets.account !== null) throw new Failure("account-exists", `This data folder already belongs to ${secrets.account.name}.`);
    const made = createAccount(crypto, random);
    const bare = { ...made, name: name.trim(), log: [], certificate: new Uint8Array(0), acceptance: new Uint8Array(0) };
    const account = enrol(crypto, bare, secrets.device, made.identitySeed, timekeeper.now());
    save({ account });
    enter(account);
    node!.pushes.markStatus();
    return { account: { id: account.id, name: account.name } };
  }

  function words(): string[] {
    const { account } = secrets;
    if (account === null) throw new Failure("no-account", "There is no account here yet.");
    if (account.identitySeed === null) {
      throw new Failure("phrase-erased", "The recovery phrase was confirmed and erased from this computer. It is only where you wrote it down.");
    }
    return phraseWords(account.identitySeed);
  }

  function confirmPhrase({ words: given }: Commands["account.confirm-phrase"][0]): Record<string, never> {
    const right = words();
    const distinct = new Set(given.map(({ position }) => position));
    if (distinct.size < 3) throw new Failure("bad-request", "Three different words are needed.");
    for (const { position, word } of given) {
      if (right[position] !== word.trim().toLowerCase()) {
        throw new Failure("phrase-mismatch", `Word ${position + 1} is another one. Compare it with what you wrote down.`);
      }
    }
    save({ account: { ...secrets.account!, identitySeed: null } });
    node!.pushes.markStatus();
    return {};
  }

  function backUp(path: string, passphrase: string): Transfer {
    const { account, device } = secrets;
    const from = node;
    if (account === null || from === null) throw new Failure("no-account", "There is no account here yet.");
    return transfers.start("backup", path, async ({ tell }) => {
      // What this person keeps for themselves goes along.
      from.self.ensure();
      const sink = await deps.backups.create(path, passphrase);
      try {
        const spaces = [...from.spaces.all()].filter(({ row }) => row.state === "member");
        const kept = { ...account, nextSeed: from.seeds.next() };
        const items = await writeBackup({ store, spaces, shared: from.self.one, account: kept, device, now: timekeeper.now() }, sink, (done, of) =>
          tell({ items: done, of, detail: `Writing: ${done} of ${of}.` }),
        );
        return { items, bytes: await sink.close(), detail: "Everything is in the backup." };
      } catch (error) {
        await sink.abort();
        throw error;
      }
    });
  }

  function deleteAccount(name: string): string[] {
    const leaving = node;
    if (secrets.account === null || leaving === null) throw new Failure("no-account", "There is no account here yet.");
    if (name.trim() !== secrets.account.name) throw new Failure("bad-request", `Type the name of this account, ${secrets.account.name}, to delete it.`);
    const remains = leaving.forgetting.remains();
    deps.erasing();
    leaving.forgetting.leaveAll(() => deps.erased());
    return remains;
  }

  function restore({ path, passphrase, words: given }: Commands["backup.restore"][0]): Transfer {
    if (secrets.account !== null) throw new Failure("account-exists", `This data folder already belongs to ${secrets.account.name}.`);
    return transfers.start("restore", path, async ({ tell }) => {
      const source = await deps.backups.open(path, passphrase);
      try {
        const { account, spaces, items } = await restoreBackup(
          { store, crypto, random, device: secrets.device, words: given, now: () => timekeeper.now(), found: (found) => tell({ account: found }) },
          source,
          (done) => tell({ items: done, bytes: source.progress().read, detail: `Reading: ${Math.floor((100 * source.progress().read) / source.progress().of)} %.` }),
        );
        newcomer.stop();
        save({ account, spaces });
        enter(account);
        node!.pushes.markStatus();
        return { items, bytes: source.progress().of, detail: `Everything of ${account.name} is here, on a new device.` };
      } finally {
        await source.close();
      }
    });
  }

  const always: Handlers = {
    "status.get": () => ({ status: status() }),
    "doctor.run": () => {
      const checks: DoctorCheck[] = doctorChecks({ store, status: status(), spaces: node === null ? [] : [...node.spaces.all()] });
      return { ok: checks.every(({ ok }) => ok), checks };
    },
    "account.create": createAccountHere,
    "account.get": () => ({ account: status().account }),
    "device.renew": () => {
      // A second click while the first is carried out changes nothing.
      if (renewing) return {};
      if (!problems().some(({ remedy }) => remedy === "device.renew")) {
        throw new Failure("bad-request", "Nothing is wrong with this device, so there is nothing to renew.");
      }
      save(renewDevice(crypto, random, secrets, timekeeper.now()));
      renewing = true;
      deps.renewed();
      return {};
    },
    "account.phrase": () => ({ words: words() }),
    "account.confirm-phrase": confirmPhrase,
    "backup.write": ({ path, passphrase }) => ({ transfer: backUp(path, passphrase) }),
    "backup.restore": (params) => ({ transfer: restore(params) }),
    "keys.protect"({ passphrase, current: given }) {
      if (vault.isProtected() && (given === undefined || !vault.opens(given))) throw new Failure("wrong-passphrase", "This is not the passphrase of these keys.");
      vault.protect(passphrase);
      node?.pushes.markStatus();
      return {};
    },
    "keys.unlock": () => ({}),
    "account.delete": ({ name }) => ({ remains: deleteAccount(name) }),
    "backup.get": () => ({ transfer: transfers.current() }),
  };

  /** By which a device becomes one of an account; a restore is another way, and one at a time is enough. */
  const becoming: ReadonlySet<CommandName> = new Set(["account.create", "account.recover", "account.recover-confirm", "device.link-enter"]);

  function restoring(): boolean {
    const transfer = transfers.current();
    return transfer?.kind === "restore" && transfer.step === "running";
  }

  /** Before there is an account, there is nothing to list: interfaces need not ask first. */
  const nothingYet: Handlers = {
    "space.list": () => ({ spaces: [] }),
    "join.list": () => ({ joins: [] }),
    "peer.list": () => ({ peers: [] }),
    watch: () => ({}),
  };

  function run<C extends CommandName>(command: C, params: Commands[C][0], listener: Listener): CommandResult<C> {
    return attempt(() => {
      if (becoming.has(command) && restoring()) throw new Failure("bad-request", "A backup is being restored here. Wait until that is done.");
      const handler = (always[command] ?? (commands?.handlers ?? { ...nothingYet, ...newcomer.handlers })[command]) as ((params: Commands[C][0], listener: Listener) => Commands[C][1]) | undefined;
      if (handler !== undefined) return handler(params, listener);
      if (commands === null) throw new Failure("no-account", "There is no account here yet. Create one first.");
      throw new Failure("unknown-command", `There is no command "${command}".`);
    });
  }

  function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; error: ReturnType<typeof toApiError> } {
    try {
      return { ok: true, value: work() };
    } catch (error) {
      if (error instanceof StoreError) node?.recover(error);
      else if (!(error instanceof Failure)) deps.log("command.failed", { error: error instanceof Error ? (error.stack ?? error.message) : "unknown" });
      return { ok: false, error: toApiError(error) };
    }
  }

  const queue = createCommandQueue({
    soon: deps.soon,
    run,
    sendAll(channel, messages) {
      if (commands === null) return null;
      const { send } = commands;
      return attempt(() => send(channel, messages));
    },
  });

  const current = (): LinksHandler => node?.handler ?? newcomer.handler;
  const handler: LinksHandler = {
    linked: (link) => current().linked(link),
    frame(device, bytes) {
      current().frame(device, bytes);
      links.taken(device, frameWeight(bytes));
    },
    unlinked: (device, reason) => current().unlinked(device, reason),
    dialFailed: (device, attempts) => current().dialFailed(device, attempts),
    discovered: (device, addresses) => current().discovered(device, addresses),
    listening(addresses) {
      listening = addresses;
      node?.handler.listening(addresses);
    },
    rtt: (device, ms) => node?.handler.rtt(device, ms),
    drained: (device, queued) => node?.handler.drained(device, queued),
  };

  if (secrets.account !== null) enter(secrets.account);

  return {
    deviceSeed: secrets.device.signingSeed,
    setApi(url, before) {
      api = url;
      previousPort = before;
    },
    async start() {
      await links.start(handler);
      started = true;
      begin();
    },
    async stop() {
      stopped = true;
      newcomer.stop();
      commands?.later.stop();
      await node?.stop();
      await links.stop();
      store.close();
    },
    connect(onPushes: ((pushes: Push[]) => void) | null): EngineSession {
      const listener: Listener = { watching: new Map(), receive: onPushes ?? (() => undefined) };
      if (onPushes !== null) {
        listeners.add(listener);
        node?.pushes.add(listener);
      }
      return {
        execute: (command, params, answer) => queue.add(command, params, listener, answer),
        close() {
          listeners.delete(listener);
          node?.pushes.remove(listener);
          node?.presence.looking.left(listener);
        },
      };
    },
  };
}

