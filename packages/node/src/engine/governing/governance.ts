/**
 * Who may do what in a space, and what follows when that changes: the services behind roles and moderation, made and told of
 * each other. Each does one thing; here stands when.
 */
import { type Event, may } from "@multichat/core";
import type { Clock, Crypto, Random, Store, StoredRecord } from "@multichat/core/ports";
import type { Push } from "@multichat/client/contract";
import type { AccountId, ChannelId, DeviceId, EventId, Profile, SpaceId } from "@multichat/protocol";
import { type Audit, createAudit } from "./audit.ts";
import type { Draft } from "../conversation/author.ts";
import { type Closing, createClosing } from "../accounts/closing.ts";
import { type Deletes, createDeletes } from "./deletes.ts";
import { type Freshness, createFreshness } from "./freshness.ts";
import { type JoinRequests, createJoinRequests } from "../joining/join-requests.ts";
import { type Membership, createMembership } from "../joining/membership.ts";
import type { People } from "../trust/people.ts";
import type { Presenter } from "../conversation/present.ts";
import type { Moderated } from "../conversation/pushes.ts";
import { type Reports, createReports } from "./reports.ts";
import { type RootRequests, createRootRequests } from "./root-requests.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { AccountKeyring } from "../trust/keys.ts";
import type { DeviceKeys } from "../vault.ts";

/** Clocks jump and are corrected, so a long wait is looked at again now and then. */
const lookAgainMs = 60_000;

export interface Governance {
  readonly audit: Audit;
  readonly deletes: Deletes;
  readonly freshness: Freshness;
  readonly membership: Membership;
  readonly reports: Reports;
  readonly requests: JoinRequests;
  readonly roots: RootRequests;
  /** The control log grew by these. */
  controlChanged(space: Space, accepted: readonly Event[]): void;
  /** Content came, from whomever. */
  arrived(space: Space, accepted: readonly Event[]): void;
  /** A record came, or was written. */
  learned(space: Space, record: Pick<StoredRecord, "type" | "account">): void;
  /** What interfaces are told; null where this account may not see it. */
  push(space: Space, what: Moderated): Push | null;
  start(): void;
  stop(): void;
}

export interface GovernanceDeps {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  random: Random;
  spaces: Spaces;
  people: People;
  keys: AccountKeyring;
  present: Pick<Presenter, "message">;
  device: DeviceKeys;
  account: AccountId;
  now(): number;
  stopped(): string | null;
  openWith(space: SpaceId): readonly DeviceId[];
  missing(space: SpaceId): number;
  linked(device: DeviceId): boolean;
  /** The profile that somebody who asks to join shows. */
  newcomer(space: Space, account: AccountId, device: DeviceId): Profile | null;
  publish(record: StoredRecord, space: Space): void;
  write(space: Space, drafts: readonly Draft[]): void;
  /** This account was removed from a space, or is in it again. */
  membershipChanged(space: Space, removed: boolean): void;
  messageChanged(space: Space, channel: ChannelId, message: EventId): void;
  /** No longer shown in this timeline of a channel. */
  messagesGone(space: Space, channel: ChannelId, timeline: ChannelId, messages: readonly EventId[]): void;
  mark(space: Space, changed: readonly Moderated[]): void;
  /** This device had kept its place in the control log free, and need not any more. */
  resumed(space: Space): void;
  /** What people may do or write changed with no event: a mute ended. */
  markRights(space: Space): void;
}

export function createGovernance(deps: GovernanceDeps): Governance {
  const { clock, spaces, account } = deps;
  const freshness = createFreshness({ ...deps, account });
  const membership = createMembership({ ...deps, device: deps.device.id, changed: deps.membershipChanged });
  const deletes = createDeletes({ ...deps, changed: deps.messageChanged, gone: deps.messagesGone });
  const reports = createReports(deps);
  const requests = createJoinRequests(deps);
  const roots = createRootRequests(deps);
  const audit = createAudit({ person: requests.person, deletes: deletes.byOthers });
  const closing: Closing = createClosing({
    ...deps,
    device: deps.device.id,
    waits: roots.waits,
    isWhole: (space) => deps.missing(space.id) === 0 && space.replica.pending.size() === 0 && freshness.isFresh(space),
  });
  let cancelMute: (() => void) | null = null;
  const waiting = new Set<Space>();

  function watchWaiting(space: Space): void {
    if (roots.waits(space)) waiting.add(space);
    else if (waiting.delete(space)) deps.resumed(space);
  }

  /** When the next mute ends, what may be written changes by itself. */
  function watchMutes(): void {
    cancelMute?.();
    cancelMute = null;
    const ends = [...spaces.all()].flatMap((space) => [...(space.replica.state()?.mutes.values() ?? [])].map(({ until }) => ({ space, until })));
    const next = ends.filter(({ until }) => until > deps.now()).sort((a, b) => a.until - b.until)[0];
    if (next === undefined) return;
    cancelMute = clock.after(Math.min(next.until - deps.now() + 1, lookAgainMs), () => {
      if (deps.now() >= next.until) {
        deps.markRights(next.space);
        deps.mark(next.space, ["restrictions"]);
      }
      watchMutes();
    });
  }

  function allowed(space: Space, permission: "view-audit-log" | "approve-joins" | "manage-messages"): boolean {
    const state = space.replica.state();
    return state !== null && may(state, account, permission).allowed;
  }

  return {
    audit, deletes, freshness, membership, reports, requests, roots,
    controlChanged(space, accepted) {
      const control = accepted.filter(({ header }) => header.channel === space.id);
      membership.check(space);
      closing.accepted(space, control.map(({ id }) => id));
      deletes.check(space);
      const changed = new Set(control.flatMap(({ header }) => listsOf(header.kind)));
      deps.mark(space, [...changed]);
      if (changed.has("roles") || changed.has("restrictions")) deps.markRights(space);
      watchMutes();
      watchWaiting(space);
    },
    arrived(space, accepted) {
      const content = accepted.filter(({ header }) => header.channel !== space.id);
      if (content.length === 0) return;
      deletes.arrived(space, content);
      if (content.some(({ header }) => header.kind === "delete")) deps.mark(space, ["audit"]);
    },
    learned(space, { type, account: by }) {
      if (type === "report" || type === "report-done") deps.mark(space, ["reports"]);
      if (type === "root-request" || type === "root-approval") deps.mark(space, ["ownership"]);
      if (type === "root-request" && by === account) watchWaiting(space);
    },
    push(space, what) {
      const { id } = space;
      switch (what) {
        case "roles":
          return { push: "roles", data: { space: id } };
        case "ownership":
          return { push: "ownership", data: { space: id, requests: roots.list(space).length } };
        case "restrictions":
          return { push: "restrictions", data: { space: id } };
        case "audit":
          return allowed(space, "view-audit-log") ? { push: "audit", data: { space: id } } : null;
        case "join-requests":
          return allowed(space, "approve-joins") ? { push: "join-requests", data: { space: id, waiting: requests.list(space).length } } : null;
        case "reports":
          return allowed(space, "manage-messages") ? { push: "reports", data: { space: id, open: reports.open(space) } } : null;
      }
    },
    start() {
      closing.start();
      for (const space of spaces.all()) watchWaiting(space);
      watchMutes();
    },
    stop() {
      closing.stop();
      deletes.stop();
      cancelMute?.();
    },
  };
}

/** What is to be listed again after a control event. */
function listsOf(kind: string): Moderated[] {
  switch (kind) {
    case "role.create":
    case "role.set":
    case "override":
      return ["roles", "audit"];
    case "grant":
    case "revoke":
      return ["roles", "ownership", "audit"];
    case "root.rotate":
      return ["ownership", "audit"];
    case "remove":
    case "ban":
    case "unban":
    case "leave":
    case "mute":
    case "adopt":
    case "parent.applied":
      return ["restrictions", "roles", "audit", "join-requests"];
    case "join":
    case "admit":
    case "policy.set":
      return ["join-requests", "audit"];
    case "merge":
    case "cut":
    case "fence":
      return [];
    default:
      return ["audit"];
  }
}
