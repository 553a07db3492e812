/**
 * Where one writes. Works whatever the connection: what is sent is stored on this computer and goes out when a member is
 * in reach. What is typed is kept per channel.
 */
import type { Channel, Space } from "@multichat/client/contract";
import { SendHorizontal } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { t } from "../i18n/messages.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { readDraft, writeDraft } from "../state/drafts.ts";
import { placeName } from "../state/places.ts";
import { sendMessage } from "../state/sending.ts";
import { ClosedComposer } from "./ClosedComposer.tsx";
import { ComposerHint } from "./ComposerHint.tsx";
import { useWriting } from "./use-writing.ts";

export function Composer({ space, channel }: { space: Space; channel: Channel }) {
  const app = useApp();
  const { enterSends } = useAppState((s) => s.settings);
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => readDraft(channel.id));
  const writing = useWriting(space, channel);
  useLayoutEffect(() => {
    if (area.current) fitHeight(area.current);
  }, [text]);

  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches && !app.store.getState().sheet) area.current?.focus();
  }, [app]);

  if (!writing.open) return <ClosedComposer space={space} why={writing.why} />;

  const name = placeName(space, channel);

  const change = (next: string) => {
    setText(next);
    writeDraft(channel.id, next);
  };
  const send = () => {
    if (!text.trim() || writing.from !== null) return;
    void sendMessage(app, channel.id, text.trimEnd());
    change("");
    area.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowUp" && text === "") {
      const rows = document.querySelectorAll<HTMLElement>("[data-row]");
      const last = rows[rows.length - 1];
      if (last) {
        event.preventDefault();
        last.focus();
      }
      return;
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const modified = event.shiftKey || event.ctrlKey || event.metaKey;
    const sends = enterSends ? !event.shiftKey : modified;
    if (!sends) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="shrink-0 px-5 pb-3 max-two:px-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="flex items-end rounded-m border border-control bg-surface focus-within:border-accent focus-within:shadow-[0_0_0_1px_var(--accent)]">
        <textarea
          ref={area}
          id="composer"
          dir="auto"
          rows={1}
          value={text}
          aria-label={t("composer.label", { channel: name })}
          aria-describedby="composer-hint"
          placeholder={space.kind !== "team" ? t("composer.placeholderDirect", { name }) : t("composer.placeholder", { channel: name })}
          enterKeyHint={enterSends ? "send" : "enter"}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          className="block max-h-[40vh] min-h-11 min-w-0 flex-1 resize-none bg-transparent px-3.5 py-[10px] wrap-anywhere focus-visible:outline-none"
        />
        <button
          type="submit"
          aria-label={t("composer.send")}
          title={t("composer.send")}
          disabled={!text.trim() || writing.from !== null}
          className="m-1 grid size-9 shrink-0 place-items-center rounded-s bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-transparent disabled:text-quiet pointer-coarse:size-11 pointer-coarse:m-0"
        >
          <SendHorizontal aria-hidden="true" className="size-[18px] rtl:-scale-x-100" />
        </button>
      </div>
      <ComposerHint space={space} channel={channel} writing={writing} />
    </form>
  );
}

/** As high as its text, up to the limit its style sets. */
function fitHeight(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
  area.style.overflowY = area.scrollHeight > area.clientHeight + 1 ? "auto" : "hidden";
}
