/** Transactions for plain data: every change brings its own undoing, and a failed transaction undoes them newest first. */
export interface UndoLog {
  transaction<T>(work: () => T): T;
  /** Notes how to take back a change just made; only within a transaction. */
  undo(step: () => void): void;
}

export function createUndoLog(): UndoLog {
  let steps: (() => void)[] | null = null;

  return {
    transaction(work) {
      if (steps !== null) return work();
      steps = [];
      try {
        const result = work();
        if (result instanceof Promise) {
          throw new TypeError("a transaction cannot wait: its work returned a promise");
        }
        return result;
      } catch (error) {
        for (const step of steps.toReversed()) step();
        throw error;
      } finally {
        steps = null;
      }
    },
    undo: (step) => void steps!.push(step),
  };
}

/** Sets a key, with its undoing. */
export function setIn<Key, Value>(
  log: UndoLog,
  map: Map<Key, Value>,
  key: Key,
  value: Value,
): void {
  const had = map.has(key);
  const old = map.get(key);
  map.set(key, value);
  log.undo(() => {
    if (had) map.set(key, old!);
    else map.delete(key);
  });
}

/** Deletes a key, with its undoing. The order of the map's keys is not kept. */
export function deleteFrom<Key, Value>(log: UndoLog, map: Map<Key, Value>, key: Key): void {
  if (!map.has(key)) return;
  const old = map.get(key)!;
  map.delete(key);
  log.undo(() => map.set(key, old));
}
