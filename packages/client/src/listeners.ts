/** Who wants to hear of what. */
import type { Push, PushName, Pushes } from "./contract/index.ts";

export type Unsubscribe = () => void;

export interface ListenerSet<T> {
  add(listener: (value: T) => void): Unsubscribe;
  tell(value: T): void;
}

export function createListenerSet<T>(): ListenerSet<T> {
  // Replaced, never changed: whoever is added while a value is being told does not hear that one.
  let listeners: readonly { hear: (value: T) => void }[] = [];
  return {
    add(hear) {
      // An entry of its own, so that one function may listen twice.
      const entry = { hear };
      listeners = [...listeners, entry];
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
    tell(value) {
      for (const { hear } of listeners) {
        try {
          hear(value);
        } catch (error) {
          // A listener's bug is reported as its own, and takes nothing away from the others.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}

export interface PushListeners {
  on: <P extends PushName>(push: P, listener: (data: Pushes[P]) => void) => Unsubscribe;
  tell(push: Push): void;
}

export function createPushListeners(): PushListeners {
  const all = createListenerSet<Push>();
  return {
    on: (name, listener) =>
      all.add((push) => {
        if (isNamed(push, name)) listener(push.data);
      }),
    tell: (push) => all.tell(push),
  };
}

function isNamed<P extends PushName>(
  push: Push,
  name: P,
): push is Push & { push: P; data: Pushes[P] } {
  return push.push === name;
}
