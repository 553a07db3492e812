/**
 * Messages that speak of one which stands behind them in the export, as where the newest comes first: they wait until it is written,
 * for an event is called by its hash.
 */

/** Characters of all that wait; what comes then is written without what it speaks of. */
const mostText = 64 * 1024 * 1024;

export interface Waits {
  key: string | null;
  text: string;
  thread: string | null;
  reply: string | null;
}

export interface Waiting<Message extends Waits> {
  /** Whether it waits; else it can be written now. */
  holds(message: Message): boolean;
  /** The message of that key is written, or never will be. Returns those that waited for nothing else. */
  settle(key: string): Message[];
  /** All that still wait. */
  rest(): Message[];
}

/** @param late keys of messages that stand behind one that speaks of them */
export function createWaiting<Message extends Waits>(late: ReadonlySet<string>): Waiting<Message> {
  const open = new Set(late);
  const held = new Map<string, Message[]>();
  let size = 0;

  function holds(message: Message): boolean {
    const key = [message.thread, message.reply].find((one) => one !== null && open.has(one));
    if (key == null || size + message.text.length > mostText) return false;
    size += message.text.length;
    // Who speaks of this one waits as well.
    if (message.key !== null) open.add(message.key);
    const others = held.get(key);
    if (others === undefined) held.set(key, [message]);
    else others.push(message);
    return true;
  }

  function release(messages: readonly Message[]): void {
    for (const { text } of messages) size -= text.length;
  }

  return {
    holds,
    settle(key) {
      if (!open.delete(key)) return [];
      const freed = held.get(key) ?? [];
      held.delete(key);
      release(freed);
      return freed.filter((message) => !holds(message));
    },
    rest() {
      const all = [...held.values()].flat();
      open.clear();
      held.clear();
      release(all);
      return all;
    },
  };
}
