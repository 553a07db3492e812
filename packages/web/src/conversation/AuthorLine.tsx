import type { Id, Message } from "@multichat/client/contract";
import { clockTime, fullTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { PersonButton } from "../members/PersonButton.tsx";
import { PresenceMark } from "../presence/PresenceWords.tsx";
import { useAppState } from "../state/context.tsx";
import { memberOf } from "../state/people.ts";
import { importedFrom } from "./imported-from.ts";
import { IdentityMarks } from "../trust/IdentityMarks.tsx";
import { AuthorAvatar } from "../trust/AuthorAvatar.tsx";
import { usePersonCard } from "../trust/use-person-card.ts";

/** The name beside it is the same button for the keyboard and for screen readers. */
export function AuthorPicture({ message }: { message: Message }) {
  const { author, space, imported } = message;
  const picture = <AuthorAvatar message={message} />;
  if (imported) return picture;
  return (
    <span aria-hidden="true">
      <PersonButton space={space} person={author} tabIndex={-1} className="rounded-full">
        {picture}
      </PersonButton>
    </span>
  );
}

/** Who wrote it, and when. Of what was imported: under which name, and who vouches for that. */
export function AuthorLine({ message }: { message: Message }) {
  const { author, imported, space, time } = message;
  return (
    <div className="flex flex-wrap items-baseline gap-x-2">
      {imported ? (
        <>
          <bdi className="min-w-0 font-bold wrap-anywhere">{imported.author}</bdi>
          <span className="text-12 text-quiet wrap-anywhere">{t("message.imported", { source: importedFrom(imported.source), name: author.name })}</span>
        </>
      ) : (
        <>
          <PersonButton space={space} person={author} tabIndex={-1} className="min-w-0 text-start font-bold wrap-anywhere hover:underline">
            <bdi>{author.name}</bdi>
          </PersonButton>
          <AuthorMarks message={message} />
          <PresenceMark account={author.id} />
        </>
      )}
      <time dateTime={new Date(time).toISOString()} title={fullTime(time)} className="text-12 text-quiet tabular-nums">
        {clockTime(time)}
      </time>
    </div>
  );
}

function AuthorMarks({ message: { space, author } }: { message: Message }) {
  const listed = useAppState((s) => s.members[space] !== undefined);
  const member = useAppState((s) => memberOf(s, space, author.id));
  return listed && !member ? <FormerMarks author={author.id} /> : <IdentityMarks identity={member} />;
}

/** Of somebody who is in no list any more, but whose name is still read. */
function FormerMarks({ author }: { author: Id }) {
  return <IdentityMarks identity={usePersonCard(author).value ?? undefined} />;
}
