/** A list that everybody works on: entries are added, ticked, renamed, moved and removed, and each says who changed it last. */
import type { ListView } from "@multichat/client/contract";
import { ArrowDown, ArrowUp, Pencil, X } from "lucide-react";
import { startTransition, useOptimistic, useState, type KeyboardEvent } from "react";
import { Button } from "../design/Button.tsx";
import { Field } from "../design/Field.tsx";
import { FormDialog } from "../design/FormDialog.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { Problem } from "../design/Problem.tsx";
import { TextArea } from "../design/TextArea.tsx";
import { dayAndTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { whyNot } from "../state/permissions.ts";
import { useAnnotate } from "./annotate.ts";
import type { CreateProps, ViewProps } from "./kinds.tsx";
import { between, newItem, withItem } from "./list-places.ts";
import { useCreate } from "./use-create.ts";

type Item = ListView["items"][number];
type Written = Pick<Item, "item" | "text" | "done" | "place">;

export function View({ message, view: list }: ViewProps<"list">) {
  const channel = useAppState((s) => s.channels[message.channel]);
  const why = channel ? whyNot(channel, "send") : null;
  const change = useAnnotate(message, "item");
  const [adding, setAdding] = useState("");
  const [items, showAlready] = useOptimistic(list.items, withItem);
  const you = useAppState((s) => s.status?.account ?? null);
  const done = items.filter((item) => item.done).length;

  /** Shown at once; if it could not be kept, it is as it was, and says why. */
  const write = ({ item, text, done: ticked, place }: Written) =>
    startTransition(async () => {
      const by = you ?? { id: "", name: "" };
      showAlready({ item, text, done: ticked, place, by, at: Date.now() });
      await change.start({ item, text, done: ticked, place });
    });
  const add = () => {
    const text = adding.trim();
    if (!text || why) return;
    setAdding("");
    write({
      item: newItem(),
      text,
      done: false,
      place: between(items.at(-1)?.place ?? null, null),
    });
  };
  /** To before the item that is then at `to`. */
  const move = (item: Item, to: number) => {
    const others = items.filter((other) => other !== item);
    write({ ...item, place: between(others[to - 1]?.place ?? null, others[to]?.place ?? null) });
  };
  return (
    <section
      aria-label={t("list.label", { title: list.title })}
      className="mt-1 max-w-128 rounded-m border border-line bg-surface p-3"
    >
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-bold wrap-anywhere" dir="auto">
          {list.title}
        </span>
        <span className="text-12 text-quiet tabular-nums">
          {t("list.done", { done, count: items.length })}
        </span>
      </p>
      <ul className="mt-1">
        {items.map((item, index) => (
          <Entry
            key={item.item}
            item={item}
            why={why}
            onChange={(changed) => write({ ...item, ...changed })}
            onUp={index > 0 ? () => move(item, index - 1) : null}
            onDown={index < items.length - 1 ? () => move(item, index + 1) : null}
          />
        ))}
      </ul>
      {items.length === 0 && <p className="py-1 text-13 text-quiet">{t("list.empty")}</p>}
      {!why && (
        <form
          className="mt-2 flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <input
            aria-label={t("list.add")}
            placeholder={t("list.add")}
            dir="auto"
            value={adding}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setAdding(event.target.value)}
            className="min-h-9 min-w-0 flex-1 basis-32 rounded-s border border-control bg-surface px-2.5 pointer-coarse:min-h-11"
          />
          <Button type="submit" disabled={!adding.trim() || change.busy}>
            {t("list.addButton")}
          </Button>
        </form>
      )}
      <Problem text={change.problem} />
    </section>
  );
}

interface EntryProps {
  item: Item;
  why: string | null;
  onChange(changed: Partial<Pick<Item, "text" | "done">>): void;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
}

function Entry({ item, why, onChange, onUp, onDown }: EntryProps) {
  const [renaming, setRenaming] = useState<string | null>(null);
  const rename = () => {
    const text = renaming?.trim();
    setRenaming(null);
    if (text && text !== item.text) onChange({ text });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") rename();
    else if (event.key === "Escape") setRenaming(null);
    else return;
    event.preventDefault();
  };
  return (
    <li className="group/entry flex min-h-9 items-start gap-2 rounded-s hover:bg-hover pointer-coarse:min-h-11">
      {renaming === null ? (
        <label className="flex min-w-0 flex-1 items-start gap-2 py-1">
          <input
            type="checkbox"
            checked={item.done}
            disabled={why !== null}
            aria-label={item.text}
            onChange={(event) => onChange({ done: event.target.checked })}
            className="mt-1 ms-1 size-4 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span
              className={`block wrap-anywhere ${item.done ? "text-quiet line-through" : ""}`}
              dir="auto"
            >
              {item.text}
            </span>
            <span className="block text-12 text-quiet">
              {t(item.done ? "list.doneBy" : "list.by", {
                name: item.by.name,
                when: dayAndTime(item.at),
              })}
            </span>
          </span>
        </label>
      ) : (
        <input
          aria-label={t("list.rename")}
          dir="auto"
          value={renaming}
          maxLength={500}
          autoComplete="off"
          ref={(input) => input?.focus()}
          onChange={(event) => setRenaming(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={rename}
          className="ms-7 min-h-9 min-w-0 flex-1 rounded-s border border-control bg-surface px-2 pointer-coarse:min-h-11"
        />
      )}
      {!why && renaming === null && (
        <span className="flex shrink-0 pointer-fine:opacity-0 pointer-fine:group-hover/entry:opacity-100 pointer-fine:focus-within:opacity-100">
          <IconButton
            label={t("list.up", { text: item.text })}
            icon={<ArrowUp />}
            disabled={!onUp}
            onClick={() => onUp?.()}
            className="max-two:hidden"
          />
          <IconButton
            label={t("list.down", { text: item.text })}
            icon={<ArrowDown />}
            disabled={!onDown}
            onClick={() => onDown?.()}
            className="max-two:hidden"
          />
          <IconButton
            label={t("list.renameNamed", { text: item.text })}
            icon={<Pencil />}
            onClick={() => setRenaming(item.text)}
          />
          <IconButton
            label={t("list.remove", { text: item.text })}
            icon={<X />}
            onClick={() => onChange({ text: "" })}
          />
        </span>
      )}
    </li>
  );
}

export function Create({ channel, onClose }: CreateProps) {
  const app = useApp();
  const [title, setTitle] = useState("");
  const [entries, setEntries] = useState("");
  const create = useCreate(channel, "list", onClose, async (message) => {
    let place: number | null = null;
    for (const text of entries
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)) {
      place = between(place, null);
      await app.client.call("content.annotate", {
        message: message.id,
        kind: "item",
        value: { item: newItem(), text: text.slice(0, 500), done: false, place },
      });
    }
  });
  return (
    <FormDialog
      title={t("list.create")}
      submit={t("list.start")}
      ready={title.trim() !== ""}
      busy={create.busy}
      problem={create.problem}
      onSubmit={() => void create.start({ title: title.trim() })}
      onClose={onClose}
    >
      <Field
        label={t("list.title")}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        maxLength={200}
        autoComplete="off"
        autoFocus
      />
      <TextArea
        label={t("list.entries")}
        hint={t("list.entriesHint")}
        rows={5}
        className="mt-4"
        value={entries}
        onChange={(event) => setEntries(event.target.value)}
      />
      <p className="mt-3 text-13 text-quiet">{t("list.whoChanges")}</p>
    </FormDialog>
  );
}
