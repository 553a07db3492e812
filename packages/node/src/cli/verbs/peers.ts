import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { relativeTime } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { VerbOptions } from "../verb.ts";

export function addPeersVerb(program: Command, host: CliHost): void {
  verb(program, "peers", "show the other devices this one knows, and how it reaches them").action(
    (options: VerbOptions) =>
      withNode(host, options, async ({ client, print }) => {
        const { peers } = await client.call("peer.list", {});
        const rows = peers.map((peer) => [
          peer.name,
          peer.connected ? "connected" : "away",
          peer.connected ? (peer.link ?? "") : lastSeen(peer.lastConnected, host.now()),
          peer.rttMs === null ? "" : `${Math.round(peer.rttMs)} ms`,
          peer.problem ?? "",
        ]);
        print(
          {
            peers: peers.map(({ id, name, connected, link, rttMs }) => ({
              id,
              name,
              connected,
              link,
              rttMs,
            })),
          },
          peers.length === 0
            ? "No other devices yet. They come with the workspaces you share."
            : columns(rows),
        );
      }),
  );
}

function lastSeen(time: number | null, now: number): string {
  return time === null ? "never connected" : relativeTime(time, now);
}
