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
  /** These go before all others; each kind stays in its order. */
  isUrgent(message: Message): boolean;
  /** Runs in the next turn of the event loop. */
  soon(work: () => void): void;
  /** Ms, from any point. */
  now(): number;
}

/** Long enough to gather answers and pushes into few frames, short enough that nobody notices the wait. */
export const sliceMs = 4;

export function createInbox<Message>({
  handle,
  isUrgent,
  soon,
  now,
}: InboxDeps<Message>): Inbox<Message> {
  let urgent: Message[] = [];
  let others: Message[] = [];
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
    return urgent.length > 0 || deferred.length > 0 || others.length > 0;
  }

  function slice(): void {
    const first = urgent;
    urgent = [];
    for (const message of first) handle(message);
    const after = deferred;
    deferred = [];
    for (const one of after) one();
    const end = now() + sliceMs;
    let handled = 0;
    while (handled < others.length) {
      handle(others[handled++]!);
      if (now() >= end) break;
    }
    others.splice(0, handled);
  }

  return {
    add(messages) {
      for (const message of messages) {
        if (isUrgent(message)) urgent.push(message);
        else others.push(message);
      }
      work();
    },
    afterUrgent: (one) => void deferred.push(one),
    clear() {
      urgent = [];
      others = [];
    },
  };
}
