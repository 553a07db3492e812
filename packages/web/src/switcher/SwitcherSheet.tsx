/** Ctrl/Cmd-K: go to a channel, see a person, do something. Results as one types, the unread and recent first. */
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { matches } from "./matching.ts";
import { useTargets, type Target } from "./use-targets.tsx";

const mostShown = 40;

export function SwitcherSheet() {
  const app = useApp();
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const targets = useTargets();
  const shown = useMemo(() => matches(targets, query).slice(0, mostShown), [targets, query]);
  const manySpaces = useAppState((s) => Object.keys(s.spaces).length > 1);
  const close = () => closeSheet(app);

  const go = (target: Target | undefined) => {
    if (!target) return;
    close();
    target.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      const next = (at + step + shown.length) % shown.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      go(shown[at]);
    }
  };

  return (
    <Dialog title={t("switcher.title")} titleHidden wide onClose={close}>
      <input
        role="combobox"
        data-autofocus
        aria-label={t("switcher.title")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        placeholder={t("switcher.placeholder")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-14 w-full shrink-0 border-b border-line bg-transparent px-5 text-17 focus-visible:outline-none"
      />
      <div id={`${id}-list`} role="listbox" aria-label={t("switcher.results")} className="min-h-0 overflow-y-auto p-2">
        {shown.map((target, index) => (
          <button
            key={target.key}
            id={`${id}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => go(target)}
            onPointerMove={() => setAt(index)}
            className="flex min-h-10 w-full items-center text-start gap-3 rounded-s px-3 aria-selected:bg-accent-wash aria-selected:text-accent-text pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0"
          >
            {target.icon}
            <bdi className="min-w-0 truncate" title={target.label}>
              {target.label}
            </bdi>
            {target.unread && <span className="size-2 shrink-0 rounded-full bg-accent" title={t("sidebar.unread")} />}
            {(manySpaces || target.kind !== "channel") && (
              <span title={target.note} className="ms-auto max-w-[45%] shrink-0 truncate text-13 text-quiet">
                {target.note}
              </span>
            )}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p className="px-5 pb-6 text-quiet">{t("switcher.nothing", { query })}</p>}
    </Dialog>
  );
}
