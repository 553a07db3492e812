import { X } from "lucide-react";
import { t } from "../i18n/messages.ts";
import {
  filterNames,
  withFilter,
  writeQuery,
  type FilterName,
  type TypedQuery,
} from "./read-query.ts";

interface Props {
  query: TypedQuery;
  /** @param query of which the end is to be typed */
  onChange(query: string): void;
}

const complete: Partial<Record<FilterName, string>> = { has: "file", is: "pinned" };
const chip =
  "inline-flex min-h-8 max-w-full items-center gap-1 rounded-full border px-3 text-13 hover:bg-hover pointer-coarse:min-h-11";

/** What narrows the search, to be taken away; and what could. */
export function Filters({ query, onChange }: Props) {
  const add = (name: FilterName) => {
    const value = complete[name];
    if (value) onChange(writeQuery(withFilter(query, { name, value })));
    else onChange(`${writeQuery(query)} ${name}:`.trimStart());
  };
  return (
    <div role="group" aria-label={t("search.filters")} className="flex flex-wrap gap-1.5">
      {query.filters.map((filter) => (
        <button
          key={`${filter.name} ${filter.value}`}
          type="button"
          onClick={() =>
            onChange(
              writeQuery({ ...query, filters: query.filters.filter((other) => other !== filter) }),
            )
          }
          className={`${chip} border-accent bg-accent-wash font-medium text-accent-text`}
        >
          <span className="sr-only">{t("search.filterDrop")} </span>
          <span className="truncate">
            {filter.name in complete
              ? t(`search.add.${filter.name}`)
              : t(`search.chip.${filter.name}`, { value: filter.value })}
          </span>
          <X aria-hidden="true" className="size-3.5 shrink-0" />
        </button>
      ))}
      {filterNames
        .filter((name) => !query.filters.some((filter) => filter.name === name))
        .map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => add(name)}
            className={`${chip} border-line text-quiet`}
          >
            {t(`search.add.${name}`)}
          </button>
        ))}
    </div>
  );
}
