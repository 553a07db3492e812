/** Devices that belong to a space since just now. */
import type { ControlState } from "@multichat/core";
import type { Store, StoredRecord } from "@multichat/core/ports";
import type { DeviceId, EventId } from "@multichat/protocol";

/** Those that count since one of these events: it bound them, or let their account in. */
export function newcomers({ members, bindingsOf }: ControlState, events: ReadonlySet<EventId>): DeviceId[] {
  return [...members.values()].flatMap(({ grants, devices }) => {
    if (grants.some(({ event }) => events.has(event))) return devices;
    return devices.filter((device) => bindingsOf.get(device)?.some(({ event }) => events.has(event)));
  });
}

/** What is held of them already, because they are known from elsewhere: it counts here from now on. */
export function recordsOfNewcomers(store: Pick<Store, "records">, state: ControlState, events: ReadonlySet<EventId>): StoredRecord[] {
  return newcomers(state, events).flatMap((device) => store.records(state.devices.get(device)!).filter((record) => record.device === device));
}
