/** `doctor` while the node runs: what could be wrong here, each with what to do about it. */
import type { Store } from "@multichat/core/ports";
import type { DoctorCheck, Status } from "@multichat/client/contract";
import type { Space } from "./joining/spaces.ts";

export function doctorChecks({ store, status, spaces }: { store: Store; status: Status; spaces: Space[] }): DoctorCheck[] {
  const damage = store.check();
  const forked = spaces.flatMap(({ replica }) => [...replica.feeds.all()].filter((feed) => feed.fork !== null));
  const waiting = spaces.reduce((sum, { replica }) => sum + replica.pending.size(), 0);
  return [
    check("account", status.account !== null, status.account?.name ?? "No account yet: open Multichat in the browser, or run `multichat account create NAME`."),
    check("recovery phrase", !status.phraseUnsaved, status.phraseUnsaved ? "Not saved yet: `multichat account phrase` shows it; write it down." : "Saved, and erased from this computer."),
    check("keys", true, status.protected ? "Encrypted; their passphrase is asked for at every start." : "Not encrypted. `multichat keys protect` sets a passphrase."),
    check("database", damage === null, damage ?? "Sound."),
    check("addresses", status.addresses.length > 0, status.addresses.join(", ") || "No address that others could reach: is this computer on a network?"),
    check("connections", status.peers > 0 || spaces.length === 0, `${status.peers} connected.`),
    check("messages", waiting === 0, waiting === 0 ? "Everything received could be placed." : `${waiting} messages wait for earlier changes of their workspace; they are being asked for.`),
    check("devices", forked.length === 0, forked.length === 0 ? "No device contradicts itself." : `${forked.length} feeds of some device contradict themselves: a data folder was probably copied.`),
    ...status.problems.map((problem) => check(problem.code, false, problem.message)),
  ];
}

function check(name: string, ok: boolean, detail: string): DoctorCheck {
  return { name, ok, detail };
}
