/**
 * Bindings of this account's devices after its identity key was replaced (spec/02-accounts.md, Standing; spec/04-control.md, rule
 * 7): this device shows the new key to every space, and lets those in there that only the old one had certified.
 */
import type { AccountId, DeviceId } from "@multichat/protocol";
import type { AccountLogs } from "./account-logs.ts";
import { type Author, draft } from "../conversation/author.ts";
import type { Space, Spaces } from "../joining/spaces.ts";

export interface OwnBindings {
  /** The log or the spaces changed. */
  settle(): void;
}

interface Certified {
  certificate: Uint8Array;
  acceptance: Uint8Array;
  /** How many identity keys were before the one that it shows. */
  rotations: number;
}

export function createOwnBindings(deps: {
  device: DeviceId;
  account: AccountId;
  logs: Pick<AccountLogs, "own">;
  spaces: Spaces;
  author: Author;
  stopped(): string | null;
  wrote(space: Space, received: ReturnType<Author["write"]>["received"]): void;
  guarded(work: () => void): void;
}): OwnBindings {
  const { device, account, author } = deps;

  /** By device in good standing: its newest certificate. */
  function certified(): Map<DeviceId, Certified> {
    const found = new Map<DeviceId, Certified>();
    for (const { entry: { body }, certified: said } of deps.logs.own.entries()) {
      if (body.type !== "device.add" || said === null || !deps.logs.own.isGood(said.device)) continue;
      if ((found.get(said.device)?.rotations ?? 0) <= said.rotations) found.set(said.device, { ...body, rotations: said.rotations });
    }
    return found;
  }

  function bind(space: Space, known: ReadonlyMap<DeviceId, Certified>): void {
    const state = space.replica.state();
    if (space.row.state !== "member" || state?.devices.get(device) !== account || author.waits(space)) return;
    const { log } = space.replica;
    const { devices } = state.judged.facts;
    const past = log.pastOf(log.heads());
    const shown = devices.identityIn(past, account)?.rotations ?? 0;
    const missing = [...known].filter(([other, { rotations }]) => {
      if (other === device) return rotations > shown;
      return shown > 0 && state.devices.get(other) !== account;
    });
    const drafts = missing.flatMap(([other, { certificate, acceptance }]) => {
      const payload = { account, device: other, by: device, certificate, acceptance };
      return devices.bindProblem(past, device, payload) === null ? [draft("device.bind", payload)] : [];
    });
    if (drafts.length > 0) deps.wrote(space, author.write(space, space.id, drafts).received);
  }

  return {
    settle() {
      if (deps.logs.own.state().rotations.length === 0 || deps.stopped() !== null) return;
      const known = certified();
      for (const space of deps.spaces.all()) deps.guarded(() => bind(space, known));
    },
  };
}
