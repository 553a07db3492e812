/** Taking messages back, and reporting them (spec/local-api.md). */
import { grantsAt } from "@multichat/core";
import type { Store, StoredEvent } from "@multichat/core/ports";
import type { Message } from "@multichat/client/contract";
import { type AccountId, type EventId, decodeHeader, encodeContent } from "@multichat/protocol";
import type { Scope } from "../command-scope.ts";
import type { Handlers } from "../commands.ts";
import { Failure } from "../failure.ts";
import type { Reports } from "../governing/reports.ts";
import type { Space } from "../joining/spaces.ts";

export function createMessageCommands(scope: Scope, store: Store, reports: Reports) {
  const { node, account } = scope;

  function found(id: string): { space: Space; event: StoredEvent } {
    const event = store.event(id as EventId);
    const shown = event !== null && store.timelineEntry(event.id) !== null;
    if (event === null || !shown) throw new Failure("not-found", "There is no such message here.");
    return { space: scope.channel(event.channel).space, event };
  }

  function authorOf(space: Space, event: StoredEvent): AccountId | null {
    const header = decodeHeader(event.header);
    return header.ok ? (scope.state(space).grants.get(header.value.auth)?.account ?? null) : null;
  }

  function present(space: Space, event: StoredEvent): Message {
    const now = store.event(event.id)!;
    return node.present.message(space, { ...store.timelineEntry(event.id)!, event: now });
  }

  /** Above its author, as things are. @throws Failure */
  function requireAbove(space: Space, author: AccountId | null): void {
    const { log } = space.replica;
    const state = scope.state(space);
    const rank = (one: AccountId): number => grantsAt(log, state, log.heads(), one)[0]?.role.rank ?? Number.POSITIVE_INFINITY;
    if (author !== null && rank(account) >= rank(author)) throw new Failure("not-allowed", "Their role is not below yours.");
  }

  return {
    "message.delete": ({ message }) => {
      const { space, event } = found(message);
      const author = authorOf(space, event);
      if (author !== account) {
        scope.require(space, "manage-messages", { channel: event.channel });
        requireAbove(space, author);
      }
      if (node.governance.deletes.of(space, event) === null) {
        const { received } = node.author.write(space, event.channel, [{ kind: "delete", payload: encodeContent("delete", { target: event.id }) }]);
        node.wrote(space, received);
      }
      return { message: present(space, event) };
    },
    "report.create": ({ message, reason }) => {
      const { space, event } = found(message);
      if (authorOf(space, event) === account) throw new Failure("bad-request", "This is your own message: delete it if it should not be here.");
      reports.create(space, event.id, reason);
      return {};
    },
    "report.list": ({ space: id }) => {
      const space = scope.space(id);
      scope.require(space, "manage-messages");
      return { reports: reports.list(space) };
    },
    "report.resolve": ({ space: id, report }) => {
      const space = scope.space(id);
      scope.require(space, "manage-messages");
      reports.resolve(space, report);
      return { reports: reports.list(space) };
    },
  } satisfies Handlers;
}
