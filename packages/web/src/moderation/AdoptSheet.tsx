import type { Id, VoidedEntry } from "@multichat/client/contract";
import { useCallback, useState } from "react";
import { Confirm } from "../design/Confirm.tsx";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { useListed } from "../state/use-listed.ts";
import { Deed } from "./Deed.tsx";

/** What removals made void, by removal; what is chosen stands again. */
export function AdoptSheet({ space, cause }: { space: Id; cause: Id | null }) {
  const app = useApp();
  const { value, problem, set } = useListed("moderation.voided", { space, ...(cause ? { cause } : {}) }, "audit", space);
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const causes = byCause(value?.entries ?? []);
  const keep = useCallback(async () => {
    let entries: VoidedEntry[] = [];
    for (const [id, made] of causes) {
      const events = made.filter((entry) => chosen.has(entry.id)).map((entry) => entry.id);
      if (events.length > 0) ({ entries } = await app.client.call("moderation.adopt", { space, cause: id, events }));
    }
    set({ entries });
    setChosen(new Set());
    closeSheet(app);
  }, [app, space, causes, chosen, set]);
  const toggle = (id: Id) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };

  return (
    <Dialog wide title={t("adopt.title")} onClose={() => closeSheet(app)}>
      <p className="text-quiet">{t("adopt.lead")}</p>
      <Problem text={problem} />
      {value?.entries.length === 0 && <p className="mt-5">{t("adopt.nothing")}</p>}
      {causes.map(([id, entries]) => (
        <fieldset key={id} className="mt-5 min-w-0">
          <legend className="text-13 font-medium wrap-anywhere">
            <Cause entry={entries[0]!} />
          </legend>
          <ul className="mt-1 divide-y divide-line rounded-m border border-line">
            {entries.map((entry) => (
              <li key={entry.id}>
                <label className="flex min-h-11 items-start gap-3 px-3.5 py-2.5">
                  <input type="checkbox" disabled={!entry.adoptable} checked={chosen.has(entry.id)} onChange={() => toggle(entry.id)} className="mt-1 size-4 shrink-0 accent-accent" />
                  <span className="min-w-0 flex-1 wrap-anywhere">
                    <Deed by={entry.by} of={entry.of} deed={entry.deed} />
                    <span className="block text-12 text-quiet">
                      {dayAndTime(entry.at)}
                      {!entry.adoptable && ` · ${t("adopt.notYours")}`}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      ))}
      <Confirm kind="primary" label={t("adopt.confirm", { count: chosen.size })} disabled={chosen.size === 0} run={keep} onCancel={() => closeSheet(app)} />
    </Dialog>
  );
}

function Cause({ entry: { causeBy, causeOf, causeDeed } }: { entry: VoidedEntry }) {
  return <Deed by={causeBy} of={causeOf} deed={causeDeed} />;
}

function byCause(entries: readonly VoidedEntry[]): [Id, VoidedEntry[]][] {
  const causes = new Map<Id, VoidedEntry[]>();
  for (const entry of entries) causes.set(entry.cause, [...(causes.get(entry.cause) ?? []), entry]);
  return [...causes];
}
