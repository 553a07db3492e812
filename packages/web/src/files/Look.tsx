/** A picture or text of a message over everything else. Arrows go to the next picture of the same message. */
import { safeFileName } from "@multichat/client";
import type { FileView, Id, Message } from "@multichat/client/contract";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "../design/IconButton.tsx";
import { useModal } from "../design/use-modal.ts";
import { t } from "../i18n/messages.ts";
import { fileSize } from "../i18n/sizes.ts";
import { authorName } from "../state/author-name.ts";
import { useApp } from "../state/context.tsx";
import { closeSheet } from "../state/store.ts";
import { fileKind } from "./file-kind.ts";
import { LookedAtOnce } from "./LookedAtOnce.tsx";
import { LargePicture } from "./LargePicture.tsx";
import { LongText } from "./LongText.tsx";
import { useFile } from "./use-file.ts";

export function Look({ message, blob }: { message: Message; blob: Id }) {
  const app = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => closeSheet(app);
  useModal(dialog, close);
  const files = message.files.filter((file) =>
    message.once ? file.blob === blob : fileKind(file) === "image" || file.blob === blob,
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      files.findIndex((file) => file.blob === blob),
    ),
  );
  const file = files[at];
  const step = (by: number) => setAt((before) => (before + by + files.length) % files.length);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0 || files.length < 2) return;
    event.preventDefault();
    step(getComputedStyle(event.currentTarget).direction === "rtl" ? -by : by);
  };
  const name = file ? safeFileName(file.name) : "";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      tabIndex={-1}
      aria-label={t("look.title", { name, author: authorName(message) })}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={onKeyDown}
      className="m-auto flex h-[min(96dvh,1200px)] max-h-none w-[min(96vw,1600px)] max-w-none flex-col overflow-hidden rounded-l border border-line bg-raised p-0 text-text shadow-float max-two:h-dvh max-two:w-dvw max-two:rounded-none"
    >
      {file && (
        <>
          <Header
            message={message}
            file={file}
            name={name}
            at={at}
            of={files.length}
            onStep={step}
            onClose={close}
          />
          <div className="min-h-0 flex-1 bg-sunken">
            {message.once && !message.own ? (
              <LookedAtOnce message={message} file={file} />
            ) : fileKind(file) === "text" ? (
              <LongText key={file.blob} message={message} file={file} />
            ) : (
              <LargePicture key={file.blob} message={message} file={file} />
            )}
          </div>
        </>
      )}
    </dialog>
  );
}

interface HeaderProps {
  message: Message;
  file: FileView;
  name: string;
  at: number;
  of: number;
  onStep(by: number): void;
  onClose(): void;
}

function Header({ message, file, name, at, of, onStep, onClose }: HeaderProps) {
  const shown = useFile(message, file);
  const here = shown.state.step === "here" && shown.address !== null && message.once === null;
  const fetched = useRef(false);
  // Who opens it wants it.
  useEffect(() => {
    if (shown.state.step !== "missing" || fetched.current) return;
    fetched.current = true;
    shown.fetch();
  });
  return (
    <header className="flex items-center gap-1 border-b border-line ps-4 pe-2 pt-1 pb-1">
      <p className="min-w-0 flex-1 truncate">
        <bdi className="font-medium">{name}</bdi>{" "}
        <span className="text-13 text-quiet">{fileSize(file.size)}</span>
      </p>
      {of > 1 && (
        <>
          <IconButton label={t("look.before")} icon={<ChevronLeft />} onClick={() => onStep(-1)} />
          <span className="text-13 text-quiet tabular-nums">
            {t("look.at", { at: at + 1, of })}
          </span>
          <IconButton label={t("look.after")} icon={<ChevronRight />} onClick={() => onStep(1)} />
        </>
      )}
      {here && (
        <a
          href={shown.address!}
          download={name}
          aria-label={t("files.save", { name })}
          title={t("files.save", { name })}
          className="inline-grid size-8 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text pointer-coarse:size-11 [&_svg]:size-4.5"
        >
          <Download aria-hidden="true" />
        </a>
      )}
      <IconButton label={t("dialog.close")} icon={<X />} onClick={onClose} />
    </header>
  );
}
