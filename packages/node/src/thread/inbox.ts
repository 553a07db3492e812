/**
 * What has come to the engine's thread and is not dealt with yet. A port hands over up to a thousand messages without letting
 * anything else happen, so they are only gathered here and worked off in slices: between two slices answers and pushes leave,
 * timers run, and what a person asks for overtakes what peers send.
 */
export interface Inbox<Message> {
  add(messages: readonly Message[]): void;
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
  let due = false;

  function later(): void {
    if (due) return;
    due = true;
    soon(slice);
  }

  function begin(entry: Entry<Message>): void {
    const preparation = prepare(entry.message);
    entry.ready = preparation === null;
    void preparation?.then(() => {
      entry.ready = true;
      if (others[next] === entry) later();
    });
  }

  function slice(): void {
    due = false;
    const first = urgent;
    urgent = [];
    for (const message of first) handle(message);
    const end = now() + sliceMs;
    while (next < others.length) {
      while (begun < Math.min(others.length, next + lookAhead)) begin(others[begun++]!);
      if (!others[next]!.ready) return;
      handle(others[next++]!.message);
      if (now() >= end) break;
    }
    if (next < others.length) later();
    else clearOthers();
  }

  function clearOthers(): void {
    others = [];
    next = 0;
    begun = 0;
  }

  return {
    add(messages) {
      for (const message of messages) {
        if (isUrgent(message)) urgent.push(message);
        else others.push({ message, ready: false });
      }
      later();
    },
    clear() {
      urgent = [];
      clearOthers();
    },
  };
}
