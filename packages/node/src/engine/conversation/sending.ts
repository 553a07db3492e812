/** Writing messages (spec/local-api.md, `message.send`; spec/12-content.md). */
import { asStored, contentKind, nameMentions, slowFor } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { Commands, SendMore } from "@multichat/client/contract";
import { type ChannelId, type ContentPayload, type EventId, type FileEntry, encodeContent, limits } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import { Failure } from "../failure.ts";
import { entriesOf, requireSmall } from "../files/commands.ts";
import type { Space } from "../joining/spaces.ts";
import type { Draft } from "./author.ts";
import { writtenOf } from "./contents.ts";

type Send = Commands["message.send"];

export interface Sending {
  /** Several messages for one channel, in one transaction; each gets its own answer, and one bad one does not hold up the others. @throws Failure where none can be sent */
  send(channel: string, messages: readonly Send[0][]): (Send[1] | Failure)[];
  /** Before it is kept for later: that it could be sent as things are. @throws Failure */
  check(message: Send[0]): void;
  /** `@name` and `#channel` as tokens, where they name one. */
  withMentions(space: Space, text: string): string;
}

export function createSending(scope: Scope, store: Store): Sending {
  const { node, account } = scope;

  /** What there is to say to the first of several messages, and to the others. */
  function slowMode(found: Space, channel: ChannelId): { first: Failure | null; rest: Failure } {
    const at = node.present.channel(found, channel)!.writableAt;
    const pause = slowFor(scope.state(found), account, channel);
    const failure = (seconds: number): Failure => new Failure("slow-mode", `Slow mode: you can write here again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`);
    return { first: at === null ? null : failure(Math.max(1, Math.ceil((at - scope.now()) / 1000))), rest: failure(pause) };
  }

  function draftOf(found: Space, channel: ChannelId, message: Send[0]): Draft {
    scope.require(found, message.thread === undefined ? "send" : "reply", { channel });
    if (message.files !== undefined) scope.require(found, "attach", { channel });
    const payload = payloadOf(found, channel, message);
    const kind = message.thread === undefined ? "message" : "reply";
    const bytes = encodeContent(kind, payload as ContentPayload<"reply">);
    // What others would refuse must not be signed: it would leave a hole in this device's feed. Counted in characters it may have been short enough.
    if (bytes.length > limits.payload) throw new Failure("too-large", `A message holds at most ${limits.payload / 1024} KiB. Send the rest as another one.`);
    const valid = contentKind(kind).validate(bytes);
    if (!valid.ok) throw new Failure("bad-request", message.text.trim() === "" && message.files === undefined ? "There is nothing to send but white space." : `This cannot be sent: ${valid.error}.`);
    return {
      kind,
      payload: bytes,
      ...(message.expiresIn !== undefined && { expires: Math.floor(scope.now() + message.expiresIn) }),
    };
  }

  function payloadOf(found: Space, channel: ChannelId, { text, reply, thread, also, title, tags, files, once }: { text: string } & SendMore): ContentPayload<"message"> {
    return {
      ...(text.trim() !== "" || files === undefined ? { text: withMentions(found, text) } : {}),
      ...(reply !== undefined && { reply: shownIn(channel, reply) }),
      ...(thread !== undefined && { thread: rootIn(channel, thread) }),
      ...(also === true && thread !== undefined && { also: true }),
      ...(title !== undefined && { title }),
      ...(files !== undefined && { files: filesOf(found, files) }),
      ...(once === true && files !== undefined && { once: true }),
      ...(tags !== undefined && tags.length > 0 && { tags }),
    };
  }

  function filesOf(found: Space, drafts: NonNullable<SendMore["files"]>): FileEntry[] {
    const entries = entriesOf(node.files, drafts);
    requireSmall(scope.state(found), entries);
    return entries;
  }

  function shownIn(channel: ChannelId, id: string): EventId {
    const event = store.event(id as EventId);
    if (event?.channel !== channel || store.timelineEntry(event.id) === null) throw new Failure("not-found", "The message that is answered is not in this channel.");
    return event.id;
  }

  function rootIn(channel: ChannelId, id: string): EventId {
    const root = shownIn(channel, id);
    if (writtenOf(store.event(root)!)?.thread !== undefined) throw new Failure("bad-request", "A reply in a thread has no thread of its own.");
    return root;
  }

  function withMentions(found: Space, text: string): string {
    if (!text.includes("@") && !text.includes("#")) return text;
    const state = scope.state(found);
    const people = named([...state.members.keys()].map((id) => [node.people.person(id).name, `<@${id}>`]));
    const roles = named([...state.roles.values()].map(({ name, id }) => [name, `<@&${id}>`]));
    const channels = named([...state.channels.values()].map(({ name, id }) => [name, `<#${id}>`]));
    return nameMentions(nameMentions(text, "@", new Map([...roles, ...people, ["everyone", "<@everyone>"]])), "#", channels);
  }

  return {
    withMentions,
    check(message) {
      const { space: found, channel } = scope.channel(message.channel);
      draftOf(found, channel, message);
    },
    send(channelId, messages) {
      const { space: found, channel } = scope.channel(channelId);
      const over = node.privates.readOnly(found);
      if (over !== null) throw new Failure("read-only", over);
      const waiting = slowFor(scope.state(found), account, channel) === 0 ? null : slowMode(found, channel);
      const drafts = messages.map((message, i): Draft | Failure => {
        try {
          const draft = draftOf(found, channel, message);
          // In slow mode one of them at most goes out now.
          return (waiting === null ? null : i === 0 ? waiting.first : waiting.rest) ?? draft;
        } catch (error) {
          if (error instanceof Failure) return error;
          throw error;
        }
      });
      const good = drafts.filter((draft): draft is Draft => !(draft instanceof Failure));
      const { events, received } = node.author.write(found, channel, good);
      node.wrote(found, received);
      const shown = new Map(received.shown.map((entry) => [entry.id, entry]));
      const written = events.map((event) => {
        const entry = shown.get(event.id) ?? { channel, id: event.id, time: event.header.hlc, unread: false, late: false };
        return { message: node.present.message(found, { ...entry, event: asStored(found.id, event) }) };
      });
      return drafts.map((draft) => (draft instanceof Failure ? draft : written.shift()!));
    },
  };
}

/** By name in lower case; what two are called by means neither. */
function named(entries: readonly (readonly [name: string, token: string])[]): Map<string, string> {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const [name, token] of entries) {
    const key = name.toLowerCase();
    if (found.has(key)) twice.add(key);
    found.set(key, token);
  }
  for (const name of twice) found.delete(name);
  return found;
}
