import type { Person } from "@multichat/client/contract";
import { X } from "lucide-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { Avatar } from "../design/Avatar.tsx";
import { Field } from "../design/Field.tsx";
import { t } from "../i18n/messages.ts";
import { matchingPeople } from "../members/matching-people.ts";
import { byName } from "../members/member-order.ts";

interface Props {
  label: string;
  people: readonly Person[] | null;
  chosen: readonly Person[];
  autoFocus?: boolean;
  onChange(chosen: readonly Person[]): void;
}

/** More are found by typing. */
const mostShown = 50;

/** Several of many people: those chosen above, the others found by parts of their names. */
export function PeoplePicker({ label, people, chosen, autoFocus = false, onChange }: Props) {
  const [query, setQuery] = useState("");
  const found = useMemo(() => matchingPeople(byName(people ?? []), query), [people, query]);
  const isChosen = (person: Person) => chosen.some(({ id }) => id === person.id);
  const toggle = (person: Person) => onChange(isChosen(person) ? chosen.filter(({ id }) => id !== person.id) : [...chosen, person]);
  /** Who is found first is taken, and the next can be typed; once nothing is typed, Enter is for the form around it. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || query.trim() === "" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const [first] = found;
    if (!first) return;
    if (!isChosen(first)) toggle(first);
    setQuery("");
  };

  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <Field
        label={label}
        type="search"
        value={query}
        autoComplete="off"
        autoFocus={autoFocus}
        placeholder={t("people.search")}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {chosen.length > 0 && (
        <ul aria-label={t("people.chosen")} className="mt-2 flex max-h-24 flex-wrap gap-1.5 overflow-y-auto">
          {chosen.map((person) => (
            <li key={person.id} className="max-w-full">
              <button
                type="button"
                onClick={() => toggle(person)}
                className="flex min-h-8 max-w-full items-center gap-1.5 rounded-full bg-accent-wash ps-1.5 pe-2.5 text-13 font-medium text-accent-text pointer-coarse:min-h-11"
              >
                <span className="sr-only">{t("people.remove", { name: person.name })}</span>
                <Avatar id={person.id} name={person.name} size="s" />
                <bdi aria-hidden="true" className="truncate">
                  {person.name}
                </bdi>
                <X aria-hidden="true" className="size-3.5 shrink-0" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={label} className="mt-2 h-56 overflow-y-auto rounded-s border border-line">
        {found.slice(0, mostShown).map((person) => (
          <li key={person.id}>
            <label className="flex min-h-10 cursor-pointer items-center gap-3 px-3 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-12">
              <input type="checkbox" checked={isChosen(person)} onChange={() => toggle(person)} className="size-4 shrink-0 accent-accent focus-visible:outline-none" />
              <Avatar id={person.id} name={person.name} size="s" />
              <bdi className="min-w-0 flex-1 truncate" title={person.name}>
                {person.name}
              </bdi>
            </label>
          </li>
        ))}
        {people && found.length === 0 && <li className="px-3 py-2.5 text-13 text-quiet">{t(query ? "people.nobodyFound" : "people.nobody")}</li>}
        {found.length > mostShown && <li className="px-3 py-2.5 text-13 text-quiet">{t("people.more", { count: found.length - mostShown })}</li>}
      </ul>
    </fieldset>
  );
}
