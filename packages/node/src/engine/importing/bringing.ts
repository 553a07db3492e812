/**
 * The second reading of an export: its messages become `imported` events (spec/12-content.md), many in one transaction. Those
 * that speak of others are written after them, for an event is called by its hash.
 */
import type { BlobStore } from "@multichat/core";
import type { Crypto, Store } from "@multichat/core/ports";
import type { ImportSummary } from "@multichat/client/contract";
import { type ChannelId, type EventId, type FileEntry, encodeContent, parseEventId } from "@multichat/protocol";
import type { ExportPlace, ImportedMessage } from "../../import/imported.ts";
import type { Scope } from "../command-scope.ts";
import type { Written } from "../conversation/author.ts";
import type { Space } from "../joining/spaces.ts";
import { attach } from "./attaching.ts";
import { authorName, textsOf } from "./composing.ts";
import { type Known, knownIn } from "./known.ts";
import type { Survey } from "./survey.ts";
import { createWaiting } from "./waiting.ts";

/** Of one transaction: each takes some tenths of a millisecond, and whoever writes meanwhile waits for all of them. */
const batchSize = 100;

/** A message, or a piece of one, that is about to be written. */
interface Next {
  key: string | null;
  channel: ChannelId;
  at: number;
  author: string;
  text: string;
  thread: string | null;
  reply: string | null;
  files: FileEntry[];
}

export interface Bringing {
  add(message: ImportedMessage, channel: ChannelId): Promise<void>;
  /** Writes what still waits. */
  end(): Promise<void>;
}

export function createBringing(deps: {
  scope: Scope;
  store: Store;
  crypto: Crypto;
  blobs: BlobStore;
  place: ExportPlace;
  space: Space;
  source: string;
  survey: Pick<Survey, "wanted" | "late">;
  summary: ImportSummary;
  /** Lets others go on; throws where this is to end. */
  pause(): Promise<void>;
}): Bringing {
  const { scope, store, space, source, summary } = deps;
  const { wanted, late } = deps.survey;
  const waiting = createWaiting<Next>(late);
  const known = new Map<ChannelId, Known>();
  const ids = new Map<string, { id: EventId; channel: ChannelId }>();
  const authors = new Set<string>();
  const lastOf = new Map<ChannelId, { at: number; placed: number }>();
  let batch: Next[] = [];

  /** Several of one millisecond, or minute, stay in their order. */
  function placed(channel: ChannelId, at: number): number {
    const last = lastOf.get(channel);
    const here = last !== undefined && at >= last.at && at <= last.placed ? last.placed + 1 : at;
    lastOf.set(channel, { at, placed: here });
    return here;
  }

  function remember(key: string | null, id: EventId, channel: ChannelId): void {
    if (key !== null && wanted.has(key) && !ids.has(key)) ids.set(key, { id, channel });
  }

  function there(key: string | null, channel: ChannelId): EventId | null {
    const found = key === null ? undefined : ids.get(key);
    return found?.channel === channel ? found.id : null;
  }

  /** Writes some in one go, all of one channel, and what they speak of is written or never will be. */
  function write(channel: ChannelId, some: readonly Next[]): Written {
    const drafts = some.map(({ at, author, text, thread, reply, files }) => {
      const root = there(thread, channel);
      const answered = there(reply, channel);
      const payload = { ...(text !== "" && { text }), author, source, ...(files.length > 0 && { files }), ...(root !== null && { thread: root }), ...(answered !== null && { reply: answered }) };
      return { kind: "imported", payload: encodeContent("imported", payload), ext: new Map([["at", at]]) };
    });
    const written = scope.node.author.write(space, channel, drafts);
    written.events.forEach(({ id }, i) => remember(some[i]!.key, id, channel));
    for (const { thread, reply } of some) {
      if (reply !== null && there(reply, channel) === null) summary.unlinked++;
      if (thread === null) continue;
      if (there(thread, channel) === null) summary.orphans++;
      else summary.replies++;
    }
    summary.messages += some.length;
    summary.channels.find(({ id }) => id === channel)!.messages += some.length;
    return written;
  }

  async function flush(): Promise<void> {
    const all = batch.splice(0, batchSize);
    const written = store.transaction(() => [...Map.groupBy(all, ({ channel }) => channel)].flatMap(([channel, some]) => {
      scope.require(space, "manage-integrations", { channel });
      const rounds: Written[] = [];
      for (let open = some; open.length > 0; ) {
        const coming = new Set(open.map(({ key }) => key));
        const waits = ({ key, thread, reply }: Next): boolean => [thread, reply].some((one) => one !== null && one !== key && coming.has(one) && !ids.has(one));
        const { ready = [], later = [] } = Object.groupBy(open, (one) => (waits(one) ? "later" : "ready"));
        // Where all wait for each other, none of them comes first.
        rounds.push(write(channel, ready.length > 0 ? ready : open));
        open = ready.length > 0 ? later : [];
      }
      return rounds;
    }));
    for (const { received } of written) scope.node.wrote(space, received);
    for (const { key } of all) settle(key);
    await deps.pause();
  }

  /** What waited for it is written next. */
  function settle(key: string | null): void {
    if (key !== null) batch.push(...waiting.settle(key));
  }

  return {
    async add(message, channel) {
      let here = known.get(channel);
      if (here === undefined) known.set(channel, (here = await knownIn(store, deps.crypto, channel, deps.pause)));
      const { key, thread = null, reply = null } = message;
      const own = key === null ? null : parseEventId(key);
      if (own !== null && store.event(own)?.channel === channel) {
        // It never left.
        remember(key, own, channel);
        settle(key);
        summary.already++;
        return;
      }
      const author = authorName(message.author);
      const attached = message.attached ?? [];
      const texts = textsOf(message);
      if (texts.length === 0 && attached.length > 0) texts.push("");
      const at = texts.map(() => placed(channel, message.at));
      const found = texts.map((text, i) => here.find({ source, author, at: at[i]!, text }));
      if (found[0] != null) remember(key, found[0], channel);
      if (found.every((one) => one !== undefined)) {
        settle(key);
        summary.already++;
        return;
      }
      authors.add(author);
      summary.authors = authors.size;
      if (texts.length > 1) summary.split++;
      if ((message.reactions ?? []).some(({ people }) => people.length > 0)) summary.reactions++;
      if (message.edited) summary.edited++;
      summary.files += message.files?.length ?? 0;
      const files = found[0] === undefined ? await attach(deps.blobs, deps.place, attached) : [];
      texts.forEach((text, i) => {
        if (found[i] !== undefined) return;
        const next: Next = { key: i === 0 ? key : null, channel, at: at[i]!, author, text, thread, reply: i === 0 ? reply : null, files: i === 0 ? files : [] };
        if (!waiting.holds(next)) batch.push(next);
      });
      while (batch.length >= batchSize) await flush();
    },
    async end() {
      while (batch.length > 0) await flush();
      batch = waiting.rest();
      while (batch.length > 0) await flush();
    },
  };
}
