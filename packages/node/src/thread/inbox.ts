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
  let next = 0;
  let due = false;

  function later(): void {
    if (due) return;
    due = true;
    soon(slice);
  }

  function slice(): void {
    due = false;
    const first = urgent;
    urgent = [];
    for (const message of first) handle(message);
    const end = now() + sliceMs;
    while (next < others.length) {
      handle(others[next++]!);
      if (now() >= end) break;
    }
    if (next >= others.length) {
      others = [];
      next = 0;
    } else later();
  }

  return {
    add(messages) {
      for (const message of messages) (isUrgent(message) ? urgent : others).push(message);
      later();
    },
    clear() {
      urgent = [];
      others = [];
      next = 0;
    },
  };
}
