/**
 * Where one writes, in a channel or in a thread. Works whatever the connection: what is sent is stored on this computer and
 * goes out when a member is in reach. What is typed is kept for each of them apart.
 */
import type { Channel, Id, SendMore, Space } from "@multichat/client/contract";
import { SendHorizontal } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { editLast, focusLastRow } from "../conversation/edit-last.ts";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { noDraft, withText, withTokens } from "../state/picks.ts";
import { placeName } from "../state/places.ts";
import { stopReply } from "../state/replying.ts";
import { sendMessage } from "../state/sending.ts";
import { AlsoInChannel } from "./AlsoInChannel.tsx";
import { ClosedComposer } from "./ClosedComposer.tsx";
import { ComposerHint } from "./ComposerHint.tsx";
import { ReplyStrip } from "./ReplyStrip.tsx";
import { useDraft } from "./use-draft.ts";
import { useWriting } from "./use-writing.ts";

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
  const { area, draft, change } = useDraft(place);
  const [also, setAlso] = useState(false);
  const answered = useAppState((s) => s.replying[place]);
  const writing = useWriting(space, channel, thread ? "reply" : "send");
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
  const blocked = !draft.text.trim() || writing.from !== null;

  const send = () => {
    if (blocked) return;
    const { text, mentions } = withTokens({ ...draft, text: draft.text.trimEnd() });
    const more: SendMore = {
      ...(thread && { thread }),
      ...(thread && also && { also }),
      ...(answered && { reply: answered.id }),
    };
    void sendMessage(app, channel.id, text, { more, mentions });
    change(noDraft);
    setAlso(false);
    stopReply(app, place);
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && answered) {
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
      className="shrink-0 px-5 pb-3 max-two:px-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="rounded-m border border-control bg-surface focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        {answered && <ReplyStrip message={answered} onDrop={() => stopReply(app, place)} />}
        <div className="flex items-end">
          <textarea
            ref={area}
            id={id}
            dir="auto"
            rows={1}
            value={draft.text}
            aria-label={t(thread ? "composer.labelThread" : "composer.label", { channel: name })}
            aria-describedby={`${id}-hint`}
            placeholder={placeholder}
            enterKeyHint={enterSends ? "send" : "enter"}
            onChange={(event) => change(withText(draft, event.target.value))}
            onKeyDown={onKeyDown}
            className="block max-h-[40vh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-3.5 py-[10px] wrap-anywhere focus-visible:outline-none"
          />
          <button
            type="submit"
            aria-label={t("composer.send")}
            title={t("composer.send")}
            disabled={blocked}
            className="m-1 grid size-9 shrink-0 place-items-center rounded-s bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-transparent disabled:text-quiet pointer-coarse:size-11 pointer-coarse:m-0"
          >
            <SendHorizontal aria-hidden="true" className="size-[18px] rtl:-scale-x-100" />
          </button>
        </div>
      </div>
      {thread && <AlsoInChannel name={direct ? name : `#${name}`} checked={also} onChange={setAlso} />}
      <ComposerHint id={`${id}-hint`} space={space} channel={channel} writing={writing} />
    </form>
  );
}

/** Where one writes has the focus from the beginning, and again when a message is to be answered. */
function useFocus(area: { current: HTMLElement | null }, answered: Id | undefined): void {
  const app = useApp();
  useEffect(() => {
    if (answered || (matchMedia("(pointer: fine)").matches && !app.store.getState().sheet))
      area.current?.focus();
  }, [app, area, answered]);
}
