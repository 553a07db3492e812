/** The store under test, fresh for each test. */
import type { Store } from "@multichat/core/ports";
import { afterEach, beforeEach } from "vitest";

export interface StoreUnderTest {
  store: Store;
  /** Closes the store and opens it again from what it kept; absent where closing ends it. */
  reopen?: () => Store;
  dispose?: () => void;
}

export type MakeStore = () => StoreUnderTest;

export interface StoreSuiteOptions {
  /** Of each property; fewer where every store costs a few syncs of the disk. */
  runs?: number;
}

export interface Subject {
  readonly store: Store;
  /** The same store as a node would find it after a restart. */
  reopened(): Store;
}

/** A fresh store for each test. */
export function useStore(makeStore: MakeStore): Subject {
  let subject: StoreUnderTest;
  beforeEach(() => {
    subject = makeStore();
  });
  afterEach(() => {
    subject.store.close();
    subject.dispose?.();
  });
  return {
    get store() {
      return subject.store;
    },
    reopened() {
      if (subject.reopen !== undefined) subject.store = subject.reopen();
      return subject.store;
    },
  };
}
