/** Every other device this one knows: how it is connected, or why not and when it is tried again. */
import type { Peer } from "@multichat/client/contract";
import { useEffect } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { useNow } from "../design/use-now.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { PeerRow } from "./PeerRow.tsx";
import { readableAddress } from "./readable-address.ts";
import { Remedies } from "./Remedies.tsx";

const second = 1_000;

export function ConnectionsSheet() {
  const app = useApp();
  const now = useNow(second);
  const peers = useAppState((s) => s.peers);
  const running = useAppState((s) => s.link === "open");
  const addresses = useAppState((s) => s.status?.addresses) ?? [];

  useEffect(() => {
    app.client.call("peer.list", {}).then(
      ({ peers: listed }) => app.store.setState({ peers: listed }),
      // The list shown is kept current by pushes; this was only to be sure.
      () => undefined,
    );
  }, [app]);

  const sorted = [...peers].sort(byReach);
  const connected = peers.filter((peer) => peer.connected).length;
  return (
    <Dialog wide title={t("connections.title")} onClose={() => closeSheet(app)}>
      <p className="text-quiet">
        {running ? t("connections.lead", { connected, of: peers.length }) : t("away.banner")}
      </p>
      {running && connected === 0 && <Remedies known={peers.length} />}
      <ul className="mt-4 divide-y divide-line">
        {sorted.map((peer) => (
          <PeerRow key={peer.id} peer={peer} now={now} />
        ))}
      </ul>
      <details className="mt-5">
        <summary className="min-h-8 py-1.5 text-13 font-medium text-accent-text">{t("connections.addresses")}</summary>
        <p className="mt-1 text-13 text-quiet">{t("connections.addressesLead")}</p>
        <ul className="mt-2 space-y-1 font-mono text-12 wrap-anywhere">
          {addresses.map((address) => (
            <li key={address} dir="ltr">{readableAddress(address)}</li>
          ))}
        </ul>
      </details>
    </Dialog>
  );
}

function byReach(a: Peer, b: Peer): number {
  return Number(b.connected) - Number(a.connected) || (b.lastConnected ?? 0) - (a.lastConnected ?? 0) || a.name.localeCompare(b.name);
}
