/** The emoji picker: the focus stays in its field, arrows walk the grid, Enter takes. */
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { placeBelow } from "../design/place.ts";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import {
  emojiByGroup,
  emojiGroups,
  emojiNamed,
  findEmoji,
  type Emoji,
  type EmojiGroup,
} from "./emoji-list.ts";
import { closePicker } from "./picker-state.ts";
import { recentEmoji } from "./recent.ts";
import { readTone, rememberTone, withTone, type Tone } from "./skin-tone.ts";
import { TonePicker } from "./TonePicker.tsx";

const columns = 8;
const mostFound = 120;
const mostRecent = 24;
const tabs = ["recent", ...emojiGroups] as const;
const tabFaces: Record<(typeof tabs)[number], string> = {
  recent: "🕘",
  smileys: "😀",
  people: "👋",
  nature: "🐻",
  food: "🍎",
  travel: "✈️",
  activities: "⚽",
  objects: "💡",
  symbols: "❤️",
  flags: "🏁",
};

interface Props {
  anchor: HTMLElement;
  pick(emoji: string): void;
}

export function EmojiPicker({ anchor, pick }: Props) {
  const app = useApp();
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState("");
  const [tab, setTab] = useState<"recent" | EmojiGroup>("recent");
  const [at, setAt] = useState(0);
  const [tone, setTone] = useState<Tone>(readTone);
  const shown = useMemo(() => listed(query, tab, tone), [query, tab, tone]);

  useEffect(() => {
    const element = popover.current;
    if (!element) return;
    element.showPopover();
    element.querySelector("input")?.focus();
    const observer = new ResizeObserver(() => placeBelow(element, anchor));
    observer.observe(element);
    observer.observe(document.documentElement);
    return () => {
      observer.disconnect();
      anchor.focus();
    };
  }, [anchor]);

  const take = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    closePicker(app);
    pick(emoji.emoji);
  };
  const go = (next: number) => {
    const index = Math.min(Math.max(0, next), shown.length - 1);
    setAt(index);
    document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const forward = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step !== undefined) go(at + step);
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) take(shown[at]);
    else return;
    event.preventDefault();
  };
  const look = (next: "recent" | EmojiGroup) => {
    setTab(next);
    setQuery("");
    setAt(0);
  };

  return (
    <div
      ref={popover}
      popover="auto"
      role="dialog"
      aria-label={t("emoji.title")}
      onToggle={(event) => event.newState === "closed" && closePicker(app)}
      className="fixed m-0 w-84 max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-l border border-line bg-raised text-text shadow-float open:flex"
    >
      <input
        role="combobox"
        aria-label={t("emoji.search")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={t("emoji.search")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="min-h-11 w-full shrink-0 border-b border-line bg-transparent px-4 focus-visible:outline-none"
      />
      <div className="flex shrink-0 justify-between border-b border-line px-2">
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={query === "" && tab === name}
            aria-label={t(`emoji.group.${name}`)}
            title={t(`emoji.group.${name}`)}
            onClick={() => look(name)}
            className="grid h-9 w-8 place-items-center border-b-2 border-transparent text-17 grayscale hover:grayscale-0 aria-pressed:border-accent aria-pressed:grayscale-0 pointer-coarse:h-11"
          >
            {tabFaces[name]}
          </button>
        ))}
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("emoji.title")}
        className="grid h-60 shrink grid-cols-8 content-start overflow-y-auto p-2"
      >
        {shown.map((one, index) => (
          <button
            key={one.emoji}
            id={`${id}-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-label={one.name}
            title={one.name}
            onClick={() => take(one)}
            onPointerMove={() => setAt(index)}
            className="grid aspect-square place-items-center rounded-s text-21 aria-selected:bg-pressed"
          >
            {one.emoji}
          </button>
        ))}
      </div>
      {shown.length === 0 && (
        <p className="absolute inset-x-0 top-32 px-4 text-center text-quiet">
          {t("emoji.nothing", { query })}
        </p>
      )}
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-t border-line ps-4 pe-2">
        <span aria-hidden="true" className="min-w-0 flex-1 truncate text-13 text-quiet">
          {shown[at]?.name}
        </span>
        <TonePicker
          tone={tone}
          onChange={(next) => {
            rememberTone(next);
            setTone(next);
          }}
        />
      </div>
    </div>
  );
}

function listed(query: string, tab: "recent" | EmojiGroup, tone: Tone): readonly Emoji[] {
  if (query.trim() === "" && tab === "recent") return recentEmoji(mostRecent).map(emojiNamed);
  const found =
    query.trim() === "" && tab !== "recent" ? emojiByGroup[tab] : findEmoji(query, mostFound);
  return found.map((one) => (one.toned ? { ...one, emoji: withTone(one.emoji, tone) } : one));
}
