/** What follows when this account's own data says something else, by this device or another one of it (spec/09-devices.md, Own data). */
import type { Store } from "@multichat/core/ports";
import type { EventId } from "@multichat/protocol";
import type { Pushes } from "../conversation/pushes.ts";
import type { Files } from "../files/files.ts";
import type { Guarded } from "../guard.ts";
import type { Space, Spaces } from "../joining/spaces.ts";
import type { Notices } from "../notifications/notices.ts";
import type { OwnAccount } from "./own-account.ts";
import type { ReadPositions } from "./read-positions.ts";

export function createOwnChanges(deps: {
  store: Pick<Store, "event">;
  spaces: Pick<Spaces, "get">;
  ours: Pick<OwnAccount, "self" | "seeds">;
  reading: Pick<ReadPositions, "learned">;
  notices: Pick<Notices, "learned">;
  files: Pick<Files, "letGoLooked">;
  pushes: Pick<Pushes, "markDevices" | "markPeople" | "say">;
  guarded: Guarded;
  showAgain(space: Space, events: readonly EventId[]): void;
}): (key: string, value: string | null) => void {
  const { ours, pushes, guarded } = deps;

  /** What is shown of this message follows from own data too. */
  function showAgain(message: EventId): void {
    const event = deps.store.event(message);
    const space = event === null ? null : deps.spaces.get(event.space);
    if (space !== null) deps.showAgain(space, [message]);
  }

  function saved(message: EventId, value: string | null): void {
    showAgain(message);
    pushes.say({ push: "saved", data: { message, saved: value !== null } });
  }

  function lookedOnce(message: EventId): void {
    deps.files.letGoLooked(message);
    showAgain(message);
  }

  return (key, value) => {
    guarded(() => ours.self.learned(key, value));
    guarded(() => deps.reading.learned(key, value));
    guarded(() => deps.notices.learned(key, value));
    if (key.startsWith("device/")) pushes.markDevices();
    if (key.startsWith("introduction/")) pushes.markPeople();
    if (key === "next/seed") guarded(() => ours.seeds.settle());
    if (key.startsWith("saved/")) saved(key.slice("saved/".length) as EventId, value);
    if (key.startsWith("looked/")) lookedOnce(key.slice("looked/".length) as EventId);
    pushes.say({ push: "own", data: { key, value } });
  };
}
