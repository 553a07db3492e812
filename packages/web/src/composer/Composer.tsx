/**
 * Where one writes, in a channel or in a thread. Works whatever the connection: what is sent is stored on this computer and
 * goes out when a member is in reach. What is typed is kept for each of them apart.
 */
import type { Channel, Id, Space } from "@multichat/client/contract";
import { SendHorizontal } from "lucide-react";
import { Suspense, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { part } from "../app/part.ts";
import { PartBoundary } from "../app/PartBoundary.tsx";
import { PartMissingNote } from "../app/PartMissingNote.tsx";
import { editLast, focusLastRow } from "../conversation/edit-last.ts";
import { openPicker } from "../emoji/picker-state.ts";
import { TimerMenu } from "../expiry/TimerMenu.tsx";
import { TimerStrip } from "../expiry/TimerStrip.tsx";
import { t } from "../i18n/messages.ts";
import { TypingLine } from "../presence/TypingLine.tsx";
import { useTellWriting } from "../presence/use-tell-writing.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { withText, withTokens } from "../state/picks.ts";
import { placeName } from "../state/places.ts";
import { stopReply } from "../state/replying.ts";
import { AddMenu } from "./AddMenu.tsx";
import { AlsoInChannel } from "./AlsoInChannel.tsx";
import { ClosedComposer } from "./ClosedComposer.tsx";
import { Completions } from "./Completions.tsx";
import { ComposerHint } from "./ComposerHint.tsx";
import { DropTarget } from "./DropTarget.tsx";
import { HeldStrip } from "./HeldStrip.tsx";
import { withMark } from "./markdown-keys.ts";
import { ReplyStrip } from "./ReplyStrip.tsx";
import { SendLaterMenu } from "./SendLaterMenu.tsx";
import { tooLong } from "./too-long.ts";
import { typeHere } from "./type-into.ts";
import { useAttaching } from "./use-attaching.ts";
import { useCompleting } from "./use-completing.ts";
import { useDraft } from "./use-draft.ts";
import { useSending } from "./use-sending.ts";
import { useShortcodes } from "./use-shortcodes.ts";
import { useWriting } from "./use-writing.ts";
import { VoiceButton } from "./VoiceButton.tsx";

export const StagedFiles = part(async () => (await import("../files/StagedFiles.tsx")).StagedFiles);
export const VoiceRecorder = part(
  async () => (await import("../files/VoiceRecorder.tsx")).VoiceRecorder,
);

interface Props {
  space: Space;
  channel: Channel;
  /** The message on which the thread hangs that it is for. */
  thread?: Id | null;
}

export function Composer({ space, channel, thread = null }: Props) {
  const app = useApp();
  const place = thread ?? channel.id;
  const { enterSends } = useAppState((s) => s.settings);
  const { area, draft, caret, setCaret, change } = useDraft(place);
  const names = useCompleting({ space, channel, draft, caret, change });
  const shortcodes = useShortcodes();
  const link = useAppState((s) => s.link);
  const form = useRef<HTMLFormElement>(null);
  const { staged, ...attaching } = useAttaching(space, channel, place, form);
  const [recording, setRecording] = useState(false);
  const sending = useSending({ channel, thread, draft, change });
  const answered = useAppState((s) => s.replying[place]);
  const writing = useWriting(space, channel, thread ? "reply" : "send");
  const tellWriting = useTellWriting(channel.id, thread, recording);
  useFocus(area, answered?.id);

  if (!writing.open) return <ClosedComposer space={space} why={writing.why} />;

  const id = thread ? "thread-composer" : "composer";
  const name = placeName(space, channel);
  const direct = space.kind !== "team";
  const placeholder = thread
    ? t("composer.placeholderThread")
    : direct
      ? t("composer.placeholderDirect", { name })
      : t("composer.placeholder", { channel: name });
  const empty = !draft.text.trim() && staged.length === 0;
  const failed = staged.some(({ step }) => step.at === "failed");
  const long = tooLong(withTokens(draft).text);
  const blocked = empty || failed || long !== null || writing.from !== null;

  const listed = names.completions.length > 0;

  const send = () => {
    if (blocked) return;
    const settled = shortcodes.settled();
    if (settled) return void settled.then(() => form.current?.requestSubmit());
    sending.send();
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || names.onKey(event)) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const { selectionStart: from, selectionEnd: to } = event.currentTarget;
    const marked = command ? withMark(draft, { from, to }, event.key.toLowerCase()) : null;
    if (marked) {
      event.preventDefault();
      event.stopPropagation();
      change(marked.draft, marked.caret);
    } else if (event.key === "Escape" && answered) {
      event.preventDefault();
      event.stopPropagation();
      stopReply(app, place);
    } else if (event.key === "ArrowUp" && draft.text === "") {
      if ((!event.shiftKey && editLast(app, place)) || focusLastRow(place)) event.preventDefault();
    } else if (event.key === "Enter") {
      const modified = event.shiftKey || event.ctrlKey || event.metaKey;
      if (enterSends ? event.shiftKey : !modified) return;
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      ref={form}
      className="shrink-0 px-5 pb-3 max-two:px-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {sending.held && (
        <HeldStrip outgoing={sending.held} onUndo={() => sending.undo(sending.held!)} />
      )}
      <div className="relative rounded-m border border-control bg-surface focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        {listed && (
          <Completions
            id={`${id}-names`}
            completions={names.completions}
            at={names.at}
            onPoint={names.point}
            onChoose={names.choose}
          />
        )}
        {staged.length > 0 && (
          <PartBoundary link={link} fallback={<PartMissingNote />}>
            <Suspense fallback={null}>
              <StagedFiles
                place={place}
                staged={staged}
                once={sending.once}
                onOnce={sending.setOnce}
              />
            </Suspense>
          </PartBoundary>
        )}
        {answered && <ReplyStrip message={answered} onDrop={() => stopReply(app, place)} />}
        {sending.timer > 0 && (
          <TimerStrip seconds={sending.timer} onDrop={() => sending.setTimer(0)} />
        )}
        {recording && (
          <PartBoundary link={link} fallback={<PartMissingNote />}>
            <Suspense fallback={null}>
              <VoiceRecorder
                onCancel={() => {
                  setRecording(false);
                  requestAnimationFrame(() => area.current?.focus());
                }}
                onDone={(file, shape, now) => {
                  setRecording(false);
                  requestAnimationFrame(() => area.current?.focus());
                  attaching.add([file], shape);
                  if (now) void sending.sendWhenReady();
                }}
              />
            </Suspense>
          </PartBoundary>
        )}
        <div className={recording ? "hidden" : "flex flex-wrap items-end justify-end"}>
          <AddMenu
            channel={channel}
            inThread={thread !== null}
            why={attaching.why}
            onEmoji={() =>
              openPicker(app, area.current!, (emoji) => {
                area.current?.focus();
                typeHere(emoji);
              })
            }
            onFiles={(files) => {
              attaching.add(files);
              area.current?.focus();
            }}
          />
          <textarea
            ref={area}
            id={id}
            dir="auto"
            rows={1}
            value={draft.text}
            aria-label={t(thread ? "composer.labelThread" : "composer.label", { channel: name })}
            aria-describedby={`${id}-hint`}
            aria-autocomplete="list"
            aria-controls={listed ? `${id}-names` : undefined}
            aria-activedescendant={listed ? `${id}-names-${names.at}` : undefined}
            placeholder={placeholder}
            enterKeyHint={enterSends ? "send" : "enter"}
            onChange={(event) => {
              change(withText(draft, event.target.value));
              shortcodes.onChange(draft.text, event.target, event.nativeEvent);
              tellWriting(event.target.value);
              setCaret(event.target);
            }}
            onCompositionEnd={shortcodes.onCompositionEnd}
            onSelect={(event) => setCaret(event.currentTarget)}
            onBlur={() => setCaret(null)}
            onPaste={attaching.onPaste}
            onKeyDown={onKeyDown}
            className="block max-h-[40vh] min-h-11 min-w-0 flex-1 basis-32 tight:order-first tight:basis-full tight:px-3 resize-none bg-transparent py-[10px] ps-1.5 pe-2 wrap-anywhere focus-visible:outline-none"
          />
          <div className={`contents ${empty && sending.timer === 0 ? "max-two:hidden" : ""}`}>
            <TimerMenu
              seconds={sending.timer}
              onChoose={(seconds) => {
                sending.setTimer(seconds);
                area.current?.focus();
              }}
            />
          </div>
          {empty && <VoiceButton why={attaching.why} onStart={() => setRecording(true)} />}
          <button
            type="submit"
            aria-label={t("composer.send")}
            title={t("composer.send")}
            disabled={blocked}
            className="tap my-1 grid size-9 shrink-0 place-items-center rounded-s bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-transparent disabled:text-quiet pointer-coarse:mx-1"
          >
            <SendHorizontal aria-hidden="true" className="size-4.5" />
          </button>
          <SendLaterMenu
            empty={blocked || staged.some(({ step }) => step.at !== "ready")}
            onChoose={sending.schedule}
          />
        </div>
      </div>
      <TypingLine place={place} />
      {thread && channel.type !== "forum" && (
        <AlsoInChannel
          name={direct ? name : `#${name}`}
          checked={sending.also}
          onChange={sending.setAlso}
        />
      )}
      {sending.awaited && (
        <p role="status" className="mt-1.5 text-12 text-quiet">
          {t("staged.awaited")}
        </p>
      )}
      {long && (
        <p role="status" className="mt-1.5 text-12 text-bad-text">
          {long}
        </p>
      )}
      {attaching.over && <DropTarget why={attaching.why} />}
      {sending.notice && <p className="mt-1.5 text-12 text-quiet">{sending.notice}</p>}
      <ComposerHint id={`${id}-hint`} space={space} channel={channel} writing={writing} />
    </form>
  );
}

/** Where one writes has the focus from the beginning, and again when a message is to be answered. */
function useFocus(area: { current: HTMLTextAreaElement | null }, answered: Id | undefined): void {
  const app = useApp();
  useEffect(() => {
    // A draft goes on where it ends.
    const end = area.current?.value.length ?? 0;
    area.current?.setSelectionRange(end, end);
  }, [area]);
  useEffect(() => {
    if (answered || (matchMedia("(pointer: fine)").matches && !app.store.getState().sheet))
      area.current?.focus();
  }, [app, area, answered]);
}
