import type { ErrorCode } from "@multichat/client/contract";

export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503 | 504;

const statuses: Partial<Record<ErrorCode, ErrorStatus>> = {
  "bad-request": 400,
  unauthorized: 401,
  forbidden: 403,
  "not-allowed": 403,
  "not-found": 404,
  "unknown-command": 404,
  "too-large": 413,
  internal: 500,
  "not-running": 503,
  timeout: 504,
};

/** Programs go by the error's code. The status is for proxies, logs and people; what the state of things forbids is 409. */
export function statusOf(code: ErrorCode): ErrorStatus {
  return statuses[code] ?? 409;
}
