/**
 * One open database: prepared statements whose errors are StoreErrors, and transactions that either are on the disk when they
 * return or never happened.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { StoreError } from "@multichat/core/ports";
import { type Column, type RowOf, toRow } from "./columns.ts";
import { busyTimeoutMs } from "./limits.ts";
import { isConstraint, translated } from "./sqlite-error.ts";

export interface Query<Row> {
  get(...values: SQLInputValue[]): Row | null;
  all(...values: SQLInputValue[]): Row[];
  /** One row at a time, for what may not fit in memory. Nothing may be written meanwhile. */
  each(...values: SQLInputValue[]): Iterable<Row>;
}

export interface Command {
  /** The number of rows changed. */
  run(...values: SQLInputValue[]): number;
}

export interface Connection {
  /** `columns` are the types of what is selected, in order. */
  query<const Columns extends readonly Column[]>(
    sql: string,
    columns: Columns,
  ): Query<RowOf<Columns>>;
  command(sql: string): Command;
  execute(sql: string): void;
  transaction<T>(work: () => T): T;
  /** Called after a transaction was undone: whatever is remembered about the database may be wrong now. */
  onRollback(listener: () => void): void;
  /** Called once, after the running transaction is on the disk. */
  afterCommit(listener: () => void): void;
  /** What would have to wait for another process does not, and says so. */
  withoutWaiting<T>(work: () => T): T;
  /** Undoes the running transaction, if there is one. */
  abandon(): void;
  close(): void;
}

export function createConnection(database: DatabaseSync): Connection {
  const rollbackListeners: (() => void)[] = [];
  let commitListeners: (() => void)[] = [];
  let inTransaction = false;
  // After a failed write SQLite may have undone the transaction by itself; writing on would be outside of any.
  let failure: unknown = null;

  function guarded<T>(work: () => T): T {
    if (failure !== null) throw failure;
    try {
      return work();
    } catch (error) {
      const reported = translated(error);
      if (inTransaction && reported instanceof StoreError && !isConstraint(error))
        failure = reported;
      throw reported;
    }
  }

  const prepare = (sql: string): StatementSync => {
    const prepared = guarded(() => database.prepare(sql));
    // A third cheaper than objects.
    prepared.setReturnArrays(true);
    return prepared;
  };

  function query<const Columns extends readonly Column[]>(
    sql: string,
    columns: Columns,
  ): Query<RowOf<Columns>> {
    const prepared = prepare(sql);
    // With setReturnArrays rows are arrays, which the types of node:sqlite do not know.
    const row = (values: unknown): RowOf<Columns> => toRow(values as unknown[], columns);
    return {
      get: (...values) =>
        guarded(() => {
          const found = prepared.get(...values);
          return found === undefined ? null : row(found);
        }),
      all: (...values) => guarded(() => prepared.all(...values).map(row)),
      *each(...values) {
        const rows = guarded(() => prepared.iterate(...values));
        try {
          for (;;) {
            const next = guarded(() => rows.next());
            if (next.done === true) return;
            yield guarded(() => row(next.value));
          }
        } finally {
          // A read left open would keep the log from being emptied.
          rows.return?.();
        }
      },
    };
  }

  function command(sql: string): Command {
    const prepared = prepare(sql);
    return { run: (...values) => guarded(() => Number(prepared.run(...values).changes)) };
  }

  function rollBack(): void {
    failure = null;
    inTransaction = false;
    commitListeners = [];
    try {
      if (database.isTransaction) database.exec("ROLLBACK");
    } finally {
      for (const listener of rollbackListeners) listener();
    }
  }

  function transaction<T>(work: () => T): T {
    if (inTransaction) return work();
    guarded(() => database.exec("BEGIN IMMEDIATE"));
    inTransaction = true;
    let result: T;
    try {
      result = work();
      if (result instanceof Promise)
        throw new TypeError("a transaction cannot wait: its work returned a promise");
      if (failure !== null) throw failure;
      guarded(() => database.exec("COMMIT"));
    } catch (error) {
      rollBack();
      throw error;
    }
    inTransaction = false;
    const listeners = commitListeners;
    commitListeners = [];
    for (const listener of listeners) listener();
    return result;
  }

  return {
    query,
    command,
    execute: (sql) => guarded(() => database.exec(sql)),
    transaction,
    onRollback: (listener) => void rollbackListeners.push(listener),
    afterCommit: (listener) => void commitListeners.push(listener),
    withoutWaiting(work) {
      guarded(() => database.exec("PRAGMA busy_timeout = 0"));
      try {
        return work();
      } finally {
        guarded(() => database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`));
      }
    },
    abandon() {
      if (inTransaction) rollBack();
    },
    close: () => database.close(),
  };
}
