/** What the engine knows, as the local API says it (spec/local-api.md). Pure reading. */
import type { Store, StoredEvent, TimelineRow } from "@multichat/core/ports";
import { type ControlState, type Invite, type RetentionChange, plainName, retentionChanges, retentionOf, shownName, slowFor } from "@multichat/core";
import type * as api from "@multichat/client/contract";
import { plainContent } from "@multichat/client/contract";
import {
  type AccountId,
  type ChannelId,
  type DeviceId,
  type EventId,
  decodeHeader,
  hlcTime,
} from "@multichat/protocol";
import { contentKind } from "@multichat/core";
import { fileLimitOf } from "../files/commands.ts";
import { type Contents, threadRoot } from "./contents.ts";
import { countsUnread } from "./counted.ts";
import type { Deletes } from "../governing/deletes.ts";
import type { DeliveryMarks } from "./delivery-marks.ts";
import type { Membership } from "../joining/membership.ts";
import type { People } from "../trust/people.ts";
import type { PrivateSide } from "../private/side.ts";
import { rightsOf } from "../governing/rights.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space } from "../joining/spaces.ts";
import type { Identities } from "../trust/identities.ts";

/** A row's place in its channel as text that sorts like it: 16 hex digits of the stamp, then the id. */
export function formatPosition({ time, id }: { time: bigint; id: EventId }): string {
  return `${time.toString(16).padStart(16, "0")}-${id}`;
}

const positionForm = /^([0-9a-f]{16})-([0-9a-f]{64})$/;

export function parsePosition(text: string): { time: bigint; id: EventId } | null {
  const found = positionForm.exec(text);
  return found === null ? null : { time: BigInt(`0x${found[1]}`), id: found[2] as EventId };
}

/** Of what was said about how long messages stay. */
const changesShown = 20;

export interface Presenter {
  space(space: Space): api.Space | null;
  channels(space: Space): api.Channel[];
  channel(space: Space, id: ChannelId): api.Channel | null;
  members(space: Space): api.Member[];
  invites(space: Space): api.Invite[];
  invite(invite: Invite): api.Invite;
  message(space: Space, row: TimelineRow): api.Message;
}

export function createPresenter(deps: {
  store: Store;
  people: People;
  marks: Pick<DeliveryMarks, "of">;
  account: AccountId;
  device: DeviceId;
  now(): number;
  connected(space: Space): ReadonlySet<DeviceId>;
  missing(space: Space): number;
  lastSeen(account: AccountId): number | null;
  inviteLink(invite: EventId): string | null;
  readUpTo(channel: ChannelId): EventId | null;
  contents: Contents;
  /** Unread replies in the threads of a channel. */
  threadsUnread(channel: ChannelId): number;
  identities: Identities;
  privates: Pick<PrivateSide, "about" | "nameOf" | "readOnly">;
  governance(): { membership: Pick<Membership, "removal" | "readOnly">; deletes: Pick<Deletes, "of"> };
  blocked(account: AccountId): boolean;
}): Presenter {
  const { store, people, account } = deps;

  function connection(space: Space, state: ControlState): api.SpaceConnection {
    const accounts = new Set<AccountId>();
    for (const device of deps.connected(space)) {
      const owner = state.devices.get(device);
      if (owner !== undefined && owner !== account) accounts.add(owner);
    }
    const missing = deps.missing(space);
    if (accounts.size > 0 && missing === 0 && space.syncedAt !== null) space.syncedAt = deps.now();
    const others = [...state.members.keys()].filter((member) => member !== account && !space.withheld.has(member));
    return { connected: accounts.size, of: others.length, syncedAt: space.syncedAt, missing };
  }

  /** Slow mode: what this account's devices wrote here last, and how long it must be silent after that. */
  function writableAt(space: Space, state: ControlState, id: ChannelId): number | null {
    const pause = slowFor(state, account, id) * 1000;
    if (pause === 0) return null;
    const tips = (state.members.get(account)?.devices ?? []).map((device) => space.replica.feeds.get(id, device)?.tip);
    const last = Math.max(0, ...tips.map((tip) => hlcTime(tip === undefined ? 0n : (store.event(tip)?.hlc ?? 0n))));
    return last + pause > deps.now() ? last + pause : null;
  }

  function unread(space: Space, state: ControlState): number {
    let sum = 0;
    for (const channel of state.channels.values()) if (countsUnread(space, channel)) sum += store.unreadCount(channel.id);
    return sum;
  }

  function channel(space: Space, state: ControlState, id: ChannelId): api.Channel | null {
    const found = state.channels.get(id);
    if (found === undefined) return null;
    const end = store.timelineEnd(id);
    const counts = countsUnread(space, found);
    return {
      id,
      space: space.id,
      name: plainName(found.name),
      topic: shownName(found.topic) ?? "",
      archived: found.archived,
      locked: found.locked,
      slow: found.slow,
      writableAt: writableAt(space, state, id),
      permissions: rightsOf(state, account, null, { channel: id, at: deps.now() }),
      unread: counts ? store.unreadCount(id) : 0,
      mentions: counts ? store.mentionCount(id) : 0,
      threadsUnread: counts ? deps.threadsUnread(id) : 0,
      type: found.type,
      retention: retentionOf(state, id),
      retentionChanges: [...retentionChanges(state, null).slice(-changesShown), ...retentionChanges(state, id).slice(-changesShown)].map(retention).sort((a, b) => (a.position < b.position ? -1 : 1)),
      lastActivity: end === null ? null : hlcTime(end.time),
      readUpTo: deps.readUpTo(id),
    };
  }

  /** What was taken back has no words, but the thread that hangs on it is there, and the one that it stood in. */
  function gone(event: StoredEvent) {
    return { ...plainContent, text: "", thread: threadRoot(event), replies: deps.contents.thread(event) };
  }

  function retention({ id, channel, seconds, by, hlc }: RetentionChange): api.RetentionChange {
    return { id, of: channel === null ? "space" : "channel", seconds, by: by === null ? null : people.person(by), at: hlcTime(hlc), position: formatPosition({ time: hlc, id }) };
  }

  function muted(state: ControlState, member: AccountId): api.Restriction | null {
    const mute = state.mutes.get(member);
    if (mute === undefined || (mute.until !== 0 && mute.until <= deps.now())) return null;
    return { by: mute.by === null ? null : people.person(mute.by), at: mute.at, until: mute.until };
  }

  function invite(found: Invite): api.Invite {
    return {
      id: found.id,
      role: plainName(found.role.name),
      createdBy: people.person(found.createdBy),
      createdAt: found.createdAt,
      expires: found.expires,
      maxUses: found.max,
      uses: found.admitted.length,
      state: inviteState(found, deps.now()),
      link: deps.inviteLink(found.id),
    };
  }

  return {
    space(space) {
      const state = space.replica.state();
      if (state === null || isSelf(space)) return null;
      const removed = deps.governance().membership.removal(space);
      if (removed === null && (space.row.state !== "member" || !state.members.has(account))) return null;
      const permissions = rightsOf(state, account, null, { at: deps.now() });
      return {
        id: space.id,
        name: deps.privates.nameOf(space),
        ...deps.privates.about(space),
        members: state.members.size,
        unread: unread(space, state),
        connection: connection(space, state),
        may: permissions.filter(({ allowed }) => allowed).map(({ permission }) => permission),
        permissions,
        approve: state.policies.get("admission") === "approve",
        retention: retentionChanges(state, null).slice(-1).map(retention)[0] ?? null,
        history: historyOf(state),
        fileLimit: fileLimitOf(state),
        removed,
        readOnly: deps.governance().membership.readOnly(space) ?? deps.privates.readOnly(space),
      };
    },
    channels(space) {
      const state = space.replica.state();
      if (state === null) return [];
      const ordered = [...state.channels.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      return ordered.map(({ id }) => channel(space, state, id)!);
    },
    channel(space, id) {
      const state = space.replica.state();
      return state === null ? null : channel(space, state, id);
    },
    members(space) {
      const state = space.replica.state();
      if (state === null) return [];
      const rank = state.members.get(account)?.grants[0]!.role.rank ?? Number.POSITIVE_INFINITY;
      const connected = deps.connected(space);
      const members = [...state.members.values()];
      const identityOf = deps.identities.inSpace(space);
      return members
        .map((member): api.Member => {
          const you = member.account === account;
          return {
            ...identityOf(member.account),
            roles: [...new Set(member.grants.map(({ role }) => plainName(role.name)))],
            roleIds: [...new Set(member.grants.map(({ role }) => role.id))],
            junior: rank < member.grants[0]!.role.rank,
            muted: muted(state, member.account),
            you,
            connected: you || member.devices.some((device) => connected.has(device)),
            devices: member.devices.length,
            joinedAt: member.joinedAt,
            lastSeen: deps.lastSeen(member.account),
          };
        })
        .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    },
    invites(space) {
      const state = space.replica.state();
      return state === null ? [] : [...state.invites.values()].map(invite).sort((a, b) => b.createdAt - a.createdAt);
    },
    invite,
    message(space, { event, time, late }) {
      const state = space.replica.state()!;
      const header = decodeHeader(event.header);
      const deleted = deps.governance().deletes.of(space, event);
      const author = header.ok ? state.grants.get(header.value.auth)?.account : undefined;
      const content = deleted === null && header.ok ? deps.contents.of(space, event, header.value, author ?? null) : gone(event);
      const own = author === account;
      const { known } = contentKind(event.kind);
      return {
        id: event.id,
        space: space.id,
        channel: event.channel,
        author: author === undefined ? { id: event.device, name: "Unknown" } : people.person(author),
        own,
        blocked: author !== undefined && deps.blocked(author),
        ...content,
        kind: event.kind,
        known,
        time: hlcTime(time),
        position: formatPosition({ time, id: event.id }),
        late,
        wrongClock: time !== event.hlc && event.kind !== "imported",
        wanted: event.payload === null && deleted === null,
        deleted: deleted === null ? null : { by: people.person(deleted.by), at: deleted.at },
        refused: own ? space.replica.refusal(event.id) : null,
        delivery: own ? deps.marks.of(space, event) : null,
      };
    },
  };
}

export function inviteState(invite: Invite, now: number): api.Invite["state"] {
  if (invite.revoked) return "revoked";
  if (invite.expires !== 0 && now > invite.expires) return "expired";
  if (invite.max !== 0 && invite.admitted.length >= invite.max) return "used-up";
  return "open";
}

/** The policy `history` (spec/04-control.md) in force. */
export function historyOf(state: ControlState): api.History {
  return state.policies.get("history") === "join" ? "join" : "all";
}
