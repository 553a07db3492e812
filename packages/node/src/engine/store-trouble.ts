/** A write failed inside the store: what is in memory is brought back to what is on disk, and the person is told. */
import type { Links, StoreError } from "@multichat/core/ports";
import type { Problem } from "@multichat/client/contract";
import type { Connector } from "@multichat/net/connections";
import type { Sync } from "@multichat/net/sync";
import { storeFailure } from "./failure.ts";
import type { Pushes } from "./conversation/pushes.ts";
import type { Spaces } from "./joining/spaces.ts";

export interface StoreTrouble {
  recover(error: StoreError): void;
  /** What is wrong with the disk, if it is not over. */
  problem(): Problem | null;
  /** Something was stored. */
  over(): void;
}

export function createStoreTrouble(deps: {
  links: Pick<Links, "close">;
  connector: Connector;
  spaces: Spaces;
  sync(): Sync;
  pushes(): Pushes;
  log(event: string, detail?: Record<string, string | number>): void;
}): StoreTrouble {
  let problem: Problem | null = null;
  /** What is damaged stays so, whatever else can still be written. */
  let lasts = false;
  return {
    recover(error) {
      const { code, message } = storeFailure(error);
      const kind = code === "disk-full" ? "disk-full" : "database-damaged";
      problem = { code: kind, message, remedy: kind === "disk-full" ? null : "device.renew" };
      lasts ||= error.code === "damaged";
      deps.log("store.failed", { code: error.code });
      deps.pushes().markStatus();
      if (error.code === "damaged") return;
      // What the links believe to be here may just have been rolled back: they begin anew.
      for (const { link } of deps.connector.peers()) {
        if (link === null) continue;
        deps.sync().unlinked(link.device);
        deps.links.close(link.device, "this device could not store what it received");
      }
      for (const space of deps.spaces.all()) deps.spaces.reload(space);
    },
    problem: () => problem,
    over() {
      if (problem === null || lasts) return;
      problem = null;
      deps.pushes().markStatus();
    },
  };
}
