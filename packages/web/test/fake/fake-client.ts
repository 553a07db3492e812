/** The local API in memory: enough of it to use the app by hand and in tests. */
import type { Client, ClientState } from "@multichat/client";
import type { CommandName, Commands, Id, Message, PushName, Pushes } from "@multichat/client/contract";
import { answering, content, oneMore, timelineOf } from "./content.ts";
import { FakeError } from "./fake-error.ts";
import { files, fileViews } from "./files.ts";
import { governing, type Handlers } from "./governing.ts";
import { notifications } from "./notifications.ts";
import { keeping } from "./keeping.ts";
import { peopleAndDevices } from "./people-and-devices.ts";
import { presence } from "./presence.ts";
import { addChannel, addSpace, idOf, now, type World } from "./world.ts";
import { ownMessage, writing } from "./writing.ts";

export interface FakeClient extends Client {
  world: World;
  push<P extends PushName>(name: P, data: Pushes[P]): void;
  setState(state: ClientState): void;
  /** From here on answers wait until `release`. */
  hold(): void;
  release(): void;
  /** Refuses to store messages. */
  failSends: boolean;
  calls: { command: CommandName; params: unknown }[];
}

const words = "abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual".split(" ");

export function createFakeClient(world: World, initial: ClientState = "open"): FakeClient {
  const listeners = new Map<string, Set<(data: never) => void>>();
  const stateListeners = new Set<(state: ClientState) => void>();
  let state = initial;
  let sent = 0;
  let held: PromiseWithResolvers<void> | null = null;

  const findMessage = (id: Id): Message => {
    const message = Object.values(world.messages).flat().find((candidate) => candidate.id === id);
    if (!message) throw new FakeError("not-found", "There is no such message.");
    return message;
  };

  const handlers: Handlers = {
    ...governing(world),
    ...notifications((wake) => client.push("wake", wake)),
    ...presence(world, (own) => client.push("own-presence", own)),
    ...content(world, (message) => tell(message)),
    ...writing(world, (message) => tell(message)),
    ...files(world, (message) => tell(message), (blob, state) => client.push("file", { blob, state })),
    ...keeping(world, (key, value) => client.push("own", { key, value })),
    "status.get": () => ({ status: world.status }),
    "doctor.run": () => ({
      ok: false,
      checks: [
        { name: "Data folder", ok: true, detail: "Readable and writable, 212 GB free." },
        { name: "Clock", ok: false, detail: "4 minutes ahead of the members’ clocks. Switch automatic time on." },
      ],
    }),
    "account.create": ({ name }) => {
      world.status = { ...world.status, account: { id: idOf(name), name }, phraseUnsaved: true };
      return { account: world.status.account! };
    },
    "account.phrase": () => ({ words }),
    "account.confirm-phrase": (params) => {
      if (params.words.some(({ position, word }) => words[position] !== word)) {
        throw new FakeError("phrase-mismatch", "These are not the words at these places. Look at your notes and try again.");
      }
      return {};
    },
    "space.create": ({ name }) => {
      const space = addSpace(world, { name }, []);
      addChannel(world, space, { name: "general" });
      return { space };
    },
    "space.list": () => {
      if (!world.status.account) throw new FakeError("no-account", "There is no account here yet. Create one first.");
      return { spaces: world.spaces };
    },
    "space.leave": ({ space }) => gone(space),
    "space.forget": ({ space }) => gone(space),
    "person.list": () => {
      const people = new Map(Object.values(world.members).flat().map((member) => [member.id, member]));
      return { people: [...people.values()].map((member) => ({ ...member, vouches: [], spaces: [] })) };
    },
    "channel.list": ({ space }) => ({ channels: world.channels.filter((channel) => channel.space === space) }),
    "channel.create": ({ space, name, topic = "", type = "text" }) => ({
      channel: addChannel(world, world.spaces.find(({ id }) => id === space)!, { name, topic, type }),
    }),
    "channel.topic": ({ channel, topic }) => ({
      channel: Object.assign(world.channels.find(({ id }) => id === channel)!, { topic }),
    }),
    "member.list": ({ space }) => ({ members: world.members[space] ?? [] }),
    "invite.list": ({ space }) => ({ invites: world.invites[space] ?? [] }),
    "invite.create": ({ space, expiresIn, uses }) => {
      const link = `multichat://join/#${"Q7rT0bWc4HkZp2_x-Y9aLm3vN8sDfGjE".repeat(9)}`;
      const invite = {
        id: idOf(`invite ${sent++}`),
        role: "Member",
        createdBy: world.status.account!,
        createdAt: now,
        expires: expiresIn ? now + expiresIn : 0,
        maxUses: uses ?? 0,
        uses: 0,
        state: "open" as const,
        link,
      };
      world.invites[space] = [...(world.invites[space] ?? []), invite];
      return { invite, link };
    },
    "invite.preview": ({ link }) => {
      if (!link.startsWith("multichat://join/#")) throw new FakeError("invite-garbled", "Garbled.");
      return { preview: { space: { id: idOf("chess"), name: "Chess Club Lisbon" }, inviter: "Alice Fernandes", addresses: 3, member: false } };
    },
    "join.list": () => ({ joins: world.joins }),
    "join.cancel": () => ({}),
    "message.send": ({ channel, text, ...more }) => {
      if (world.status.account === null || failing()) throw new FakeError("disk-full", "The disk is full, so the message could not be stored. Free some space and send it again.");
      const list = world.messages[channel] ?? [];
      const message = ownMessage(world, { channel, text, files: fileViews(more.files), once: more.once ? { looked: false } : null, ...answering(world, channel, more) });
      world.messages[channel] = [...list, message];
      const root = list.find(({ id }) => id === message.thread);
      if (root) tell(Object.assign(root, { replies: oneMore(root.replies, message) }));
      return { message };
    },
    "message.list": ({ channel, thread, before, after, limit = 50 }) => {
      const all = timelineOf(world, channel, thread);
      if (after !== undefined) {
        const from = all.findIndex((message) => message.position > after);
        const page = from === -1 ? [] : all.slice(from, from + limit);
        return { messages: page, hasOlder: true, hasNewer: from !== -1 && from + limit < all.length };
      }
      const end = before === undefined ? all.length : all.findIndex((message) => message.position >= before);
      const start = Math.max(0, end - limit);
      return { messages: all.slice(start, end), hasOlder: start > 0, hasNewer: end < all.length };
    },
    "message.delivery": ({ message }) => {
      const { delivery, space } = findMessage(message);
      const others = (world.members[space] ?? []).filter((member) => !member.you);
      const split = delivery!.devices === delivery!.of ? others.length : Math.ceil(others.length / 2);
      const named = others.map((member) => ({ person: { id: member.id, name: member.name }, devices: member.devices }));
      return { delivery: { ...delivery!, has: named.slice(0, split), waiting: named.slice(split) } };
    },
    "read.mark": ({ channel, thread, message }) => {
      const found = world.channels.find(({ id }) => id === channel)!;
      const root = thread && findMessage(thread);
      if (!root) Object.assign(found, { unread: 0, readUpTo: message });
      else if (root.replies) {
        found.threadsUnread -= root.replies.unread;
        tell(Object.assign(root, { replies: { ...root.replies, unread: 0 } }));
      }
      return { channel: { ...found } };
    },
    "peer.list": () => ({ peers: world.peers }),
    watch: () => ({}),
    "device.renew": () => ({}),
    ...peopleAndDevices(world, {
      people: () => {
        for (const [space, members] of Object.entries(world.members)) client.push("members", { space, members: structuredClone(members) });
        client.push("people", { requests: 0 });
      },
      status: () => client.push("status", world.status),
    }),
  };

  /** To every timeline it has a place in. */
  const tell = (message: Message) => {
    const { channel, thread, also } = message;
    if (thread) client.push("messages", { channel, thread, messages: [structuredClone(message)] });
    if (!thread || also) client.push("messages", { channel, thread: null, messages: [structuredClone(message)] });
  };
  const failing = () => client.failSends;
  const gone = (space: Id) => {
    world.spaces = world.spaces.filter(({ id }) => id !== space);
    return {};
  };

  const client: FakeClient = {
    world,
    hold() {
      held = Promise.withResolvers();
    },
    release() {
      held?.resolve();
      held = null;
    },
    failSends: false,
    calls: [],
    get state() {
      return state;
    },
    async call<C extends CommandName>(command: C, params: Commands[C][0]): Promise<Commands[C][1]> {
      client.calls.push({ command, params });
      await held?.promise;
      const handler = handlers[command] as ((params: Commands[C][0]) => Commands[C][1]) | undefined;
      if (!handler) throw new FakeError("unknown-command", `The fake does not know ${command}.`);
      return structuredClone(handler(params));
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (data: never) => void));
      return () => set.delete(listener as (data: never) => void);
    },
    onState(listener) {
      stateListeners.add(listener);
      listener(state);
      return () => stateListeners.delete(listener);
    },
    push(name, data) {
      for (const listener of listeners.get(name) ?? []) (listener as (value: typeof data) => void)(data);
    },
    setState(next) {
      state = next;
      for (const listener of stateListeners) listener(next);
    },
    close: () => undefined,
  };
  return client;
}
