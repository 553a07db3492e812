/**
 * The engine as the local API sees it. The engine owns the store, the rules and the sync, and runs in a worker thread;
 * the API server, in the main thread, checks who asks and what, and passes on commands and pushes.
 */
import type { ApiError, CommandName, Commands, Push } from "@multichat/client/contract";

export type CommandResult<C extends CommandName> =
  | { ok: true; value: Commands[C][1] }
  | { ok: false; error: ApiError };

/** One API connection: what it watches lives as long as it does. */
export interface EngineSession {
  /** Params have been validated. Calls may overlap; they are carried out in the order they were made. */
  execute<C extends CommandName>(command: C, params: Commands[C][0]): Promise<CommandResult<C>>;
  close(): void;
}

export interface EnginePort {
  /** `onPushes` gets the pushes of one tick together. */
  connect(onPushes: (pushes: Push[]) => void): EngineSession;
}
