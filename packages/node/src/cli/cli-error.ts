/** Why a command did not do what it was asked; printed, and the exit status is 1. */
import { errorCodes } from "@multichat/client/contract";
import type { ApiError, ErrorCode } from "@multichat/client/contract";

export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Of a command that Ctrl-C ended, as a shell has it. */
export const interruptedStatus = 130;

/** Ctrl-C while something was asked for: nothing to report, and the exit status of a program that was interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** The error in the contract's form. Whatever has none of its codes is a bug, or this machine's trouble. */
export function toApiError(error: unknown): ApiError {
  if (!(error instanceof Error)) return { code: "internal", message: String(error) };
  const code = "code" in error ? errorCodes.find((known) => known === error.code) : undefined;
  return { code: code ?? "internal", message: plain(error.message) };
}

/** What the local API says of a parameter, in words for who typed it: role.create: `name`: must not be empty. */
function plain(message: string): string {
  const [, name, rule] = /^[a-z.-]+: `(?:\w+\.)*(\w+)`: (must .*)$/.exec(message) ?? [];
  return name === undefined || rule === undefined ? message : `The ${name} ${rule}.`;
}
