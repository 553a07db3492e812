/** What this device told of, stored with the events it is about, so that nothing is told of twice (spec/14-notifications.md, The inbox). */
import type { Cause, Reason } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";

/** The oldest give way. */
const mostItems = 1_000;
const prefix = "inbox/";

export interface Item {
  /** The event's; of a request or report what it is named by. */
  id: string;
  cause: Cause;
  keyword: string | null;
  /** Only in the inbox, for this reason; null: shown. */
  quiet: Reason | null;
  /** When it was written, ms. */
  at: number;
  who: string | null;
  space: string | null;
  channel: string | null;
  thread: string | null;
  /** The message, or the one that was reacted to or reported. */
  message: string | null;
  /** Counts up: the order in which they came. */
  nr: number;
  sound: boolean;
  read: boolean;
}

export interface Inbox {
  get(id: string): Item | null;
  /** The newest first. */
  all(): Item[];
  unread(): number;
  /** Stores it, in the transaction that is open; it is here when `took` says that this has come to be. */
  store(item: Omit<Item, "nr" | "read">): Item;
  took(items: readonly Item[]): void;
  /** Answers whether it said something else before. */
  setRead(id: string, read: boolean): boolean;
  remove(ids: readonly string[]): string[];
}

export function createInbox(store: Store, now: () => number): Inbox {
  const items = new Map<string, Item>();
  for (const { value } of store.settings(prefix)) {
    const item = JSON.parse(value) as Item;
    items.set(item.id, item);
  }
  let last = Math.max(0, ...[...items.values()].map(({ nr }) => nr));
  let unread = [...items.values()].filter(({ read }) => !read).length;

  function put(item: Item): void {
    store.putSetting(prefix + item.id, JSON.stringify(item));
  }

  function forget(item: Item): void {
    store.putSetting(prefix + item.id, null);
    items.delete(item.id);
    if (!item.read) unread--;
  }

  /** Of those that are due nobody is told any more, but they go only when they are purged. */
  function unreadDue(): number {
    const at = now();
    const next = store.nextExpiry();
    if (next === null || next > at) return 0;
    const isDue = (id: string): boolean => (store.expiry(id as EventId) ?? at + 1) <= at;
    return [...items.values()].filter(({ id, message, read }) => !read && (isDue(id) || (message !== null && isDue(message)))).length;
  }

  return {
    get: (id) => items.get(id) ?? null,
    all: () => [...items.values()].sort((a, b) => b.nr - a.nr),
    unread: () => unread - unreadDue(),
    store(given) {
      const item: Item = { ...given, nr: ++last, read: false };
      put(item);
      return item;
    },
    took(taken) {
      for (const item of taken) {
        items.set(item.id, item);
        unread++;
      }
      if (items.size <= mostItems) return;
      const over = [...items.values()].sort((a, b) => a.nr - b.nr).slice(0, items.size - mostItems);
      store.transaction(() => over.forEach(forget));
    },
    setRead(id, read) {
      const item = items.get(id);
      if (item === undefined || item.read === read) return false;
      const next = { ...item, read };
      store.transaction(() => put(next));
      items.set(id, next);
      unread += read ? -1 : 1;
      return true;
    },
    remove(ids) {
      const found = ids.flatMap((id) => items.get(id) ?? []);
      if (found.length > 0) store.transaction(() => found.forEach(forget));
      return found.map(({ id }) => id);
    },
  };
}
