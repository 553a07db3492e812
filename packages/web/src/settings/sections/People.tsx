/** Whom this person blocked, for whom they vouch, and who is introduced to whom. */
import type { Introduction, PersonCard, Vouch } from "@multichat/client/contract";
import { useCallback, type ReactNode } from "react";
import { Button } from "../../design/Button.tsx";
import { Problem } from "../../design/Problem.tsx";
import { Skeleton } from "../../design/Skeleton.tsx";
import { useTask } from "../../design/use-task.ts";
import { shortDate } from "../../i18n/dates.ts";
import { t } from "../../i18n/messages.ts";
import { useApp, useAppState } from "../../state/context.tsx";
import { introductionText } from "../../trust/introduction-text.ts";
import { PersonAvatar } from "../../trust/PersonAvatar.tsx";
import { useFetched } from "../../trust/use-fetched.ts";
import { Piece, SectionBody } from "../SectionBody.tsx";

export function People() {
  const app = useApp();
  const me = useAppState((s) => s.status?.account?.id);
  const people = useFetched(useCallback(async () => (await app.client.call("person.list", {})).people, [app]));
  const introductions = useFetched(useCallback(async () => (await app.client.call("introduction.list", {})).introductions, [app]));
  const blocked = people.value?.filter((person) => person.blocked);
  const vouches = people.value?.flatMap((person) => person.vouches.filter(({ by }) => by.id === me).map((vouch) => ({ person, vouch })));
  const waiting = introductions.value?.filter(({ role, answer, state }) => role === "received" && answer === null && state === "open") ?? [];
  const others = introductions.value?.filter((one) => !waiting.includes(one)) ?? [];
  return (
    <SectionBody>
      <Problem text={people.problem ?? introductions.problem} />
      {waiting.length > 0 && (
        <Piece title={t("introductions.waiting")}>
          <List>{waiting.map((one) => <Waiting key={one.id} introduction={one} />)}</List>
        </Piece>
      )}
      <Piece title={t("people.blocked")}>
        <Loaded values={blocked} none={t("people.noneBlocked")}>
          {(list) => list.map((person) => <Blocked key={person.id} person={person} />)}
        </Loaded>
      </Piece>
      <Piece title={t("people.vouches")}>
        <Loaded values={vouches} none={t("people.noVouches")}>
          {(list) => list.map(({ person, vouch }) => <Given key={`${person.id}${vouch.space}`} person={person} vouch={vouch} />)}
        </Loaded>
      </Piece>
      {(waiting.length === 0 || others.length > 0) && (
        <Piece title={t("introductions.title")}>
          <Loaded values={introductions.value ? others : undefined} none={t("introductions.none")}>
            {(list) =>
              list.map((one) => (
                <li key={one.id} className="py-3">
                  <p className="wrap-anywhere">{introductionText(one)}</p>
                  <p className="text-13 text-quiet">{t(`introduction.state.${one.state}`)}</p>
                </li>
              ))
            }
          </Loaded>
        </Piece>
      )}
    </SectionBody>
  );
}

function Loaded<T>({ values, none, children }: { values: readonly T[] | undefined; none: string; children(values: readonly T[]): ReactNode }) {
  if (!values) return <Skeleton className="h-10 w-full" />;
  return values.length === 0 ? <p className="text-quiet">{none}</p> : <List>{children(values)}</List>;
}

function List({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line">{children}</ul>;
}

function Blocked({ person }: { person: PersonCard }) {
  const app = useApp();
  const task = useTask(
    useCallback(async () => {
      await app.client.call("contact.unblock", { account: person.id });
    }, [app, person.id]),
  );
  return (
    <Row person={person} problem={task.problem} action={<Button disabled={task.busy} onClick={() => void task.start()}>{t("block.undo")}</Button>} />
  );
}

function Given({ person, vouch }: { person: PersonCard; vouch: Vouch }) {
  const app = useApp();
  const space = useAppState((s) => s.spaces[vouch.space]?.name ?? "");
  const task = useTask(
    useCallback(async () => {
      await app.client.call("contact.unvouch", { account: person.id, space: vouch.space });
    }, [app, person.id, vouch.space]),
  );
  const until = vouch.until > 0 ? ` ${t("people.vouchUntil", { date: shortDate(vouch.until) })}` : "";
  return (
    <Row
      person={person}
      detail={t("people.vouchedAs", { claim: vouch.claim, space }) + until}
      problem={task.problem}
      action={<Button disabled={task.busy} onClick={() => void task.start()}>{t("vouch.withdraw")}</Button>}
    />
  );
}

function Row({ person, detail, action, problem }: { person: PersonCard; detail?: string; action: ReactNode; problem: string | null }) {
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-3">
        <PersonAvatar person={person} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="font-medium wrap-anywhere">
            <bdi>{person.name}</bdi>
          </p>
          {detail && <p className="text-13 text-quiet wrap-anywhere">{detail}</p>}
        </div>
        {action}
      </div>
      <Problem text={problem} />
    </li>
  );
}

function Waiting({ introduction }: { introduction: Introduction }) {
  const app = useApp();
  const task = useTask(
    useCallback(
      async (accept: boolean) => {
        await app.client.call("introduction.answer", { introduction: introduction.id, accept });
      },
      [app, introduction.id],
    ),
  );
  return (
    <li className="py-3">
      <p className="wrap-anywhere">{introductionText(introduction)}</p>
      <p className="text-13 text-quiet">{t("introductions.until", { date: shortDate(introduction.until) })}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button disabled={task.busy} onClick={() => void task.start(false)}>
          {t("introductions.decline")}
        </Button>
        <Button kind="primary" disabled={task.busy} onClick={() => void task.start(true)}>
          {t("introductions.accept")}
        </Button>
      </div>
      <Problem text={task.problem} />
    </li>
  );
}
