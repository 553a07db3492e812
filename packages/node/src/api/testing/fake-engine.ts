/** An engine in memory, for tests of what stands in front of one: no rules, no peers, no disk. */
import type {
  Channel,
  CommandName,
  Invite,
  Join,
  Message,
  Params,
  Peer,
  Person,
  Push,
  Space,
  Status,
} from "@multichat/client/contract";
import type { CommandResult, EnginePort, EngineSession } from "../../engine/port.ts";
import { failure } from "../result.ts";
import { channelOf, fakeId, inviteOf, messageOf, spaceOf, statusOf } from "./fake-values.ts";

type Handler<C extends CommandName> = (
  params: Params<C>,
) => CommandResult<C> | Promise<CommandResult<C>>;
/** What is not here, the fake knows nothing of until a test answers it. */
type Handlers = { [C in CommandName]?: Handler<C> };

export interface FakeEngine extends EnginePort {
  readonly executed: { command: CommandName; params: Params<CommandName> }[];
  readonly openSessions: number;
  account: Person | null;
  readonly spaces: Space[];
  readonly channels: Channel[];
  readonly messages: Message[];
  readonly invites: Invite[];
  readonly joins: Join[];
  readonly peers: Peer[];
  status(): Status;
  /** Answers this command in another way from now on. */
  answer<C extends CommandName>(command: C, handler: Handler<C>): void;
  /** Reaches every session, watched or not. */
  push(...pushes: Push[]): void;
  addSpace(name: string): Space;
  addChannel(space: Space, name: string): Channel;
  addMessage(channel: Channel, text: string, more?: Partial<Message>): Message;
}

export function createFakeEngine(): FakeEngine {
  const sessions = new Set<(pushes: Push[]) => void>();
  const executed: FakeEngine["executed"] = [];

  const engine: FakeEngine = {
    executed,
    get openSessions() {
      return sessions.size;
    },
    account: null,
    spaces: [],
    channels: [],
    messages: [],
    invites: [],
    joins: [],
    peers: [],
    status: () => statusOf(engine.account, engine.peers),
    answer: (command, handler) => void Object.assign(handlers, { [command]: handler }),
    push(...pushes) {
      for (const hear of sessions) hear(pushes);
    },
    addSpace(name) {
      const space = spaceOf(name);
      engine.spaces.push(space);
      engine.addChannel(space, "general");
      return space;
    },
    addChannel(space, name) {
      const channel = channelOf(space.id, name);
      engine.channels.push(channel);
      return channel;
    },
    addMessage(channel, text, more = {}) {
      const author = engine.account ?? { id: fakeId("nobody"), name: "Nobody" };
      const message = { ...messageOf(channel, author, text, engine.messages.length), ...more };
      engine.messages.push(message);
      return message;
    },
    connect(onPushes): EngineSession {
      const hear = (pushes: Push[]): void => onPushes?.(pushes);
      sessions.add(hear);
      return {
        execute(command, params, answer) {
          executed.push({ command, params });
          const result =
            handlers[command]?.(params) ??
            failure("unknown-command", `The fake engine does not know ${command}.`);
          if (result instanceof Promise) void result.then(answer);
          else answer(result);
        },
        close: () => void sessions.delete(hear),
      };
    },
  };

  const handlers: Handlers = {
    "status.get": () => ok({ status: engine.status() }),
    "doctor.run": () =>
      ok({ ok: true, checks: [{ name: "engine", ok: true, detail: "It is a fake." }] }),
    "account.create": ({ name }) => {
      if (engine.account !== null) return failure("account-exists", "There is an account already.");
      engine.account = { id: fakeId(`account ${name}`), name };
      return ok({ account: engine.account });
    },
    "account.get": () => ok({ account: engine.account }),
    "account.phrase": () =>
      ok({ words: Array.from({ length: 24 }, (_, index) => `word${index + 1}`) }),
    "account.confirm-phrase": () => ok({}),
    "device.renew": () => ok({}),
    "space.create": ({ name }) => ok({ space: engine.addSpace(name) }),
    "space.list": () => ok({ spaces: engine.spaces }),
    "space.leave": ({ space }) => {
      const at = engine.spaces.findIndex(({ id }) => id === space);
      if (at === -1) return failure("not-found", "There is no such space here.");
      engine.spaces.splice(at, 1);
      return ok({});
    },
    "channel.create": ({ space, name, topic = "" }) => {
      const channel = { ...channelOf(space, name), topic };
      engine.channels.push(channel);
      return ok({ channel });
    },
    "channel.list": ({ space }) =>
      ok({ channels: engine.channels.filter((channel) => channel.space === space) }),
    "channel.topic": ({ channel: id }) => found(engine.channels, id, (channel) => ({ channel })),
    "member.list": () => ok({ members: [] }),
    "invite.create": ({ space, role = "member", expiresIn = 0, uses = 0 }) => {
      const invite = inviteOf(engine.account, role, expiresIn, uses, engine.invites.length);
      engine.invites.push(invite);
      return ok({ invite, link: `multichat://join/#${space.slice(0, 8)}secret` });
    },
    "invite.list": () => ok({ invites: engine.invites }),
    "invite.revoke": ({ invite: id }) =>
      found(engine.invites, id, (invite) => ({ invite: { ...invite, state: "revoked" } })),
    "invite.preview": () => failure("invite-garbled", "This is not an invite link."),
    "join.start": () => failure("invite-garbled", "This is not an invite link."),
    "join.list": () => ok({ joins: engine.joins }),
    "join.cancel": () => ok({}),
    "message.send": ({ channel: id, text }) =>
      found(engine.channels, id, (channel) => ({ message: engine.addMessage(channel, text) })),
    "message.list": ({ channel, before, after, limit = 50 }) => {
      const all = engine.messages.filter((message) => message.channel === channel);
      const range = all.filter(
        ({ position }) =>
          (before === undefined || position < before) && (after === undefined || position > after),
      );
      const messages = after === undefined ? range.slice(-limit) : range.slice(0, limit);
      return ok({
        messages,
        hasOlder: messages[0] !== all[0],
        hasNewer: messages.at(-1) !== all.at(-1),
      });
    },
    "message.delivery": () =>
      ok({ delivery: { stored: true, devices: 0, of: 0, has: [], waiting: [] } }),
    "read.mark": ({ channel: id }) => found(engine.channels, id, (channel) => ({ channel })),
    "peer.list": () => ok({ peers: engine.peers }),
    watch: () => ok({}),
  };

  return engine;
}

function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

function found<T extends { id: string }, R>(
  list: T[],
  id: string,
  use: (item: T) => R,
): { ok: true; value: R } | ReturnType<typeof failure> {
  const item = list.find((candidate) => candidate.id === id);
  return item === undefined
    ? failure("not-found", "There is nothing with this id here.")
    : ok(use(item));
}
