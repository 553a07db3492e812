import type { Space, Status } from "@multichat/client/contract";
import type { Command } from "commander";
import { columns } from "../columns.ts";
import type { CliHost } from "../host.ts";
import { plural, relativeTime } from "../times.ts";
import { verb, withNode } from "../verb.ts";
import type { NodeVerb, VerbOptions } from "../verb.ts";

export function addStatusVerb(program: Command, host: CliHost): void {
  verb(program, "status", "show who you are and how you are connected").action(
    (options: VerbOptions) =>
      withNode(host, options, async ({ client, print, hint }) => {
        const { status } = await client.call("status.get", {});
        const { spaces } = status.locked ? { spaces: [] } : await client.call("space.list", {});
        const { ready, api, account, peer, peers, locked } = status;
        print({ ready, api, account, peer, peers, locked }, words(status, spaces, host.now(), hint));
      }),
  );
}

function words(status: Status, spaces: Space[], now: number, hint: NodeVerb["hint"]): string {
  const { account, api, peers, version, problems, phraseUnsaved, locked } = status;
  const nobody = locked ? `The keys are locked, and nothing works before they are opened: ${hint("multichat keys unlock")}` : "No account yet.";
  const lines = [
    account === null ? nobody : `You are ${account.name}.`,
    `Multichat ${version} at ${api}, connected to ${plural(peers, "device")}.`,
  ];
  if (spaces.length > 0) lines.push("", columns(spaces.map((space) => connectionRow(space, now))));
  const notes = problems.map(({ message }) => message);
  if (phraseUnsaved)
    notes.push(`Your recovery phrase is not saved. Write it down: ${hint("multichat account phrase")}`);
  if (notes.length > 0) lines.push("", ...notes.map((note) => `! ${note}`));
  return lines.join("\n");
}

function connectionRow({ name, connection, readOnly }: Space, now: number): string[] {
  const { connected, of, syncedAt, missing } = connection;
  const members =
    of === 0 ? "only you" : `connected to ${connected} of ${plural(of, "other member")}`;
  const synced = syncedAt === null ? "never synced" : `synced ${relativeTime(syncedAt, now)}`;
  const notes = [missing === 0 ? "" : `${missing} still to come`, readOnly ?? ""].filter(
    (note) => note !== "",
  );
  return [name, members, of === 0 ? "" : synced, notes.join("; ")];
}
