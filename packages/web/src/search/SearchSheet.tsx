/** Search over everything held here: hits as one types, narrowed by chips or by words such as `from:Bob`. */
import type { Hit } from "@multichat/client/contract";
import { LoaderCircle } from "lucide-react";
import { useId, useMemo, useRef, useState, type KeyboardEvent, type UIEvent } from "react";
import { Dialog } from "../design/Dialog.tsx";
import { Problem } from "../design/Problem.tsx";
import { useNow } from "../design/use-now.ts";
import { useUnexpired } from "../expiry/use-unexpired.ts";
import { formatLocale, t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { jumpToMessage } from "../state/jump.ts";
import { closeSheet, type SearchScope } from "../state/store.ts";
import { Filters } from "./Filters.tsx";
import { HitRow } from "./HitRow.tsx";
import { readQuery, toSearch } from "./read-query.ts";
import { Scopes } from "./Scopes.tsx";
import { suggestionsFor, type Suggestion } from "./suggestions.ts";
import { useKnown } from "./use-known.ts";
import { useSearch } from "./use-search.ts";

/** This close to the end, in pixels, the next page is fetched. */
const nearEnd = 400;
/** Both as the local API has them: longer questions are not taken, and more hits not counted. */
const longestQuery = 500;
const mostCounted = 20_000;

export function SearchSheet({
  scope: opened,
  query: given,
}: {
  scope: SearchScope;
  query: string;
}) {
  const app = useApp();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(given);
  const [scope, setScope] = useState(opened);
  const [relevance, setRelevance] = useState(false);
  const [pointed, setPointed] = useState({ among: "", at: 0 });
  const now = useNow(60_000);
  const known = useKnown();
  const route = useAppState((s) => s.route);

  const typed = useMemo(() => readQuery(text), [text]);
  const { search, unknown } = useMemo(() => toSearch(typed, known), [typed, known]);
  const place =
    route.at === "space" && !search.channel
      ? {
          ...(scope === "channel" && route.channel && { channel: route.channel }),
          ...(scope === "space" && { space: route.space }),
        }
      : {};
  const blank =
    typed.words === "" && (typed.filters.length === 0 || typed.filters.length === unknown.length);
  const { found, busy, problem, more } = useSearch(
    blank || unknown.length > 0 ? null : { ...search, ...place, ...(relevance && { relevance }) },
  );
  const suggestions = useMemo(() => suggestionsFor(text, known, now), [text, known, now]);
  const hits = useUnexpired(found.hits ?? undefined, ({ message }) => message) ?? [];
  const options: readonly (Suggestion | Hit)[] = suggestions.length > 0 ? suggestions : hits;

  const among = `${scope} ${relevance} ${text}`;
  const at = pointed.among === among ? pointed.at : 0;
  const setAt = (next: number) => setPointed({ among, at: next });

  const change = (next: string) => {
    setText(next);
    input.current?.focus();
  };
  const choose = (option: Suggestion | Hit | undefined) => {
    if (!option) return;
    if ("query" in option) return change(option.query);
    closeSheet(app);
    void jumpToMessage(app, option.message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      const next = Math.min(options.length - 1, Math.max(0, at + step));
      setAt(next);
      if (next >= options.length - 3) more();
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter") {
      event.preventDefault();
      choose(options[at]);
    }
  };
  const onScroll = ({ currentTarget: list }: UIEvent<HTMLElement>) => {
    if (
      suggestions.length === 0 &&
      list.scrollHeight - list.scrollTop - list.clientHeight < nearEnd
    )
      more();
  };

  return (
    <Dialog title={t("search.title")} titleHidden wide onClose={() => closeSheet(app)}>
      <input
        ref={input}
        role="combobox"
        data-autofocus
        aria-label={t("search.title")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={options[at] ? `${id}-${at}` : undefined}
        aria-autocomplete="list"
        aria-describedby={`${id}-about`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        placeholder={t("search.placeholder")}
        maxLength={longestQuery}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-h-14 w-full shrink-0 border-b border-line bg-transparent px-5 text-17 focus-visible:outline-none"
      />
      <div className="shrink-0 space-y-2 border-b border-line px-4 py-2.5">
        <Scopes scope={scope} onScope={setScope} relevance={relevance} onRelevance={setRelevance} />
        <Filters query={typed} onChange={change} />
        <p
          id={`${id}-about`}
          role="status"
          className="flex min-h-5 items-center gap-2 text-12 text-quiet"
        >
          {busy && (
            <LoaderCircle
              aria-hidden="true"
              className="size-3.5 animate-spin motion-reduce:hidden"
            />
          )}
          {about(
            found,
            unknown.map(({ name, value }) => `${name}:${value}`),
          )}
        </p>
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("search.results")}
        onScroll={onScroll}
        className="min-h-0 overflow-y-auto p-2 empty:p-0"
      >
        {options.map((option, index) => (
          <button
            key={"query" in option ? option.query : option.message.id}
            id={`${id}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(option)}
            onPointerMove={() => setAt(index)}
            className="flex min-h-10 w-full items-center gap-3 rounded-s px-3 text-start aria-selected:bg-accent-wash pointer-coarse:min-h-11"
          >
            {"query" in option ? (
              <>
                <bdi className="min-w-0 flex-1 truncate">{option.label}</bdi>
                <span className="text-13 text-quiet">{option.note}</span>
              </>
            ) : (
              <HitRow hit={option} />
            )}
          </button>
        ))}
      </div>
      {problem && (
        <div className="px-5 pb-4">
          <Problem text={problem} />
        </div>
      )}
      {blank && suggestions.length === 0 && (
        <p className="px-5 pt-3 pb-5 text-13 text-quiet">{t("search.help")}</p>
      )}
    </Dialog>
  );
}

/** How many there are, and of how many one sees the best. */
function about(
  { hits, total, order }: ReturnType<typeof useSearch>["found"],
  unknown: readonly string[],
): string {
  if (unknown.length > 0)
    return t("search.unknown", { filters: new Intl.ListFormat(formatLocale()).format(unknown) });
  if (hits === null) return "";
  const count = t(total < mostCounted ? "search.count" : "search.countMany", { count: total });
  return order === "newest-of-many" ? `${count} ${t("search.newestOfMany")}` : count;
}
