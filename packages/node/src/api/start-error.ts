import type { ErrorCode } from "@multichat/client/contract";

/** Why a node cannot start, in words for the person who started it. */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
