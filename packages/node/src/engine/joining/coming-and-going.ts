/** How this account comes into spaces and out of them, and lets others in (spec/06-sync.md, Joining): the services, made and told of each other. */
import type { Received } from "@multichat/core";
import type { Clock, Crypto, Store } from "@multichat/core/ports";
import type { Join } from "@multichat/client/contract";
import type { Connector } from "@multichat/net/connections";
import type { Sync } from "@multichat/net/sync";
import type { DeviceId, SharedSpace, SpaceId } from "@multichat/protocol";
import type { OwnAccount } from "../accounts/own-account.ts";
import type { ReadPositions } from "../accounts/read-positions.ts";
import { voucherOf } from "../accounts/voucher.ts";
import type { Author } from "../conversation/author.ts";
import type { Pushes } from "../conversation/pushes.ts";
import type { Governance } from "../governing/governance.ts";
import type { Guarded } from "../guard.ts";
import type { PrivateSide } from "../private/side.ts";
import type { Timekeeper } from "../timekeeper.ts";
import type { AccountKeys, DeviceKeys } from "../vault.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { type Entering, createEntering } from "./entering.ts";
import { type Forgetting, createForgetting } from "./forgetting.ts";
import { type Joins, createJoins } from "./joins.ts";
import { type Leaving, createLeaving } from "./leaving.ts";
import type { Space, Spaces } from "./spaces.ts";

export interface ComingAndGoing {
  readonly joins: Joins;
  readonly admission: Admission;
  readonly entering: Entering;
  readonly leaving: Leaving;
  readonly forgetting: Forgetting;
}

export function createComingAndGoing(deps: {
  store: Store;
  crypto: Crypto;
  clock: Clock;
  timekeeper: Timekeeper;
  device: DeviceKeys;
  account: AccountKeys;
  /** The device that this one continues. */
  replaces: DeviceId | null;
  spaces: Spaces;
  author: Author;
  ours: OwnAccount;
  privates: PrivateSide;
  governance: Governance;
  reading: ReadPositions;
  connector: Pick<Connector, "peer">;
  pushes: Pushes;
  sync(): Sync;
  now(): number;
  stopped(): string | null;
  guarded: Guarded;
  wrote(space: Space, received: Received): void;
  /** A space is to be looked for from now on. */
  known(space: SharedSpace): void;
  /** This device belongs to some space. */
  belongs(): void;
  /** Where the account is, or whom it needs, changed. */
  moved(): void;
  /** This device is about to be in a space. */
  letIn(space: Space): void;
  /** Members, or devices to look for, are others than before. */
  refresh(): void;
}): ComingAndGoing {
  const { store, crypto, clock, timekeeper, device, account, spaces, author, ours, privates, governance, pushes, sync, now, stopped, guarded, wrote, moved } = deps;

  const joins: Joins = createJoins({
    store, crypto, clock, device, account, spaces, author,
    refresh: deps.refresh,
    publish(space, events) {
      sync().refresh();
      sync().spread(space.id, events, "self");
      // Whoever decides whether to let us in sees by which name we go.
      sync().spreadRecords(space.id, store.records(account.id, "profile"), "self");
    },
    changed(join: Join) {
      pushes.join(join);
      const space = spaces.get(join.space.id as SpaceId);
      if (join.step === "failed" && space !== null) governance.membership.check(space);
    },
    entered: (space) => entering.entered(space),
    entrance: privates.entrance,
    vouchedBy: () => voucherOf(account.certificate),
    clockProblem: () => timekeeper.problem(),
  });
  const admission = createAdmission({
    spaces, account: account.id, stopped,
    waits: author.waits,
    isStanding: privates.isStanding,
    isLetIn: (space, joiner, joining) => privates.mayEnter(space.id, joiner, joining),
    // Whoever makes this clock lag does not make an expired invite good.
    now: () => Math.max(clock.now(), now()),
    linked: (other) => deps.connector.peer(other)?.link != null,
    write: (space, one) => wrote(space, author.write(space, space.id, [one]).received),
    answer: (other, invite, code) => sync().answer(other, invite, code),
  });
  const entering = createEntering({
    store, spaces, account: account.id, replaces: deps.replaces, signingSeed: device.signingSeed, ours, sync, pushes, privates, governance, joins,
    reading: deps.reading, now, guarded, moved, known: deps.known, belongs: deps.belongs, letIn: deps.letIn,
  });
  const leaving = createLeaving({ spaces, author, account: account.id, own: ours.own, privateSpaces: privates.privateSpaces, pushes, guarded, wrote, moved, left: ({ id }) => joins.left(id) });
  const forgetting = createForgetting({
    store, clock, spaces,
    leave: leaving.leave,
    dropped: moved,
    openWith: (space) => sync().openWith(space.id).length,
    otherDevices: () => ours.devices.list().filter((other) => !other.this && other.standing === "good").length,
    signedOut: () => ours.devices.signedOut() !== null,
  });
  return { joins, admission, entering, leaving, forgetting };
}
