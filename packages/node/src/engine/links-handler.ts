/** What the transport reports (links, frames, addresses), and everyone who is to know of it. */
import type { Clock, LinksHandler } from "@multichat/core/ports";
import type { Connector } from "@multichat/net/connections";
import type { Sync } from "@multichat/net/sync";
import type { ClockWatch } from "./clock-watch.ts";
import type { Files } from "./files/files.ts";
import type { Contacts } from "./trust/contacts.ts";
import type { Governance } from "./governing/governance.ts";
import type { Joins } from "./joining/joins.ts";
import type { ExistingSide } from "./accounts/linking/existing-side.ts";
import type { Offers } from "./joining/offers.ts";
import type { Presence } from "./presence/presence.ts";
import type { Pushes } from "./conversation/pushes.ts";
import type { Spaces } from "./joining/spaces.ts";

export function createLinksHandler(deps: {
  clock: Clock;
  connector: Connector;
  contacts: Contacts;
  joins: Joins;
  sync: Sync;
  spaces: Spaces;
  watch: ClockWatch;
  governance: Governance;
  offers: Offers;
  linking: ExistingSide;
  pushes: Pushes;
  files: Pick<Files, "unlinked">;
  presence: Pick<Presence, "unlinked">;
  /** Others reach this device at these addresses. */
  listening(addresses: string[]): void;
}): LinksHandler {
  const { connector, joins, sync, pushes } = deps;
  return {
    linked(link) {
      connector.linked(link);
      if (link.outbound) deps.contacts.reached(link.device, link.address, deps.clock.now());
      joins.linked(link.device);
      sync.linked(link.device);
      pushes.markStatus();
    },
    frame: (peer, bytes) => sync.frame(peer, bytes),
    unlinked(peer, reason) {
      const open = [...deps.spaces.all()].filter((space) => sync.openWith(space.id).includes(peer));
      sync.unlinked(peer);
      deps.files.unlinked(peer);
      deps.presence.unlinked(peer);
      deps.watch.forget(peer);
      deps.governance.freshness.gone(peer);
      connector.unlinked(peer, reason);
      deps.offers.forget(peer);
      joins.unlinked(peer, reason);
      deps.linking.unlinked(peer);
      for (const space of open) pushes.markMembers(space.id);
      pushes.markStatus();
    },
    dialFailed(peer, attempts) {
      connector.dialFailed(peer, attempts);
      joins.dialFailed(peer, attempts);
    },
    discovered(peer, addresses) {
      connector.hurry(peer, addresses);
      joins.discovered(peer, addresses);
    },
    listening(addresses) {
      deps.listening(addresses);
      pushes.markStatus();
    },
    rtt(peer, ms) {
      connector.rtt(peer, ms);
      pushes.markPeers();
    },
    drained() {},
  };
}
