/** A field and what fits it: one types, arrows choose, Enter takes. */
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { matches } from "./matching.ts";
import type { Target } from "./use-targets.tsx";

const mostShown = 40;

interface Props {
  label: string;
  placeholder: string;
  targets: readonly Target[];
  /** What is offered besides, whatever was typed. */
  last?(query: string): Target;
  onChoose(target: Target): void;
}

export function Chooser({ label, placeholder, targets, last, onChoose }: Props) {
  const id = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const fitting = useMemo(() => matches(targets, query).slice(0, mostShown), [targets, query]);
  const shown = last && query.trim() ? [...fitting, last(query)] : fitting;
  const manySpaces = useAppState((s) => Object.keys(s.spaces).length > 1);

  const go = (target: Target | undefined) => target && onChoose(target);
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
    <>
      <input
        role="combobox"
        data-autofocus
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-14 w-full shrink-0 border-b border-line bg-transparent px-5 text-17 focus-visible:outline-none"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("switcher.results")}
        className="min-h-0 overflow-y-auto p-2"
      >
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
            {target.unread && (
              <span
                className="size-2 shrink-0 rounded-full bg-accent"
                title={t("sidebar.unread")}
              />
            )}
            {(manySpaces || target.kind !== "channel") && (
              <span
                dir="auto"
                title={target.note}
                className="ms-auto max-w-[45%] shrink-0 truncate text-13 text-quiet"
              >
                {target.note}
              </span>
            )}
          </button>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="px-5 pb-6 text-quiet">{t("switcher.nothing", { query })}</p>
      )}
    </>
  );
}
