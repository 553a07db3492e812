/** Backups under way: one at a time, and what is said of it meanwhile (spec/local-api.md, Transfer). */
import type { ErrorCode, Transfer } from "@multichat/client/contract";
import { Failure, toApiError } from "../../failure.ts";
import { BackupError } from "./backup-files.ts";

/** Often enough to look alive. */
const tellMs = 200;

export interface Running {
  /** How far it is. */
  tell(change: Partial<Pick<Transfer, "items" | "of" | "bytes" | "account" | "detail">>): void;
}

export interface Transfers {
  current(): Transfer | null;
  /** Begins; `work` answers what is said in the end. */
  start(kind: Transfer["kind"], path: string, work: (running: Running) => Promise<Pick<Transfer, "items" | "bytes" | "detail">>): Transfer;
}

export function createTransfers(deps: { now(): number; changed(transfer: Transfer): void; failed(error: unknown): void }): Transfers {
  let current: Transfer | null = null;

  return {
    current: () => current,
    start(kind, path, work) {
      if (current?.step === "running") throw new Failure("bad-request", "A backup is under way. Wait until it is done.");
      const begun: Transfer = { kind, path, step: "running", items: 0, of: 0, bytes: 0, account: null, detail: "Beginning.", error: null };
      let transfer = begun;
      let told = -Infinity;
      const change = (next: Partial<Transfer>, always: boolean): void => {
        current = transfer = { ...transfer, ...next };
        if (!always && deps.now() - told < tellMs) return;
        told = deps.now();
        deps.changed(transfer);
      };
      current = transfer;
      work({ tell: (next) => change(next, false) }).then(
        (end) => change({ ...end, step: "done" }, true),
        (error: unknown) => {
          const { code, message } = failureOf(error);
          if (code === "internal") deps.failed(error);
          change({ step: "failed", error: code, detail: message }, true);
        },
      );
      return begun;
    },
  };
}

function failureOf(error: unknown): { code: ErrorCode; message: string } {
  return error instanceof BackupError ? error : toApiError(error);
}
