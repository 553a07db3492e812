/** What is done with messages once they are written: edits, reactions, pins, threads, polls and lists (spec/local-api.md; spec/12-content.md). */
import { type Needs, contentKind, may, needsOf } from "@multichat/core";
import type { Store, StoredEvent } from "@multichat/core/ports";
import type { Mention, Message, Thread } from "@multichat/client/contract";
import {
  type AccountId,
  type ChannelId,
  type ContentKindName,
  type ContentPayload,
  type EventId,
  type FileEntry,
  FormatError,
  decodeHeader,
  encodeContent,
  hlcTime,
  isContentKind,
  limits,
} from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import { requireSmall } from "../files/commands.ts";
import type { Space } from "../joining/spaces.ts";
import { saidOf, writtenOf } from "./contents.ts";
import type { Sending } from "./sending.ts";

/** Of one channel or workspace, in one answer. */
const listLength = { pins: 500, threads: 100, versions: 500, saved: 500 } as const;
export function createContentCommands(scope: Scope, store: Store, sending: Pick<Sending, "withMentions">) {
  const { node, account } = scope;

  /** A message that is shown here. @throws Failure */
  function found(id: string, readable = false): { space: Space; event: StoredEvent; author: AccountId | null } {
    const event = store.event(id as EventId);
    if (event === null || store.timelineEntry(event.id) === null) throw new Failure("not-found", "There is no such message here.");
    const { space } = readable ? scope.readableChannel(event.channel) : scope.channel(event.channel);
    const header = decodeHeader(event.header);
    return { space, event, author: header.ok ? (scope.state(space).grants.get(header.value.auth)?.account ?? null) : null };
  }

  /** The same, of which something can still be said. */
  function standing(id: string): ReturnType<typeof found> {
    const one = found(id);
    if (one.event.payload === null || node.governance.deletes.of(one.space, one.event) !== null) throw new Failure("not-found", "This message is gone.");
    return one;
  }

  function present(space: Space, id: EventId): Message {
    return node.present.message(space, { ...store.timelineEntry(id)!, event: store.event(id)! });
  }

  function requireOne(space: Space, channel: ChannelId, needs: Needs): void {
    for (const group of needs) {
      const answers = group.map((permission) => may(scope.state(space), account, permission, { channel, at: scope.now() }));
      const first = answers.find(({ allowed }) => !allowed);
      if (!answers.some(({ allowed }) => allowed) && first !== undefined && !first.allowed) throw new Failure("not-allowed", first.why);
    }
  }

  /** Writes one event and answers with the message it is about, or with itself. @throws Failure */
  function write<K extends ContentKindName>(space: Space, channel: ChannelId, kind: K, payload: ContentPayload<K>, expires?: number): EventId {
    const over = node.privates.readOnly(space);
    if (over !== null) throw new Failure("read-only", over);
    requireOne(space, channel, needsOf({ kind, ext: new Map() }));
    const bytes = encoded(kind, payload);
    if (bytes.length > limits.payload) throw new Failure("too-large", `A message holds at most ${limits.payload / 1024} KiB.`);
    const { events, received } = node.author.write(space, channel, [{ kind, payload: bytes, ...(expires !== undefined && { expires }) }]);
    node.wrote(space, received);
    return events[0]!.id;
  }

  /** The kind says what fits; what comes from outside may be anything. */
  function encoded<K extends ContentKindName>(kind: K, payload: ContentPayload<K>): Uint8Array {
    try {
      const bytes = encodeContent(kind, payload);
      const valid = contentKind(kind).validate(bytes);
      if (valid.ok) return bytes;
      throw new Failure("bad-request", `This cannot be sent: ${valid.error}.`);
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError || error instanceof FormatError) throw new Failure("bad-request", `This is not a ${kind}.`);
      throw error;
    }
  }

  function setReaction(message: string, emoji: string, on: boolean): Message {
    const { space, event } = standing(message);
    const before = saidOf([store.annotation(event, "reaction", account, emoji)], "reaction")[0]?.payload.on ?? false;
    if (before !== on) {
      if (on && store.standing(event, "reaction", account, limits.reactionsOfOne).length >= limits.reactionsOfOne) throw new Failure("bad-request", `You have reacted with ${limits.reactionsOfOne} emoji already. Take one back first.`);
      write(space, event.channel, "reaction", { target: event.id, emoji, on });
    }
    return present(space, event.id);
  }

  function setPin(message: string, on: boolean): Message {
    const { space, event } = standing(message);
    if ((node.contents.pin(event) !== null) !== on) write(space, event.channel, "pin", { target: event.id, on });
    return present(space, event.id);
  }

  function edit(message: string, text: string, title: string | undefined, tags: string[] | undefined): Message {
    const { space, event, author } = standing(message);
    if (author !== account) throw new Failure("not-allowed", "Only its author changes a message.");
    const written = writtenOf(event);
    if (written === null || written.forward !== undefined) throw new Failure("bad-request", "This cannot be changed.");
    const now = node.contents.edit(event, account)?.payload ?? { text: written.text ?? "", title: written.title, tags: written.tags };
    const next = { text, title: title ?? now.title, tags: tags ?? now.tags };
    if (next.text !== now.text || next.title !== now.title || next.tags?.join("\n") !== now.tags?.join("\n")) {
      write(space, event.channel, "edit", {
        target: event.id,
        text: sending.withMentions(space, text),
        ...(next.title !== undefined && { title: next.title }),
        ...(next.tags !== undefined && next.tags.length > 0 && { tags: [...next.tags] }),
      });
    }
    return present(space, event.id);
  }

  function versions(message: string): { text: string; mentions: Mention[]; at: number }[] {
    const { space, event, author } = found(message, true);
    const written = writtenOf(event);
    if (written === null) return [];
    const edits = author === null ? [] : saidOf(store.annotationsBy(event, "edit", author, listLength.versions), "edit");
    const all = [{ text: written.text ?? "", at: hlcTime(event.hlc) }, ...edits.map(({ payload, hlc }) => ({ text: payload.text, at: hlcTime(hlc) })).toSorted((a, b) => a.at - b.at)];
    return all.map(({ text, at }) => ({ text, mentions: node.contents.mentions(space, text), at }));
  }

  function forward(message: string, to: string): Message {
    const { space, event, author } = found(message, true);
    const target = scope.channel(to);
    const written = writtenOf(event);
    if (written === null || author === null || node.governance.deletes.of(space, event) !== null) throw new Failure("bad-request", "This cannot be forwarded.");
    if (written.once === true) throw new Failure("bad-request", "What is looked at once cannot be forwarded.");
    const header = decodeHeader(event.header);
    // Whoever is called in it is called only once, and by a name that is understood elsewhere.
    const text = node.contents.plainText(space, event);
    const files = forwardedFiles(target, written.files ?? []);
    const first = written.forward ?? [event.id, author, hlcTime(event.hlc)];
    const expires = (header.ok ? node.expiry.of(space, header.value) : null) ?? undefined;
    const id = write(target.space, target.channel, "message", { ...(text !== "" && { text }), ...(files.length > 0 && { files }), forward: first }, expires);
    return present(target.space, id);
  }

  /** Members there have them from here. A small picture that is not here is made of the large one where it is looked at. */
  function forwardedFiles({ space, channel }: ReturnType<Scope["channel"]>, entries: readonly FileEntry[]): FileEntry[] {
    if (entries.length === 0) return [];
    scope.require(space, "attach", { channel });
    requireSmall(scope.state(space), entries);
    const missing = entries.find(([, , , blob]) => node.files.size(blob) === null);
    if (missing !== undefined) throw new Failure("not-found", `${missing[0]} is not here yet. Fetch it, then forward the message.`);
    return entries.map(([name, type, size, blob, { thumb, ...shape }]) => [name, type, size, blob, thumb === undefined || node.files.size(thumb[0]) === null ? shape : { ...shape, thumb }]);
  }

  function threads(id: string): Thread[] {
    const space = scope.readable(id);
    const roots = [...scope.state(space).channels.keys()].flatMap((channel) => store.annotated(channel, "reply", listLength.threads));
    return roots
      .flatMap((root): Thread[] => {
        const event = store.event(root);
        if (event === null || store.timelineEntry(root) === null) return [];
        const summary = node.contents.thread(event);
        if (summary === null) return [];
        const message = present(space, root);
        return [{ root: message, summary, following: message.own || store.annotation(event, "reply", account, "") !== null }];
      })
      .sort((a, b) => b.summary.lastAt - a.summary.lastAt)
      .slice(0, listLength.threads);
  }

  /** This message and all after it, those of others. */
  function unmark(message: string): void {
    const entry = store.timelineEntry(found(message, true).event.id)!;
    node.reading.back(entry.channel, store.timeline(entry.channel, { before: entry }, 1)[0] ?? null);
  }

  return {
    "message.get": ({ message }) => {
      const { space, event } = found(message, true);
      return { message: present(space, event.id) };
    },
    "message.edit": ({ message, text, title, tags }) => ({ message: edit(message, text, title, tags) }),
    "message.history": ({ message }) => ({ versions: versions(message) }),
    "message.forward": ({ message, channel }) => ({ message: forward(message, channel) }),
    "reaction.set": ({ message, emoji, on }) => ({ message: setReaction(message, emoji, on) }),
    "pin.set": ({ message, on }) => ({ message: setPin(message, on) }),
    "pin.list": ({ channel: id }) => {
      const { space, channel } = scope.readableChannel(id);
      const pinned = store.annotated(channel, "pin", listLength.pins).filter((target) => store.timelineEntry(target) !== null);
      return { messages: pinned.map((target) => present(space, target)).filter((message) => message.pinned !== null).sort((a, b) => b.pinned!.at - a.pinned!.at) };
    },
    "save.set": ({ message, on }) => {
      const { space, event } = found(message, true);
      node.own.set(`saved/${event.id}`, on ? String(scope.now()) : null);
      return { message: present(space, event.id) };
    },
    "save.list": () => {
      const saved = node.own.entries("saved/").sort((a, b) => Number(b.value) - Number(a.value));
      const messages = saved.slice(0, listLength.saved).flatMap(({ key }) => {
        const event = store.event(key.slice("saved/".length) as EventId);
        const space = event === null || store.timelineEntry(event.id) === null ? null : node.spaces.get(event.space);
        return space === null || space.replica.state() === null ? [] : [present(space, event!.id)];
      });
      return { messages };
    },
    "thread.list": ({ space }) => ({ threads: threads(space) }),
    "read.unmark": ({ message }) => {
      unmark(message);
      return {};
    },
    "content.create": ({ channel: id, kind, value }) => {
      const { space, channel } = scope.channel(id);
      const { view } = contentKind(kind);
      if (view === null || !isContentKind(kind)) throw new Failure("bad-request", `There is no kind "${kind}" that can be made so.`);
      const bare = value as Omit<ContentPayload<typeof kind>, "text">;
      const text = describe(() => view.text(bare), kind);
      return { message: present(space, write(space, channel, kind, { ...bare, text } as ContentPayload<typeof kind>)) };
    },
    "content.annotate": ({ message, kind, value }) => {
      const { space, event } = standing(message);
      const target = contentKind(event.kind);
      if (target.view === null || target.view.of !== kind || !isContentKind(kind)) throw new Failure("bad-request", `"${kind}" says nothing about this.`);
      const payload = { ...value, target: event.id } as unknown as ContentPayload<typeof kind>;
      const of = target.validate(event.payload!);
      encoded(kind, payload);
      const refused = of.ok ? target.view.refuses(of.value as never, payload, node.contents.viewing()) : "It is not whole.";
      if (refused !== null) throw new Failure("bad-request", refused);
      write(space, event.channel, kind, payload);
      return { message: present(space, event.id) };
    },
  } satisfies Handlers;
}

/** What a kind makes of a value that may be anything. */
function describe(make: () => string, kind: string): string {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) throw new Failure("bad-request", `This is not a ${kind}.`);
    throw error;
  }
}
