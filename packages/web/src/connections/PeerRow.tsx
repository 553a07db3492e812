import type { Peer } from "@multichat/client/contract";
import { Avatar } from "../design/Avatar.tsx";
import { relativeTime } from "../i18n/dates.ts";
import { formatLocale, t } from "../i18n/messages.ts";
import { LinkDot } from "./LinkDot.tsx";
import { readableAddress } from "./readable-address.ts";

export function PeerRow({ peer, now }: { peer: Peer; now: number }) {
  const name = peer.name || t("connections.unnamed");
  return (
    <li className="flex items-start gap-3 py-3">
      <Avatar id={peer.account ?? peer.id} name={name} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-medium wrap-anywhere">{name}</bdi>
          {peer.connected && peer.rttMs !== null && (
            <span className="ms-auto text-12 text-quiet tabular-nums">{roundTrip(peer.rttMs)}</span>
          )}
        </p>
        <p className="flex items-start gap-1.5 text-13">
          <LinkDot level={peer.connected ? "all" : "none"} />
          <span className="wrap-anywhere">
            {peer.connected ? t("connections.connectedBy", { link: peer.link ?? t("connections.direct") }) : away(peer, now)}
          </span>
        </p>
        {!peer.connected && peer.problem && <p className="mt-0.5 text-13 text-quiet wrap-anywhere">{peer.problem}</p>}
        {!peer.connected && peer.retryAt !== null && (
          <p className="mt-0.5 text-13 text-quiet tabular-nums">{nextTry(peer.retryAt, now)}</p>
        )}
        {peer.address && <p className="mt-0.5 font-mono text-12 text-quiet wrap-anywhere" dir="ltr">{readableAddress(peer.address)}</p>}
      </div>
    </li>
  );
}

function roundTrip(ms: number): string {
  const digits = ms < 10 ? 1 : 0;
  const time = new Intl.NumberFormat(formatLocale(), {
    style: "unit",
    unit: "millisecond",
    maximumFractionDigits: digits,
  }).format(ms);
  return t("connections.roundTrip", { time });
}

function away(peer: Peer, now: number): string {
  return peer.lastConnected === null
    ? t("connections.never")
    : t("connections.last", { when: relativeTime(peer.lastConnected, now) });
}

function nextTry(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1_000);
  if (seconds <= 0) return t("connections.tryingNow");
  if (seconds < 90) return t("connections.nextSeconds", { seconds });
  return t("connections.next", { when: relativeTime(at, now) });
}
