/** One message: avatar and name once per group, the time in the gutter on hover, and what is special about it in words. */
import type { Id, Message, RetentionChange } from "@multichat/client/contract";
import { memo, useState } from "react";
import { RetentionLines } from "../expiry/RetentionLines.tsx";
import { clockTime, fullTime, shortTime, startOfDay } from "../i18n/dates.ts";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { AuthorLine, AuthorPicture } from "./AuthorLine.tsx";
import { DeliveryMark } from "./DeliveryMark.tsx";
import { EditForm } from "./EditForm.tsx";
import { HiddenMessages } from "./HiddenMessages.tsx";
import { DayLine, NewLine } from "./Lines.tsx";
import { hasActions } from "./message-actions.tsx";
import { MessageBody } from "./MessageBody.tsx";
import { MessageFoot } from "./MessageFoot.tsx";
import { MessageMarks } from "./MessageMarks.tsx";
import { MessageNotes } from "./MessageNotes.tsx";
import { QuoteLine } from "./QuoteLine.tsx";
import { Reactions } from "./Reactions.tsx";
import { RowActions } from "./RowActions.tsx";
import type { RowLayout } from "./row-layout.ts";
import { ThreadLine } from "./ThreadLine.tsx";
import { useRowInput } from "./use-row-input.ts";

interface Props extends RowLayout {
  message: Message;
  /** Where it is looked at: its channel, or its thread. */
  timeline: Id;
  index: number;
  /** How many rows there are in all; -1 while not all are loaded. */
  count: number;
  /** What was said about how long messages stay, right before it. */
  changes: readonly RetentionChange[];
  /** For how many messages of somebody blocked this row stands; 0: it is shown. */
  hidden: number;
  /** Its text is being changed. */
  editing: boolean;
  /** It was just brought into sight. */
  highlighted: boolean;
}

export const MessageRow = memo(function MessageRow(props: Props) {
  const { message, index, count, hidden, newDay, newLine, changes } = props;
  const day = startOfDay(message.time);
  return (
    <>
      {newDay && <RetentionLines changes={changes.filter(({ at }) => startOfDay(at) < day)} />}
      {newDay && <DayLine time={message.time} />}
      {changes.length > 0 && <RetentionLines changes={newDay ? changes.filter(({ at }) => startOfDay(at) >= day) : changes} />}
      {newLine && <NewLine />}
      {hidden > 0 ? <HiddenMessages message={message} count={hidden} index={index} of={count} /> : <ShownRow {...props} />}
    </>
  );
});

function ShownRow({ message, timeline, index, count, startsGroup, editing, highlighted }: Props) {
  const [pointedAt, setPointedAt] = useState(false);
  const input = useRowInput(message, timeline, () => setPointedAt(true));
  const author = authorName(message);
  const wash = highlighted ? "bg-accent-wash" : message.mentionsYou ? "bg-warn-wash shadow-[inset_3px_0_var(--warn)] rtl:shadow-[inset_-3px_0_var(--warn)]" : "hover:bg-hover";
  return (
    <article
      data-row={index}
      data-message={message.id}
      tabIndex={-1}
      aria-label={[author, clockTime(message.time), ...(message.own ? [t("messages.own")] : [])].join(", ")}
      aria-posinset={index + 1}
      aria-setsize={count}
      {...input}
      className={`group ${pointedAt ? "relative" : ""} grid grid-cols-[2.25rem_minmax(0,1fr)_auto] gap-x-3 px-5 py-(--row-gap) transition-colors focus-visible:-outline-offset-2 max-two:gap-x-2.5 max-two:px-3 pointer-coarse:select-none ${wash} ${startsGroup ? "mt-(--group-gap) pt-1" : ""}`}
    >
      <RowContent message={message} timeline={timeline} startsGroup={startsGroup} editing={editing} pointedAt={pointedAt} />
    </article>
  );
}

type ContentProps = Pick<Props, "message" | "timeline" | "startsGroup" | "editing"> & {
  /** It was: what is for the pointer is much, and most rows never meet one. */
  pointedAt: boolean;
};

/** Apart from the row, whose index changes with every page that comes before it. */
const RowContent = memo(function RowContent({ message, timeline, startsGroup, editing, pointedAt }: ContentProps) {
  const inThread = timeline !== message.channel;
  return (
    <>
      {startsGroup ? <AuthorPicture message={message} /> : pointedAt ? <GutterTime time={message.time} /> : <span className={gutterHeight} />}
      <div className="min-w-0">
        {message.reply && <QuoteLine message={message} quote={message.reply} />}
        {startsGroup && <AuthorLine message={message} />}
        <MessageMarks message={message} inThread={inThread} />
        {editing ? <EditForm message={message} /> : <MessageBody message={message} />}
        {!editing && <MessageFoot message={message} />}
        <MessageNotes message={message} />
        <Reactions message={message} />
        {!inThread && message.replies && <ThreadLine message={message} summary={message.replies} />}
      </div>
      <div className="w-5 self-end">{message.own && !message.refused && !message.deleted && <DeliveryMark message={message} />}</div>
      {pointedAt && !editing && hasActions(message) && <RowActions message={message} timeline={timeline} />}
      {message.mentionsYou && <span className="sr-only">{t("messages.mentionsYou")}</span>}
    </>
  );
});

/** Of the time there, so that nothing moves when it comes. */
const gutterHeight = "h-[calc(1lh+1px)]";

function GutterTime({ time }: { time: number }) {
  return (
    <time
      dateTime={new Date(time).toISOString()}
      title={fullTime(time)}
      className="pt-px text-center text-[0.6875rem] whitespace-nowrap text-quiet tabular-nums opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
    >
      {shortTime(time)}
    </time>
  );
}
