/**
 * A part of the app in a file of its own, fetched when it is first shown or, before that, while nothing else is to do; and
 * with the first of them the words that the first paint does not say.
 * Unlike React's `lazy` it shows at once when it is there already, and can be tried again when it could not be fetched.
 */
import { createElement, use, type ComponentType, type ReactNode } from "react";
import { speakFully } from "../i18n/messages.ts";

export interface Part<Props> {
  (props: Props): ReactNode;
  fetch(): Promise<unknown>;
}

/** It could not be fetched, most likely because Multichat is not running. `forget` lets the next attempt be made. */
export class PartMissing extends Error {
  readonly forget: () => void;
  constructor(forget: () => void, cause: unknown) {
    super("A part of the app could not be fetched", { cause });
    this.forget = forget;
  }
}

export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): Part<Props> {
  let coming: Promise<ComponentType<Props>> | null = null;
  const forget = () => {
    coming = null;
  };
  const fetch = () => {
    if (coming) return coming;
    const fetched = Promise.all([load(), speakFully()]).then(
      ([View]) => {
        // So that React need not wait for what is here.
        void Object.assign(fetched, { status: "fulfilled", value: View });
        return View;
      },
      (cause: unknown) => {
        throw new PartMissing(forget, cause);
      },
    );
    coming = fetched;
    return fetched;
  };
  const Shown = (props: Props) => createElement(use(fetch()), props);
  return Object.assign(Shown, { fetch });
}

/** Fetches parts ahead of time; one that cannot be had is left for when it is asked for. */
export async function fetchAhead(parts: readonly Pick<Part<never>, "fetch">[]): Promise<void> {
  for (const { fetch } of parts) {
    try {
      await fetch();
    } catch (error) {
      if (!(error instanceof PartMissing)) throw error;
      error.forget();
      return;
    }
  }
}
