/**
 * What has come to the engine's thread and is not dealt with yet. The first in a turn of the event loop is dealt with at once. But a
 * port hands over up to a thousand messages without letting anything else happen, so what follows is only gathered here and worked off
 * in slices: between two slices timers run, and what a person asks for overtakes what peers send.
 */
export interface Inbox<Message> {
  add(messages: readonly Message[]): void;
  /** For handlers: runs work once all that is urgent in this slice has been handled, so that what came together is done together. */
  afterUrgent(work: () => void): void;
  /** Forgets what is waiting. */
  clear(): void;
}

export interface InboxDeps<Message> {
  handle(message: Message): void;
  /** Begins on other threads what a message needs; its turn comes when that is done. Null for nothing. Never rejects. */
  prepare(message: Message): Promise<void> | null;
  /** These go before all others; each kind stays in its order. */
  isUrgent(message: Message): boolean;
  /** Runs in the next turn of the event loop. */
  soon(work: () => void): void;
  /** Ms, from any point. */
  now(): number;
}

/** Long enough to gather answers and pushes into few frames, short enough that nobody notices the wait. */
export const sliceMs = 4;
/** Messages whose preparation is begun before their turn: enough for every core to have work, and no more memory than that. */
export const lookAhead = 6;

interface Entry<Message> {
  message: Message;
  ready: boolean;
}

export function createInbox<Message>({
  handle,
  prepare,
  isUrgent,
  soon,
  now,
}: InboxDeps<Message>): Inbox<Message> {
  let urgent: Message[] = [];
  let others: Entry<Message>[] = [];
  let next = 0;
  /** Up to where preparation was begun. */
  let begun = 0;
  let deferred: (() => void)[] = [];
  let busy = false;

  /** A slice now; while there is more, one in each turn that follows. */
  function work(): void {
    if (busy || !hasWork()) return;
    busy = true;
    slice();
    soon(() => {
      busy = false;
      work();
    });
  }

  function hasWork(): boolean {
    if (urgent.length > 0 || deferred.length > 0) return true;
    return next < others.length && (begun <= next || others[next]!.ready);
  }

  function begin(entry: Entry<Message>): void {
    const preparation = prepare(entry.message);
    entry.ready = preparation === null;
    void preparation?.then(() => {
      entry.ready = true;
      if (others[next] === entry) work();
    });
  }

  function slice(): void {
    const first = urgent;
    urgent = [];
    for (const message of first) handle(message);
    const after = deferred;
    deferred = [];
    for (const one of after) one();
    const end = now() + sliceMs;
    while (next < others.length) {
      while (begun < Math.min(others.length, next + lookAhead)) begin(others[begun++]!);
      if (!others[next]!.ready) break;
      handle(others[next++]!.message);
      if (now() >= end) break;
    }
    forget(next);
  }

  /** The first ones have been handled; under a steady flood the list would never be empty. */
  function forget(count: number): void {
    others.splice(0, count);
    next -= count;
    begun -= count;
  }

  return {
    add(messages) {
      for (const message of messages) {
        if (isUrgent(message)) urgent.push(message);
        else others.push({ message, ready: false });
      }
      work();
    },
    afterUrgent: (one) => void deferred.push(one),
    clear() {
      urgent = [];
      others = [];
      next = 0;
      begun = 0;
    },
  };
}
