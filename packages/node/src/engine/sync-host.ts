/** What sync is told of the node around it, and whom it tells what (packages/net/src/sync/host.ts). */
import type { Clock, Store, StoredRecord } from "@multichat/core/ports";
import type { Sync, SyncHost } from "@multichat/net/sync";
import type { DeviceId, EventId, SpaceId } from "@multichat/protocol";
import type { Admission } from "./joining/admission.ts";
import type { ClockWatch } from "./clock-watch.ts";
import type { Files } from "./files/files.ts";
import type { Entering } from "./joining/entering.ts";
import type { Guarded } from "./guard.ts";
import type { Joins } from "./joining/joins.ts";
import type { Leaving } from "./joining/leaving.ts";
import { removalOf } from "./joining/membership.ts";
import type { OwnAccount } from "./accounts/own-account.ts";
import type { Presence } from "./presence/presence.ts";
import type { PrivateSide } from "./private/side.ts";
import type { Pushes } from "./conversation/pushes.ts";
import type { Reception } from "./conversation/reception.ts";
import { isSelf } from "./accounts/self-space.ts";
import type { Spaces } from "./joining/spaces.ts";
import type { AccountKeys } from "./vault.ts";

export interface SyncHostDeps {
  store: Store;
  clock: Clock;
  self: DeviceId;
  account: AccountKeys;
  spaces: Spaces;
  admission: Admission;
  privates: PrivateSide;
  joins: Joins;
  ours: OwnAccount;
  pushes: Pushes;
  watch: ClockWatch;
  guarded: Guarded;
  presence(): Presence;
  files(): Files;
  sync(): Sync;
  reception(): Reception;
  entering(): Entering;
  leaving(): Leaving;
  log(event: string, detail?: Record<string, string | number>): void;
}

export function createSyncHost(deps: SyncHostDeps): SyncHost {
  const { store, account, spaces, admission, privates, joins, ours, pushes, guarded } = deps;

  /** To a device whose account others removed: by which events. */
  function removal(id: SpaceId, other: DeviceId): EventId[] | null {
    const state = spaces.get(id)?.replica.state();
    if (state == null || state.devices.has(other)) return null;
    for (const { account: owner } of state.bindingsOf.get(other) ?? []) {
      const departure = state.departed.get(owner);
      if (departure !== undefined && departure.how !== "left") return removalOf(spaces.get(id)!.replica.log, departure.event);
    }
    return null;
  }

  /** To a device that no longer belongs: the entries that revoked it. */
  function farewell(id: SpaceId, other: DeviceId): StoredRecord[] {
    const state = spaces.get(id)?.replica.state();
    if (state == null || state.devices.has(other)) return [];
    const accounts = new Set(state.bindingsOf.get(other)?.map((binding) => binding.account) ?? []);
    return [...accounts].flatMap((owner) => store.records(owner, "account-entry").filter((record) => state.devices.get(record.device) === owner));
  }

  return {
    self: deps.self,
    rawNow: () => deps.clock.now(),
    spaces: () => spaces.shared(),
    space: (id) => spaces.get(id),
    receive: (id, events, from, requested) => deps.reception().receive(id, events, from, requested),
    receiveRecords: (id, records, from) => deps.reception().receiveRecords(id, records, from),
    clockSample: (peer, ahead) => deps.watch.heard(peer, ahead),
    caughtUp(id, from) {
      deps.entering().caughtUp(id, from);
      deps.files().linked(from);
    },
    mayHaveBlob: (id, other, blob) => deps.files().mayHave(id, other, blob),
    openBlob: (blob) => deps.files().open(blob),
    piece: (id, from, frame) => deps.files().piece(id, from, frame),
    progress(id) {
      const space = spaces.get(id);
      if (space === null) return;
      pushes.markSpace(id);
      if (space.row.state === "member") joins.progress(space, () => deps.sync().missing(id));
    },
    closed(id, _peer, code) {
      const space = spaces.get(id);
      if (space === null) return;
      if (space.leaving && code === "left") deps.leaving().heard(space);
      else pushes.markSpace(id);
    },
    removal,
    joins: () => joins.pending(),
    credentials: () => ({ account: account.id, certificate: account.certificate, acceptance: account.acceptance }),
    admission: (join, _peer, answer) => guarded(() => joins.admission(join, answer)),
    admitted(id, invite, joining) {
      const space = spaces.get(id);
      if (space !== null) guarded(() => admission.proved(space, invite, joining));
    },
    judgeInvite: admission.judge,
    greeted(other) {
      ours.greeted(other);
      privates.offers.settle();
    },
    mayEnter: privates.mayEnter,
    offered: (from, offer) => guarded(() => privates.offers.received(from, offer)),
    deviceStep: (other, step) => guarded(() => ours.step(other, step)),
    keepsLink: (other) => ours.linking.concerns(other),
    isSibling(id, other) {
      const space = spaces.get(id);
      return space !== null && isSelf(space) && ours.isSibling(other);
    },
    farewell,
    opened: () => deps.presence().opened(),
    ephemeral: (id, other, frame) => deps.presence().frame(id, other, frame),
    log: deps.log,
  };
}
