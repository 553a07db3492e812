/** Stands in for the engine while the keys' passphrase has not been given: says so, and takes it. */
import type { CommandName, Commands, Status } from "@multichat/client/contract";
import { version } from "../version.ts";
import { Failure, toApiError } from "./failure.ts";
import type { CommandResult, EnginePort } from "./port.ts";

const lockedMessage = "The keys of this data folder are encrypted. Enter their passphrase first.";

export function createLockedEngine(deps: {
  api(): string;
  /** Whether it was the right one; if so, everything is started. */
  unlock(passphrase: string): boolean;
}): EnginePort {
  function status(): Status {
    return {
      ready: true, version, api: deps.api(), account: null, peer: "", peers: 0, phraseUnsaved: false, addresses: [],
      locked: true, protected: true, signedOut: null, problems: [],
    };
  }

  function run<C extends CommandName>(command: C, params: Commands[C][0]): Commands[CommandName][1] {
    switch (command) {
      case "status.get":
        return { status: status() };
      case "account.get":
        return { account: null };
      case "watch":
        return {};
      case "doctor.run":
        return { ok: false, checks: [{ name: "keys", ok: false, detail: `${lockedMessage} In the browser, or with \`multichat keys unlock\`.` }] };
      case "keys.unlock":
        if (!deps.unlock((params as Commands["keys.unlock"][0]).passphrase)) throw new Failure("wrong-passphrase", "This is not the passphrase of these keys.");
        return {};
      default:
        throw new Failure("locked", lockedMessage);
    }
  }

  function attempt<C extends CommandName>(command: C, params: Commands[C][0]): CommandResult<C> {
    try {
      return { ok: true, value: run(command, params) } as CommandResult<C>;
    } catch (error) {
      return { ok: false, error: toApiError(error) };
    }
  }

  return {
    connect: () => ({
      execute: (command, params, answer) => answer(attempt(command, params)),
      close() {},
    }),
  };
}
