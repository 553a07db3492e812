/** What was imported into a channel before, by whomever: found in the events themselves, so that nothing has to be remembered (spec/export.md, Twice). */
import type { Crypto, Store } from "@multichat/core/ports";
import { type ChannelId, type EventId, decodeContent, decodeHeader } from "@multichat/protocol";
import { bareText } from "./composing.ts";

/** Events read at once. */
const page = 512;
/** Of a hash: two of a hundred million messages have the same in one of a million channels. */
const nameBytes = 12;

export interface Known {
  /** The event it is here already, null: here, but gone again; undefined: not here. */
  find(message: Placed): EventId | null | undefined;
}

export interface Placed {
  source: string;
  author: string;
  at: number;
  text: string;
}

/** @param pause lets others go on */
export async function knownIn(store: Store, crypto: Crypto, channel: ChannelId, pause: () => Promise<void>): Promise<Known> {
  const known = new Map<string, EventId>();
  /** When those were written that were deleted, or disappeared: who deletes a message does not want it back. */
  const gone = new Set<number>();
  const name = ({ source, author, at, text }: Placed): string => {
    const hash = crypto.sha256(new TextEncoder().encode(JSON.stringify([source, author, at, bareText(text)])));
    return Buffer.from(hash.subarray(0, nameBytes)).toString("latin1");
  };
  for (let before: { hlc: bigint; id: EventId } | null = null; ; ) {
    const events = store.eventsBefore(channel, before, page);
    for (const { id, kind, header, payload } of events) {
      if (kind !== "imported") continue;
      const read = decodeHeader(header);
      const at = read.ok ? read.value.ext.get("at") : undefined;
      if (typeof at !== "number") continue;
      const written = payload === null ? null : decodeContent("imported", payload);
      if (written === null) gone.add(at);
      else if (written.ok) known.set(name({ source: written.value.source, author: written.value.author, at, text: written.value.text ?? "" }), id);
    }
    const last = events.at(-1);
    if (last === undefined || events.length < page) break;
    before = { hlc: last.hlc, id: last.id };
    await pause();
  }
  return { find: (message) => known.get(name(message)) ?? (gone.has(message.at) ? null : undefined) };
}
