/** From what a client sent to a command the engine can trust. */
import type { CommandName, Params } from "@multichat/client/contract";
import type { z } from "zod";
import { commandParams } from "./command-params.ts";
import { failure } from "./result.ts";
import type { ApiResult, Failure } from "./result.ts";

export interface ParsedCommand {
  command: CommandName;
  params: Params<CommandName>;
}

const schemas = new Map<string, z.ZodType<Params<CommandName>>>(Object.entries(commandParams));

/** `params` may be left out for a command that takes none. */
export function parseCommand(value: unknown): ApiResult<ParsedCommand> {
  if (!isObject(value))
    return failure("bad-request", "A request is an object with `command` and `params`.");
  const { command, params = {} } = value;
  if (typeof command !== "string")
    return failure("bad-request", "`command` must be the name of a command.");
  const schema = schemas.get(command);
  if (schema === undefined)
    return failure("unknown-command", `This node has no command ${quote(command)}.`);
  const parsed = schema.safeParse(params);
  if (!parsed.success) return explain(command as CommandName, parsed.error);
  return { ok: true, value: { command: command as CommandName, params: parsed.data } };
}

/** The id by which a WebSocket client knows the answer; null when the request has none that can be used. */
export function requestId(value: unknown): number | null {
  if (!isObject(value)) return null;
  const { id } = value;
  return typeof id === "number" && Number.isSafeInteger(id) && id >= 0 ? id : null;
}

export function parseJson(text: string): ApiResult<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    // The parser's own message quotes the input, which may hold a secret.
    return failure("bad-request", "This is not valid JSON.");
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first thing that is wrong. Says where and what was expected, never the value: it may be a secret. */
function explain(command: CommandName, error: z.ZodError): Failure {
  const [issue] = error.issues;
  if (issue === undefined)
    return failure("bad-request", `${command}: the parameters are not valid.`);
  const place = issue.path.length === 0 ? "params" : `\`${issue.path.join(".")}\``;
  const tooLong = issue.code === "too_big" && issue.origin === "string";
  return failure(tooLong ? "too-large" : "bad-request", `${command}: ${place}: ${issue.message}`);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);
}
