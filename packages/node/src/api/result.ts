/** An answer of the local API: what was asked for, or why not. */
import type { ApiError, ErrorCode } from "@multichat/client/contract";

export type Failure = { ok: false; error: ApiError };
export type ApiResult<T> = { ok: true; value: T } | Failure;

export function failure(code: ErrorCode, message: string): Failure {
  return { ok: false, error: { code, message } };
}
