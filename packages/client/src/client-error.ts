import type { ApiError, ErrorCode } from "./contract/index.ts";

/** What a failed `call` rejects with: the node's own error, or this side's when the node could not be asked. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ErrorCode;

  constructor(error: ApiError, options?: ErrorOptions) {
    super(error.message, options);
    this.code = error.code;
  }
}
