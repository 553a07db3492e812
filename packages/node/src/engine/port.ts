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
  /**
   * Params have been validated. Calls may overlap; they are carried out in the order they were made. `answer` is called
   * once, as soon as there is an answer, and so before `onPushes` gets anything that happened after it. Throws only
   * for a bug, and then instead of answering.
   */
  execute<C extends CommandName>(command: C, params: Commands[C][0], answer: (result: CommandResult<C>) => void): void;
  close(): void;
}

export interface EnginePort {
  /**
   * `onPushes` gets the pushes of one tick together, in order with the answers of the same session. Null: only commands come;
   * that is nobody who looks (spec/14-notifications.md, Waking).
   */
  connect(onPushes: ((pushes: Push[]) => void) | null): EngineSession;
}
