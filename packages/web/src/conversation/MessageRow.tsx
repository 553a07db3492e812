/** One message: avatar and name once per group, the time in the gutter on hover, and what is special about it in words. */
import type { Id, Message } from "@multichat/client/contract";
import { memo } from "react";
import { clockTime, fullTime, shortTime } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { PersonButton } from "../members/PersonButton.tsx";
import { useAppState } from "../state/context.tsx";
import { memberOf } from "../state/people.ts";
import { IdentityMarks } from "../trust/IdentityMarks.tsx";
import { PersonAvatar } from "../trust/PersonAvatar.tsx";
import { usePersonCard } from "../trust/use-person-card.ts";
import { HiddenMessages } from "./HiddenMessages.tsx";
import { DayLine, NewLine } from "./Lines.tsx";
import { DeliveryMark } from "./DeliveryMark.tsx";
import { MessageBody } from "./MessageBody.tsx";
import { MessageNotes } from "./MessageNotes.tsx";
import { RowActions } from "./RowActions.tsx";
import type { RowLayout } from "./row-layout.ts";

interface Props extends RowLayout {
  message: Message;
  index: number;
  /** How many rows there are in all; -1 while not all are loaded. */
  count: number;
  /** For how many messages of somebody blocked this row stands; 0: it is shown. */
  hidden: number;
}

export const MessageRow = memo(function MessageRow({ message, index, count, hidden, newDay, newLine, startsGroup }: Props) {
  if (hidden > 0) {
    return (
      <>
        {newDay && <DayLine time={message.time} />}
        {newLine && <NewLine />}
        <HiddenMessages message={message} count={hidden} index={index} of={count} />
      </>
    );
  }
  const label = `${message.author.name}, ${clockTime(message.time)}`;
  return (
    <>
      {newDay && <DayLine time={message.time} />}
      {newLine && <NewLine />}
      <article
        data-row={index}
        tabIndex={-1}
        aria-label={label}
        aria-posinset={index + 1}
        aria-setsize={count}
        className={`group relative grid grid-cols-[36px_minmax(0,1fr)_auto] gap-x-3 px-5 py-(--row-gap) hover:bg-hover focus-visible:-outline-offset-2 max-two:gap-x-2.5 max-two:px-3 ${startsGroup ? "mt-(--group-gap) pt-1" : ""}`}
      >
        {startsGroup ? (
          // The name beside it is the same button for the keyboard and for screen readers.
          <span aria-hidden="true">
            <PersonButton space={message.space} person={message.author} tabIndex={-1} className="rounded-full">
              <PersonAvatar person={message.author} space={message.space} />
            </PersonButton>
          </span>
        ) : (
          <time
            dateTime={new Date(message.time).toISOString()}
            title={fullTime(message.time)}
            className="pt-px text-center text-[0.6875rem] whitespace-nowrap text-quiet tabular-nums opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
          >
            {shortTime(message.time)}
          </time>
        )}
        <div className="min-w-0">
          {startsGroup && (
            <div className="flex flex-wrap items-baseline gap-x-2">
              <PersonButton
                space={message.space}
                person={message.author}
                tabIndex={-1}
                className="min-w-0 text-start font-bold wrap-anywhere hover:underline"
              >
                <bdi>{message.author.name}</bdi>
              </PersonButton>
              <AuthorMarks message={message} />
              <time dateTime={new Date(message.time).toISOString()} title={fullTime(message.time)} className="text-12 text-quiet tabular-nums">
                {clockTime(message.time)}
              </time>
            </div>
          )}
          <MessageBody message={message} />
          <MessageNotes message={message} />
        </div>
        <div className="w-5 self-end">
          {message.own && !message.refused && !message.deleted && <DeliveryMark message={message} />}
        </div>
        <RowActions message={message} />
        {message.own && <span className="sr-only">{t("messages.own")}</span>}
      </article>
    </>
  );
});

function AuthorMarks({ message: { space, author } }: { message: Message }) {
  const listed = useAppState((s) => s.members[space] !== undefined);
  const member = useAppState((s) => memberOf(s, space, author.id));
  return listed && !member ? <FormerMarks author={author.id} /> : <IdentityMarks identity={member} />;
}

/** Of somebody who is in no list any more, but whose name is still read. */
function FormerMarks({ author }: { author: Id }) {
  return <IdentityMarks identity={usePersonCard(author).value ?? undefined} />;
}
