import { t } from "../i18n/messages.ts";
import type { Completion } from "./use-completions.tsx";

interface Props {
  id: string;
  completions: readonly Completion[];
  at: number;
  onPoint(index: number): void;
  onChoose(completion: Completion): void;
}

/** The list above the text; the focus stays in the text, which says by `aria-activedescendant` where in the list one is. */
export function Completions({ id, completions, at, onPoint, onChoose }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("composer.choices")}
      className="absolute inset-x-0 bottom-full z-10 mb-1 max-h-[min(22rem,50dvh)] overflow-y-auto rounded-m border border-line bg-raised p-1 shadow-float"
    >
      {completions.map((completion, index) => (
        <button
          key={completion.key}
          type="button"
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          aria-disabled={completion.why ? true : undefined}
          // The text keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => onPoint(index)}
          onClick={() => onChoose(completion)}
          className="flex min-h-9 w-full text-start cursor-pointer items-center gap-2.5 rounded-s px-2.5 py-1 aria-disabled:cursor-default aria-disabled:text-quiet aria-selected:bg-accent-wash aria-selected:not-aria-disabled:text-accent-text pointer-coarse:min-h-11 [&>svg]:mx-1 [&>svg]:size-4 [&>svg]:shrink-0"
        >
          {completion.icon}
          <bdi className="min-w-0 shrink truncate">{completion.label}</bdi>
          {(completion.why ?? completion.note) && (
            <span className="ms-auto min-w-0 max-w-[60%] truncate text-12 text-quiet">
              {completion.why ?? completion.note}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
