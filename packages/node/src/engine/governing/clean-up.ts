/** Cleaning up after a raid in one action (spec/local-api.md): who came in is banned, and what they wrote is deleted. */
import { may } from "@multichat/core";
import type { Store } from "@multichat/core/ports";
import type * as api from "@multichat/client/contract";
import { type AccountId, type ChannelId, type EventId, encodeContent, hlcAt } from "@multichat/protocol";
import { draft } from "../conversation/author.ts";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Space } from "../joining/spaces.ts";

/** Events written in one transaction: enough for most raids at once, few enough that typing goes on. */
const writtenAtOnce = 256;

interface Plan {
  accounts: AccountId[];
  spared: AccountId[];
  messages: Map<ChannelId, EventId[]>;
}

export function createCleanUpCommands(scope: Scope, store: Store) {
  const { node } = scope;

  function plan(space: Space, { accounts, invite, since }: api.Params<"moderation.preview">): Plan {
    if ((accounts === undefined) === (invite === undefined)) throw new Failure("bad-request", "Say either which accounts, or by which invite they came in.");
    scope.require(space, "ban");
    scope.require(space, "manage-messages");
    const state = scope.state(space);
    const found = invite === undefined ? undefined : state.invites.get(invite as EventId);
    if (invite !== undefined && found === undefined) throw new Failure("not-found", "There is no such invite here.");
    const all = [...new Set(found?.admitted ?? (accounts as AccountId[]))].filter((one) => one !== scope.account);
    const junior = all.filter((target) => may(state, scope.account, "ban", { target: { account: target } }).allowed);
    return { accounts: junior, spared: all.filter((one) => !junior.includes(one)), messages: messagesOf(space, new Set(junior), since) };
  }

  function messagesOf(space: Space, accounts: ReadonlySet<AccountId>, since: number): Plan["messages"] {
    const state = scope.state(space);
    const devices = [...state.bindingsOf].filter(([, bindings]) => bindings.some(({ account }) => accounts.has(account))).map(([device]) => device);
    const from = hlcAt(since);
    const messages = new Map<ChannelId, EventId[]>();
    for (const channel of state.channels.keys()) {
      const ids = devices.flatMap((device) =>
        store
          .feedEvents(channel, device, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
          .filter((event) => event.hlc >= from && event.kind !== "delete" && node.governance.deletes.of(space, event) === null)
          .map(({ id }) => id),
      );
      if (ids.length > 0) messages.set(channel, ids);
    }
    return messages;
  }

  function summary({ accounts, spared, messages }: Plan): api.CleanUp {
    return {
      accounts: accounts.map((one) => node.people.person(one)),
      messages: [...messages.values()].reduce((sum, ids) => sum + ids.length, 0),
      channels: messages.size,
      spared: spared.map((one) => node.people.person(one)),
    };
  }

  function inParts<T>(list: readonly T[], work: (part: T[]) => void): void {
    for (let at = 0; at < list.length; at += writtenAtOnce) work(list.slice(at, at + writtenAtOnce));
  }

  return {
    "moderation.preview": (params) => ({ cleanUp: summary(plan(scope.space(params.space), params)) }),
    "moderation.cleanup": ({ override, ...params }) => {
      const space = scope.space(params.space);
      const planned = plan(space, params);
      scope.requireFresh(space, "these people", override);
      const invite = params.invite as EventId | undefined;
      const bans = planned.accounts.filter((account) => scope.state(space).departed.get(account)?.how !== "banned").map((account) => draft("ban", { account, until: 0 }));
      const closing = invite !== undefined && !scope.state(space).invites.get(invite)!.revoked ? [draft("invite.revoke", { invite })] : [];
      // The door first, then who came in, then what they left.
      inParts([...closing, ...bans], (drafts) => scope.write(space, drafts));
      for (const [channel, ids] of planned.messages) {
        inParts(ids, (targets) => {
          const { received } = node.author.write(space, channel, targets.map((target) => ({ kind: "delete", payload: encodeContent("delete", { target }) })));
          node.wrote(space, received);
        });
      }
      return { cleanUp: summary(planned) };
    },
  } satisfies Handlers;
}
