import { t } from "../i18n/messages.ts";
import { useAppState } from "../state/context.tsx";
import { placeName } from "../state/places.ts";
import { shownChannel, shownSpace } from "../state/selectors.ts";
import type { SearchScope } from "../state/store.ts";

interface Props {
  scope: SearchScope;
  onScope(scope: SearchScope): void;
  relevance: boolean;
  onRelevance(relevance: boolean): void;
}

/** Where is searched, and what comes first. */
export function Scopes({ scope, onScope, relevance, onRelevance }: Props) {
  const space = useAppState(shownSpace);
  const channel = useAppState(shownChannel);
  const name = space && channel ? placeName(space, channel) : "";
  const scopes: { value: SearchScope; label: string }[] = [
    ...(space && channel
      ? [{ value: "channel" as const, label: space.kind === "team" ? `#${name}` : name }]
      : []),
    ...(space && space.kind === "team" ? [{ value: "space" as const, label: space.name }] : []),
    { value: "all", label: t("search.everywhere") },
  ];
  const orders = [
    { value: false, label: t("search.newest") },
    { value: true, label: t("search.relevance") },
  ];
  const select =
    "min-h-8 min-w-0 max-w-full truncate rounded-s border border-control bg-surface px-2 text-13 pointer-coarse:min-h-11";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <select
        aria-label={t("search.where")}
        value={scopes.some(({ value }) => value === scope) ? scope : "all"}
        onChange={(event) => onScope(event.target.value as SearchScope)}
        className={select}
      >
        {scopes.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label={t("search.order")}
        value={String(relevance)}
        onChange={(event) => onRelevance(event.target.value === "true")}
        className={select}
      >
        {orders.map(({ value, label }) => (
          <option key={label} value={String(value)}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}
