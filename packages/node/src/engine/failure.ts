/** A command that cannot be carried out: what the API answers (spec/local-api.md, Errors). */
import { StoreError } from "@multichat/core/ports";
import type { ApiError, ErrorCode } from "@multichat/client/contract";

export class Failure extends Error {
  override name = "Failure";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Everything a command can throw, as an answer. Unknown errors say no more than that: they may hold secrets. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof Failure) return { code: error.code, message: error.message };
  if (error instanceof StoreError) return storeFailure(error);
  return { code: "internal", message: "Something went wrong inside Multichat. Nothing was lost; please try again." };
}

export function storeFailure(error: StoreError): ApiError {
  switch (error.code) {
    case "full":
      return { code: "disk-full", message: "The disk is full, so this was not saved. Free some space and try again." };
    case "damaged":
      return {
        code: "database-damaged",
        message: "The database is damaged. It was left as it is; Multichat can fetch everything again from the other members as a new device.",
      };
    case "newer":
      return { code: "database-newer", message: error.message };
    case "io":
      return { code: "internal", message: "The disk did not accept this. Check the disk and try again." };
  }
}
