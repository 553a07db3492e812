import { ChevronRight, FileUp, KeyRound, Laptop } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import type { EntryWay } from "../state/store.ts";

const ways: readonly { way: Exclude<EntryWay, "existing">; icon: ReactNode }[] = [
  { way: "link", icon: <Laptop /> },
  { way: "recover", icon: <KeyRound /> },
  { way: "restore", icon: <FileUp /> },
];

/** The ways in for somebody who has an account, the easiest first. */
export function ExistingWays({ onChoose }: { onChoose(way: EntryWay): void }) {
  return (
    <ul className="space-y-3">
      {ways.map(({ way, icon }) => (
        <li key={way}>
          <button
            type="button"
            onClick={() => onChoose(way)}
            className="flex w-full items-center gap-4 rounded-m border border-control bg-surface p-4 text-start transition-colors hover:bg-sunken [&_svg]:size-5 [&_svg]:shrink-0"
          >
            <span aria-hidden="true" className="text-accent">
              {icon}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block font-bold">{t(`existing.${way}`)}</span>
              <span className="block text-13 text-quiet">{t(`existing.${way}.when`)}</span>
            </span>
            <ChevronRight aria-hidden="true" className="text-quiet" />
          </button>
        </li>
      ))}
    </ul>
  );
}
