/** What follows when a space's control log grows: requests are granted, rights change, and interfaces are told. */
import type { Event } from "@multichat/core";
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { Admission } from "../joining/admission.ts";
import type { DeliveryMarks } from "../conversation/delivery-marks.ts";
import type { Expiry } from "../conversation/expiry.ts";
import type { Governance } from "./governance.ts";
import type { Joins } from "../joining/joins.ts";
import { recordsOfNewcomers } from "../joining/newcomers.ts";
import type { OwnAccount } from "../accounts/own-account.ts";
import type { PrivateSide } from "../private/side.ts";
import type { Pushes } from "../conversation/pushes.ts";
import { isSelf } from "../accounts/self-space.ts";
import type { Space } from "../joining/spaces.ts";

const channelKinds: ReadonlySet<string> = new Set(["lock", "slow", "override", "policy.set"]);

export function createControlChanges(deps: {
  store: Pick<Store, "records">;
  governance: Governance;
  joins: Joins;
  admission: Admission;
  privates: PrivateSide;
  ours: Pick<OwnAccount, "own" | "devices">;
  pushes: Pushes;
  marks: Pick<DeliveryMarks, "audienceChanged">;
  expiry: Pick<Expiry, "check">;
  /** Records that waited for devices are looked at again. */
  retryRecords(space: Space): void;
  /** To whoever is there. */
  spreadRecords(space: Space, records: readonly StoredRecord[]): void;
  /** Clocks heard of devices whose people are known now. */
  recheckClocks(): void;
  refresh(): void;
  remember(): void;
}): (space: Space, accepted: readonly Event[]) => void {
  const { pushes, ours } = deps;
  return (space, accepted) => {
    // What follows from a removal is written first: who was removed is shown it.
    deps.governance.controlChanged(space, accepted);
    if (space.entering) deps.joins.advance(space);
    for (const { id, header } of accepted) if (header.kind === "join") deps.admission.consider(space, id);
    if (accepted.some(({ header }) => header.kind === "policy.set") && deps.governance.requests.isOpen(space)) deps.admission.resumed(space);
    deps.retryRecords(space);
    const records = recordsOfNewcomers(deps.store, space.replica.state()!, new Set(accepted.map(({ id }) => id)));
    if (records.length > 0) deps.spreadRecords(space, records);
    deps.recheckClocks();
    deps.refresh();
    for (const { header } of accepted) {
      if (header.kind.startsWith("invite.") || header.kind === "admit") pushes.markInvites(space.id);
      if (header.kind.startsWith("channel.") || channelKinds.has(header.kind)) markChannels(pushes, space);
    }
    deps.expiry.check(space);
    pushes.markMembers(space.id);
    deps.marks.audienceChanged(space);
    if (isSelf(space)) ours.own.moved();
    ours.devices.settle();
    deps.privates.settle(space);
    deps.remember();
  };
}

/** Something changed that is to be seen in all of a space's channels. */
export function markChannels(pushes: Pushes, space: Space): void {
  for (const channel of space.replica.state()?.channels.keys() ?? []) pushes.markChannel(space.id, channel);
}
