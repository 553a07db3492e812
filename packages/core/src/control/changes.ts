/**
 * Of which accounts, channels and feeds content must be judged again: those for which something else stands than before, and
 * those that a cut, a fence or a proof speaks of.
 */
import type { AccountId, ChannelId, DeviceId, EventId } from "@multichat/protocol";
import type { Standing } from "./acts.ts";
import type { Fact, Facts } from "./facts.ts";
import type { Judged } from "./judged.ts";

export interface Changes {
  accounts: Set<AccountId>;
  channels: Set<ChannelId>;
  devices: Set<DeviceId>;
  /** Feeds settled by a cut or fence: what lies behind `after` must be looked at; all of the channel where `device` is null. */
  settled: { channel: ChannelId; device: DeviceId | null; after: number }[];
}

export function noChanges(): Changes {
  return { accounts: new Set(), channels: new Set(), devices: new Set(), settled: [] };
}

export function addSettling(changes: Changes, facts: Pick<Facts, "devices">, { control, problem, index }: Fact): void {
  if (control === null || problem !== null) return;
  if (control.kind === "proof") changes.devices.add(control.payload.device);
  if ("account" in control.payload && facts.devices.takesBack(control.payload.account, index)) changes.accounts.add(control.payload.account);
  if (control.kind !== "cut" && control.kind !== "fence") return;
  const { channel, devices, rest } = control.payload;
  for (const [device, seq] of devices) changes.settled.push({ channel, device, after: seq });
  if (rest) changes.settled.push({ channel, device: null, after: 0 });
}

/** After all was judged anew. */
export function addDifferences(changes: Changes, before: Judged, after: Judged): void {
  const [old, now] = [before.acts, after.acts];
  const account = (id: AccountId): void => void changes.accounts.add(id);
  compare(old.grantsOf, now.grantsOf, (grants) => grants.map(({ id }) => id).sort(), account);
  for (const ledger of ["removals", "unbans", "leaves", "mutes"] as const) compare(old[ledger].entries(), now[ledger].entries(), ids, account);
  compare(old.revokes.entries(), now.revokes.entries(), ids, (grant) => {
    const fact = after.facts.grants.get(grant);
    if (fact !== undefined) account(fact.account);
  });
  compare(old.roleSets.entries(), now.roleSets.entries(), ids, (role) => {
    for (const { role: held, account: holder } of now.grants.values()) if (held === role) account(holder);
  });
  const channel = (id: string): void => void changes.channels.add(id.slice(0, 64) as ChannelId);
  for (const ledger of ["overrides", "cuts", "registers"] as const) compare<string, readonly Standing[]>(old[ledger].entries(), now[ledger].entries(), ids, channel);
  compare<string, Standing>(old.channels, now.channels, ({ fact }) => [fact.id], channel);
}

function ids(standings: readonly Standing[]): EventId[] {
  return standings.map(({ fact }) => fact.id);
}

/** @param of what a value comes to, in an order that does not depend on how it came about */
function compare<K, V>(old: ReadonlyMap<K, V>, now: ReadonlyMap<K, V>, of: (value: V) => EventId[], differs: (key: K) => void): void {
  for (const [key, value] of now) {
    const before = old.get(key);
    if (before === undefined || !same(of(before), of(value))) differs(key);
  }
  for (const key of old.keys()) if (!now.has(key)) differs(key);
}

function same(one: readonly EventId[], other: readonly EventId[]): boolean {
  return one.length === other.length && one.every((id, i) => id === other[i]);
}
