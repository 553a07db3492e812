/** What the commands about spaces share: finding what is named, asking `may`, and writing to the control log. */
import { type ControlState, type Permission, type Question, may } from "@multichat/core";
import type { AccountId, ChannelId, ControlKind, ControlPayload, EventId, SpaceId } from "@multichat/protocol";
import type { AccountNode } from "./account-node-port.ts";
import { type Draft, draft } from "./conversation/author.ts";
import { Failure } from "./failure.ts";
import { refusal } from "./governing/staleness.ts";
import type { Space } from "./joining/spaces.ts";

export interface Scope {
  readonly node: AccountNode;
  readonly account: AccountId;
  now(): number;
  /** One this account belongs to. @throws Failure */
  space(id: string): Space;
  /** Also one it was removed from: to read. @throws Failure */
  readable(id: string): Space;
  channel(id: string): { space: Space; channel: ChannelId };
  readableChannel(id: string): { space: Space; channel: ChannelId };
  state(space: Space): ControlState;
  /** @throws Failure saying why not */
  require(space: Space, permission: Permission, question?: Omit<Question, "at">): void;
  /** For what makes void what others did meanwhile. @param whom those it is taken from, in words @throws Failure `not-fresh` */
  requireFresh(space: Space, whom: string, override: boolean | undefined): void;
  /** Writes events to the control log, one for each draft. @throws Failure if one has no effect */
  write(space: Space, drafts: readonly Draft[]): EventId[];
  control<K extends ControlKind>(space: Space, kind: K, payload: ControlPayload<K>): EventId;
}

export function createScope({ node, account, now }: { node: AccountNode; account: AccountId; now(): number }): Scope {
  function found(space: Space | null, what: string, left: boolean): Space {
    if (space === null || space.replica.state() === null) throw new Failure("not-found", `There is no such ${what} here.`);
    if (space.row.state === "member" || (left && node.governance.membership.removal(space) !== null)) return space;
    throw node.governance.membership.removal(space) === null
      ? new Failure("not-found", `There is no such ${what} here.`)
      : new Failure("no-longer-member", node.governance.membership.readOnly(space)!);
  }

  function ofChannel(id: string, left: boolean): { space: Space; channel: ChannelId } {
    return { space: found(node.spaces.ofChannel(id as ChannelId), "channel", left), channel: id as ChannelId };
  }

  const scope: Scope = {
    node, account, now,
    space: (id) => found(node.spaces.get(id as SpaceId), "workspace", false),
    readable: (id) => found(node.spaces.get(id as SpaceId), "workspace", true),
    channel: (id) => ofChannel(id, false),
    readableChannel: (id) => ofChannel(id, true),
    state: (space) => space.replica.state()!,
    require(space, permission, question = {}) {
      const answer = may(scope.state(space), account, permission, { ...question, at: now() });
      if (!answer.allowed) throw new Failure("not-allowed", answer.why);
    },
    requireFresh(space, whom, override) {
      const { freshness } = node.governance;
      if (override !== true && !freshness.isFresh(space)) throw new Failure("not-fresh", refusal(freshness.heardAt(space), whom));
    },
    write(space, drafts) {
      const { events, received } = node.author.write(space, space.id, drafts);
      node.wrote(space, received);
      const { void: without } = scope.state(space);
      for (const { id } of events) if (without.has(id)) throw new Failure("not-allowed", `This has no effect: ${without.get(id)}.`);
      return events.map(({ id }) => id);
    },
    control: (space, kind, payload) => scope.write(space, [draft(kind, payload)])[0]!,
  };
  return scope;
}
