/** Which mail a thread began with, in whatever order the mails of a mailbox stand. */
import { limits } from "./limits.ts";

export interface MailThreads {
  /** @param references ids of mails, the oldest first */
  add(key: string, references: readonly string[], subject: string): void;
  /** Once all are added: the mail that it goes back to, itself where it answers none that is here. */
  rootOf(key: string): { key: string; subject: string };
}

export function createMailThreads(): MailThreads {
  const mails = new Map<string, { references: readonly string[]; subject: string }>();
  const roots = new Map<string, string>();

  function answeredBy(key: string): string | undefined {
    return mails.get(key)?.references.findLast((id) => id !== key && mails.has(id));
  }

  function find(key: string): string {
    const way = new Set<string>();
    let root = key;
    for (let next: string | undefined = key; next !== undefined; next = answeredBy(next)) {
      root = roots.get(next) ?? next;
      // Ids can be made up: two may answer each other.
      if (root !== next || way.has(next)) break;
      way.add(next);
    }
    for (const one of way) roots.set(one, root);
    return root;
  }

  return {
    add: (key, references, subject) =>
      void mails.set(key, { references: references.slice(-limits.mailReferences), subject }),
    rootOf(key) {
      const root = find(key);
      return { key: root, subject: mails.get(root)?.subject ?? "" };
    },
  };
}
