import type { EngineSession } from "../engine/port.ts";
import type { ParsedCommand } from "./parse-request.ts";
import { failure } from "./result.ts";
import type { ApiResult } from "./result.ts";

/**
 * Carries a command out; `answer` is called once, when the engine answers. A bug behind it becomes an `internal` answer, so
 * that nobody waits for ever.
 */
export function execute(
  session: EngineSession,
  { command, params }: ParsedCommand,
  onInternalError: (cause: unknown) => void,
  answer: (result: ApiResult<unknown>) => void,
): void {
  let answered = false;
  try {
    session.execute(command, params, (result) => {
      answered = true;
      answer(result);
    });
  } catch (cause) {
    // A bug of whoever takes the answer is not one behind the command.
    if (answered) throw cause;
    onInternalError(cause);
    answer(failure("internal", "Something went wrong inside Multichat."));
  }
}
