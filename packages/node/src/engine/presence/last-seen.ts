/** When this node saw people last (spec/13-presence.md, Who may see it): its own observation, on its own disk. */
import type { Store } from "@multichat/core/ports";
import type { AccountId } from "@multichat/protocol";

export interface LastSeen {
  of(account: AccountId): number | null;
  /** @param at null: they ask that it not be kept */
  note(account: AccountId, at: number | null): void;
  /** Writes down what was noted, of one or of all. */
  keep(account?: AccountId): void;
}

/** Whoever stays is written down now and then, in case this node does not stop in order. */
const keepMs = 10 * 60_000;

export function createLastSeen({ store }: { store: Pick<Store, "setting" | "putSetting" | "transaction"> }): LastSeen {
  const noted = new Map<AccountId, { at: number; kept: number | null }>();

  function kept(account: AccountId): number | null {
    const saved = store.setting(`seen/${account}`);
    return saved === null ? null : Number(saved);
  }

  function write(account: AccountId, at: number | null): void {
    store.transaction(() => store.putSetting(`seen/${account}`, at === null ? null : String(at)));
  }

  function keep(account: AccountId): void {
    const found = noted.get(account);
    if (found === undefined || found.at === found.kept) return;
    write(account, found.at);
    found.kept = found.at;
  }

  return {
    of: (account) => noted.get(account)?.at ?? kept(account),
    note(account, at) {
      if (at === null) {
        noted.delete(account);
        if (kept(account) !== null) write(account, null);
        return;
      }
      const before = noted.get(account) ?? { at, kept: kept(account) };
      noted.set(account, { ...before, at });
      if (before.kept === null || Math.abs(at - before.kept) >= keepMs) keep(account);
    },
    keep(account) {
      if (account !== undefined) keep(account);
      else for (const each of noted.keys()) keep(each);
    },
  };
}
