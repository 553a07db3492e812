import type { EngineSession } from "../engine/port.ts";
import type { ParsedCommand } from "./parse-request.ts";
import { failure } from "./result.ts";
import type { ApiResult } from "./result.ts";

/** Carries a command out. A bug behind it becomes an `internal` answer, so that nobody waits for ever. */
export async function execute(
  session: EngineSession,
  { command, params }: ParsedCommand,
  onInternalError: (cause: unknown) => void,
): Promise<ApiResult<unknown>> {
  try {
    return await session.execute(command, params);
  } catch (cause) {
    onInternalError(cause);
    return failure("internal", "Something went wrong inside Multichat.");
  }
}
