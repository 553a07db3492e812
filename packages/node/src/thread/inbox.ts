/**
 * What has come to the engine's thread and is not dealt with yet. The first in a turn of the event loop is dealt with at once. But a
 * port hands over up to a thousand messages without letting anything else happen, so what follows is only gathered here and worked off
 * in slices: between two slices timers run, and what a person asks for overtakes what peers send. Of several senders each has its turn,
 * so that whoever sends what takes long to deal with delays nobody else.
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
  /** These go before all others, in their order. */
  isUrgent(message: Message): boolean;
  /** Who sent one that is not urgent: what is of one sender stays in its order. */
  senderOf(message: Message): string;
  /** Runs in the next turn of the event loop. */
  soon(work: () => void): void;
  /** Ms, from any point. */
  now(): number;
}

/** What waits of one sender, and how many of these have been handled. */
interface Queue<Message> {
  messages: Message[];
  handled: number;
}

/** Long enough to gather answers and pushes into few frames, short enough that nobody notices the wait. */
export const sliceMs = 4;

export function createInbox<Message>({
  handle,
  isUrgent,
  senderOf,
  soon,
  now,
}: InboxDeps<Message>): Inbox<Message> {
  let urgent: Message[] = [];
  /** By sender, who is next first. */
  const others = new Map<string, Queue<Message>>();
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
    return urgent.length > 0 || deferred.length > 0 || others.size > 0;
  }

  function slice(): void {
    const first = urgent;
    urgent = [];
    for (const message of first) handle(message);
    const after = deferred;
    deferred = [];
    for (const one of after) one();
    const end = now() + sliceMs;
    for (const [sender, queue] of others) {
      others.delete(sender);
      const message = queue.messages[queue.handled++]!;
      // Behind all others, also those that come while this one is handled.
      if (queue.handled < queue.messages.length) others.set(sender, queue);
      handle(message);
      if (now() >= end) break;
    }
  }

  function wait(message: Message): void {
    const sender = senderOf(message);
    const queue = others.get(sender);
    if (queue === undefined) return void others.set(sender, { messages: [message], handled: 0 });
    // Of a flood that never ends, what was handled is let go.
    if (queue.handled > queue.messages.length / 2) {
      queue.messages.splice(0, queue.handled);
      queue.handled = 0;
    }
    queue.messages.push(message);
  }

  return {
    add(messages) {
      for (const message of messages) {
        if (isUrgent(message)) urgent.push(message);
        else wait(message);
      }
      work();
    },
    afterUrgent: (one) => void deferred.push(one),
    clear() {
      urgent = [];
      others.clear();
    },
  };
}
