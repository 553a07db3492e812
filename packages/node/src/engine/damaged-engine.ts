/** Stands in for the engine when the database cannot be opened: says so, and offers to go on as a new device where nothing else helps. */
import { type Crypto, type Random, StoreError } from "@multichat/core/ports";
import type { CommandName, Commands, Problem, Status } from "@multichat/client/contract";
import type { DeviceId } from "@multichat/protocol";
import { version } from "../version.ts";
import type { Engine } from "./engine.ts";
import { Failure, toApiError } from "./failure.ts";
import type { CommandResult } from "./port.ts";
import { renewDevice } from "./accounts/renewal.ts";
import { loadSecrets } from "./secrets.ts";
import type { Vault } from "./vault.ts";

/** Whether the database cannot be used any more. A full disk damages nothing, and a new device would need more room yet. */
export function isDamage(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code !== "full";
}

function problemOf({ code, message }: StoreError) {
  // It is whole, and an update reads it.
  if (code === "newer") return { code: "database-newer", message, remedy: null } satisfies Problem;
  return {
    code: "database-damaged",
    message: `The database is damaged (${message}). Continue as a new device to fetch everything again from the other members; the damaged file is kept.`,
    remedy: "device.renew",
  } satisfies Problem;
}

export function createDamagedEngine(deps: {
  vault: Vault;
  crypto: Crypto;
  random: Random;
  peerId(device: DeviceId): string;
  /** What is wrong. */
  error: StoreError;
  renewed(): void;
}): Engine {
  const secrets = loadSecrets(deps.vault, deps.crypto, deps.random);
  const problem = problemOf(deps.error);
  let api = "";

  function status(): Status {
    const { account, device } = secrets;
    return {
      ready: true,
      version,
      api,
      account: account === null ? null : { id: account.id, name: account.name },
      peer: deps.peerId(device.id),
      peers: 0,
      phraseUnsaved: false,
      locked: false,
      protected: deps.vault.isProtected(),
      signedOut: null,
      addresses: [],
      problems: [problem],
    };
  }

  function run(command: CommandName): Commands[CommandName][1] {
    switch (command) {
      case "status.get":
        return { status: status() };
      case "account.get":
        return { account: status().account };
      case "space.list":
        return { spaces: [] };
      case "join.list":
        return { joins: [] };
      case "watch":
        return {};
      case "doctor.run":
        return { ok: false, checks: [{ name: "database", ok: false, detail: problem.message }] };
      case "device.renew":
        if (problem.remedy === null) throw new Failure(problem.code, problem.message);
        deps.vault.save(renewDevice(deps.crypto, deps.random, secrets, Date.now()));
        deps.renewed();
        return {};
      default:
        throw new Failure(problem.code, problem.message);
    }
  }

  function attempt<C extends CommandName>(command: C): CommandResult<C> {
    try {
      return { ok: true, value: run(command) } as CommandResult<C>;
    } catch (error) {
      return { ok: false, error: toApiError(error) };
    }
  }

  return {
    deviceSeed: secrets.device.signingSeed,
    setApi(url) {
      api = url;
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    connect: () => ({
      execute: (command, _params, answer) => answer(attempt(command)),
      close() {},
    }),
  };
}
