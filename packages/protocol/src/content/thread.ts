/** The name of a thread's timeline (spec/12-content.md, Threads). */
import { type EventId, type ThreadId, idFromBytes, idToBytes } from "../ids.ts";
import { concat, labels } from "../labels.ts";

/** `root`: the message that the thread hangs on. `sha256` is passed in: this package has no cryptography of its own. */
export function threadId(root: EventId, sha256: (bytes: Uint8Array) => Uint8Array): ThreadId {
  return idFromBytes<ThreadId>(sha256(concat(labels.thread, idToBytes(root))));
}
