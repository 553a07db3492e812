/** People who may see whether one is there whatever holds elsewhere, and those who may not. */
import type { Person, PresenceSettings } from "@multichat/client/contract";
import { Trash2 } from "lucide-react";
import { useCallback } from "react";
import { Choice } from "../design/Choice.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { Problem } from "../design/Problem.tsx";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { useFetched } from "../trust/use-fetched.ts";

type Show = PresenceSettings["people"][number]["show"];
const shows = ["always", "never"] as const satisfies Show[];
const nobody = "";

export function PresenceExceptions({
  people,
  onChange,
}: {
  people: PresenceSettings["people"];
  onChange(account: string, show: Show | null): void;
}) {
  const app = useApp();
  const me = useAppState((s) => s.status?.account?.id);
  const known = useFetched(
    useCallback(async () => (await app.client.call("person.list", {})).people, [app]),
  );
  const named = new Set(people.map(({ person }) => person.id));
  const others = (known.value ?? [])
    .filter(({ id, blocked }) => id !== me && !blocked && !named.has(id))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <p className="text-13 text-quiet">{t("exceptions.lead")}</p>
      {people.length > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {people.map(({ person, show }) => (
            <Exception
              key={person.id}
              person={person}
              show={show}
              onChange={(next) => onChange(person.id, next)}
            />
          ))}
        </ul>
      )}
      <Choice
        className="mt-3 max-w-80"
        label={t("exceptions.add")}
        value={nobody}
        disabled={others.length === 0}
        options={[
          {
            value: nobody,
            label: t(
              known.value && others.length === 0 ? "exceptions.noneLeft" : "exceptions.choose",
            ),
          },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChoose={(account) => account !== nobody && onChange(account, "never")}
      />
      <Problem text={known.problem} />
    </>
  );
}

function Exception({
  person,
  show,
  onChange,
}: {
  person: Person;
  show: Show;
  onChange(show: Show | null): void;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
      <PersonAvatar person={person} />
      <bdi className="min-w-0 flex-1 basis-32 font-medium wrap-anywhere">{person.name}</bdi>
      <select
        aria-label={t("exceptions.show", { name: person.name })}
        value={show}
        onChange={(event) => onChange(shows.find((one) => one === event.target.value) ?? null)}
        className="min-h-10 rounded-s border border-control bg-surface px-2.5 text-15 pointer-coarse:min-h-11"
      >
        {shows.map((value) => (
          <option key={value} value={value}>
            {t(`exceptions.${value}`)}
          </option>
        ))}
      </select>
      <IconButton
        label={t("exceptions.remove", { name: person.name })}
        icon={<Trash2 />}
        onClick={() => onChange(null)}
      />
    </li>
  );
}
