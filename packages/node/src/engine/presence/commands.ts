/** The commands about presence, writing and receipts (spec/local-api.md). */
import type { Chosen } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type { PresenceSettings } from "@multichat/client/contract";
import { type AccountId, type ChannelId, type SpaceId, decodeHeader, decodeStatus, encodeStatus, parseAccountId, parseEventId } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";

export function createPresenceCommands(scope: Scope, store: Store) {
  const { node } = scope;
  const { presence, people, trust } = node;
  const { choices } = presence;

  function known(id: string): AccountId {
    const account = parseAccountId(id);
    if (account === null || !trust.identities.isKnown(account)) throw new Failure("not-found", "There is nobody here with this id.");
    return account;
  }

  function settings(): PresenceSettings {
    const now = choices.get();
    return {
      visibility: now.general,
      lastSeen: now.isOn("lastSeen"),
      typing: now.isOn("typing"),
      receipts: now.isOn("receipts"),
      spaces: [...now.spaces].map(([space, visibility]) => ({ space, visibility })),
      people: [...now.accounts].map(([account, show]) => ({ person: people.person(account), show })),
    };
  }

  function requireFuture(until: number): void {
    if (until !== 0 && until <= scope.now()) throw new Failure("bad-request", "That time has passed already.");
  }

  return {
    "presence.get": () => ({ own: presence.own() }),
    "presence.set": ({ state, until = 0, status }) => {
      requireFuture(until);
      if (status != null) {
        requireFuture(status.until);
        const read = decodeStatus(encodeStatus(status));
        if (!read.ok) throw new Failure("bad-request", `This cannot be a status: ${read.error.replace(/^status: /, "")}.`);
      }
      const isEmpty = status != null && status.emoji === null && status.text === null && status.away === null;
      if (status !== undefined) choices.setStatus(isEmpty ? null : status);
      if (state !== undefined) {
        choices.choose(state === "online" ? null : ({ state, until } satisfies Chosen));
        // Whoever says that they are there, is.
        if (state === "online") presence.active();
      }
      presence.publishStatus();
      return { own: presence.own() };
    },
    "presence.active": () => {
      presence.active();
      return {};
    },
    "presence.watch": ({ accounts }, listener) => {
      const found = accounts.flatMap((id) => parseAccountId(id) ?? []).filter((id) => trust.identities.isKnown(id));
      presence.looking.watch(listener, found);
      return { people: found.map(presence.of) };
    },
    "presence.settings": () => ({ settings: settings() }),
    "presence.set-settings": ({ visibility, lastSeen, typing, receipts, spaces = [], people: exceptions = [] }) => {
      const named = exceptions.map(({ account, show }) => [known(account), show] as const);
      for (const { space, visibility: there } of spaces) choices.setIn(scope.space(space).id satisfies SpaceId, there);
      for (const [account, show] of named) choices.setFor(account, show);
      if (visibility !== undefined) choices.setGeneral(visibility);
      if (lastSeen !== undefined) choices.turn("lastSeen", lastSeen);
      if (typing !== undefined) choices.turn("typing", typing);
      if (receipts !== undefined) choices.turn("receipts", receipts);
      return { settings: settings() };
    },
    "typing.set": ({ channel: id, thread, state }) => {
      const { space, channel } = scope.channel(id);
      const root = thread === undefined ? null : parseEventId(thread);
      if (root !== null && store.event(root)?.channel !== (channel as ChannelId)) throw new Failure("not-found", "There is no such message in this channel.");
      presence.write(space, channel, root, state);
      return {};
    },
    "message.seen": ({ message }) => {
      const id = parseEventId(message);
      const event = id === null ? null : store.event(id);
      const space = event === null ? null : node.spaces.get(event.space);
      const state = space?.replica.state();
      const header = event === null ? null : decodeHeader(event.header);
      if (event === null || space === null || state == null || !header?.ok) throw new Failure("not-found", "There is no such message here.");
      const author = state.grants.get(header.value.auth)?.account ?? null;
      const seen = presence.receipts.seenBy(space, event.id, author);
      const of = [...state.members.keys()].filter((member) => member !== scope.account && member !== author).length;
      return { seen: { available: seen !== null, people: (seen ?? []).map(people.person), of } };
    },
  } satisfies Handlers;
}
