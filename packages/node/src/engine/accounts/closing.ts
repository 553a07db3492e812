/**
 * Completing cuts and fences (spec/04-control.md, Cuts and fences): after a removal or a restriction, how far each feed of those
 * concerned stands. Who restricted says so at once; others who may say it do so after a while for feeds that nobody named,
 * as far as they had received them before they heard.
 */
import { type ControlState, type Permission, actingGrant, may, permissionSet, speaking } from "@multichat/core";
import type { Clock, Random, Store } from "@multichat/core/ports";
import type { AccountId, AnyControl, ChannelId, ControlPayload, DeviceId, EventId } from "@multichat/protocol";
import { type Draft, draft } from "../conversation/author.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

/** Whoever restricted, and others who are quicker, come first. */
const othersWaitMs = 60_000;
/** Named in one event. */
const mostNamed = 512;

export interface Closing {
  /** Control events were accepted. */
  accepted(space: Space, ids: readonly EventId[]): void;
  /** Looks at everything held, for what was left open when this node stopped. */
  start(): void;
  stop(): void;
}

interface Cause {
  id: EventId;
  kind: "cut" | "fence";
  /** What it takes to close after it. */
  permission: Permission;
  accounts: Set<AccountId>;
  /** Null: every channel. */
  channel: ChannelId | null;
}

const spoken = permissionSet(...speaking);

export function createClosing(deps: {
  store: Store;
  clock: Clock;
  random: Random;
  spaces: Spaces;
  account: AccountId;
  device: DeviceId;
  stopped(): string | null;
  /** This device writes nothing in the control log for now. */
  waits(space: Space): boolean;
  /** Whether everything known to exist is here. */
  isWhole(space: Space): boolean;
  write(space: Space, drafts: readonly Draft[]): void;
}): Closing {
  const { store, clock, random, spaces, account, device } = deps;
  const waiting = new Map<Space, { causes: Set<EventId>; cancel: () => void }>();

  function causeOf(space: Space, id: EventId): Cause | null {
    const state = space.replica.state();
    const control = space.replica.log.get(id)?.control ?? null;
    if (state === null || control === null || state.void.has(id)) return null;
    return describe(state, id, control);
  }

  /** Those concerned whom this account may close against. */
  function junior(state: ControlState, { accounts, permission, channel }: Cause): AccountId[] {
    const acting = actingGrant(state, account, permission, channel ?? undefined);
    if (acting === null || !may(state, account, permission, channel === null ? {} : { channel }).allowed) return [];
    return [...accounts].filter((one) => one !== account && (state.grantsOf.get(one) ?? []).every(({ role }) => role.rank > acting.role.rank));
  }

  function devicesOf(state: ControlState, accounts: readonly AccountId[]): Set<DeviceId> {
    const wanted = new Set(accounts);
    return new Set([...state.bindingsOf].filter(([, bindings]) => bindings.some((binding) => wanted.has(binding.account))).map(([id]) => id));
  }

  /** Feeds that a cut or fence of this cause names already; null: all of the channel, by `rest`. */
  function named(state: ControlState, cause: Cause, channel: ChannelId): Set<DeviceId> | null {
    const found = new Set<DeviceId>();
    for (const { fact } of state.judged.acts.cuts.of(channel)) {
      const { control } = fact;
      if ((control?.kind !== "cut" && control?.kind !== "fence") || control.payload.cause !== cause.id) continue;
      if (control.payload.rest) return null;
      for (const [one] of control.payload.devices) found.add(one);
    }
    return found;
  }

  /** How far a feed was held when its node heard of the cause. */
  function pointBefore(channel: ChannelId, of: DeviceId, arrival: number): [DeviceId, number, EventId] | null {
    const before = store.feedEvents(channel, of, 1, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).filter((event) => event.arrival < arrival);
    const last = before.at(-1);
    return last === undefined ? null : [of, last.seq, last.id];
  }

  function drafts(space: Space, cause: Cause, own: boolean): Draft[] {
    const state = space.replica.state()!;
    const devices = devicesOf(state, junior(state, cause));
    const arrival = store.event(cause.id)?.arrival ?? 0;
    const rest = own && deps.isWhole(space);
    return [...state.channels.keys()].flatMap((channel): Draft[] => {
      if (devices.size === 0 || (cause.channel !== null && cause.channel !== channel)) return [];
      const done = named(state, cause, channel);
      if (done === null) return [];
      const open = [...devices].filter((one) => !done.has(one) && space.replica.feeds.get(channel, one) !== null).sort();
      const points = open.flatMap((one) => {
        const point = pointBefore(channel, one, arrival);
        return point === null ? [] : [point];
      });
      // A restriction need not close channels in which nobody concerned has ever written.
      if (points.length === 0 && !(rest && cause.kind === "cut")) return [];
      const payload: ControlPayload<"cut"> = { cause: cause.id, channel, devices: points.slice(0, mostNamed), rest: rest && points.length <= mostNamed };
      return [draft(cause.kind, payload)];
    });
  }

  function close(space: Space, ids: Iterable<EventId>, own: boolean): void {
    if (deps.stopped() !== null || space.row.state !== "member") return;
    const all = [...ids].flatMap((id) => {
      const cause = causeOf(space, id);
      return cause === null ? [] : drafts(space, cause, own);
    });
    if (all.length > 0) deps.write(space, all);
  }

  function later(space: Space, ids: readonly EventId[]): void {
    if (ids.length === 0) return;
    const known = waiting.get(space);
    if (known !== undefined) {
      for (const id of ids) known.causes.add(id);
      return;
    }
    waiting.set(space, { causes: new Set(ids), cancel: soon(space) });
  }

  function soon(space: Space): () => void {
    const jitter = (random.bytes(1)[0]! / 256) * othersWaitMs;
    return clock.after(othersWaitMs + jitter, () => {
      const { causes } = waiting.get(space)!;
      if (deps.waits(space)) return void waiting.set(space, { causes, cancel: soon(space) });
      waiting.delete(space);
      close(space, causes, false);
    });
  }

  return {
    accepted(space, ids) {
      const causes = ids.filter((id) => causeOf(space, id) !== null);
      const mine = causes.filter((id) => space.replica.log.get(id)?.header.device === device);
      if (mine.length > 0) close(space, mine, true);
      later(space, causes.filter((id) => !mine.includes(id)));
    },
    start() {
      for (const space of spaces.all()) later(space, space.replica.log.events().map(({ id }) => id).filter((id) => causeOf(space, id) !== null));
    },
    stop() {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** Null for events after which nothing is to be closed. */
function describe(state: ControlState, id: EventId, { kind, payload }: AnyControl): Cause | null {
  const holders = (role: EventId): Set<AccountId> => new Set([...state.grants.values()].filter((grant) => grant.role.id === role).map((grant) => grant.account));
  switch (kind) {
    case "remove":
    case "ban":
    case "parent.applied":
      return { id, kind: "cut", permission: kind === "ban" ? "ban" : "kick", accounts: new Set([payload.account]), channel: null };
    case "mute":
      return payload.on ? { id, kind: "fence", permission: "mute", accounts: new Set([payload.account]), channel: null } : null;
    case "lock":
    case "channel.archive":
      return payload.on ? { id, kind: "fence", permission: "manage-channels", accounts: new Set(state.grantsOf.keys()), channel: payload.channel } : null;
    case "revoke": {
      const grant = state.grants.get(payload.grant);
      if (grant === undefined || (grant.role.permissions & spoken) === 0) return null;
      return { id, kind: "fence", permission: "manage-roles", accounts: new Set([grant.account]), channel: null };
    }
    case "role.set":
      return (payload.off & spoken) === 0 ? null : { id, kind: "fence", permission: "manage-roles", accounts: holders(payload.role), channel: null };
    case "override": {
      if ((payload.deny & spoken) === 0) return null;
      const { subject } = payload;
      const accounts = "everyone" in subject ? new Set(state.grantsOf.keys()) : "role" in subject ? holders(subject.role) : new Set([subject.account]);
      return { id, kind: "fence", permission: "manage-roles", accounts, channel: payload.channel };
    }
    default:
      return null;
  }
}
