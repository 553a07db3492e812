/** A file by its name, size and type, and the way to save it. */
import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { BookOpen, Download, File, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../i18n/messages.ts";
import { fileSize } from "../i18n/sizes.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { Fetching } from "./Fetching.tsx";
import { fileKind, typeText } from "./file-kind.ts";
import { useFile } from "./use-file.ts";

/** A text up to this size is shown; a larger one is saved. */
const shownText = 1_000_000;

const icon =
  "inline-grid size-8 shrink-0 place-items-center rounded-s text-quiet hover:bg-hover hover:text-text pointer-coarse:size-11 [&_svg]:size-4.5";

export function FileCard({
  message,
  file,
  note,
}: {
  message: Message;
  file: FileView;
  note?: ReactNode;
}) {
  const app = useApp();
  const shown = useFile(message, file);
  const name = safeFileName(file.name);
  const isText = fileKind(file) === "text";
  const here = shown.state.step === "here" && shown.address !== null;
  const Icon = isText ? FileText : File;
  return (
    <div className="w-90 max-w-full rounded-m border border-line bg-surface p-2.5">
      <div className="flex items-center gap-2.5">
        <Icon aria-hidden="true" className="size-6 shrink-0 text-quiet" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium" title={name}>
            <bdi>{name}</bdi>
          </p>
          <p className="text-12 text-quiet tabular-nums">
            {typeText(name, file.type)} · {fileSize(file.size)}
          </p>
        </div>
        {here && isText && file.size <= shownText && (
          <button
            type="button"
            aria-label={t("files.open", { name })}
            title={t("files.open", { name })}
            className={icon}
            onClick={() => openSheet(app, { kind: "look", message, blob: file.blob })}
          >
            <BookOpen aria-hidden="true" />
          </button>
        )}
        {here && (
          <a
            href={shown.address!}
            download={name}
            aria-label={t("files.save", { name })}
            title={t("files.save", { name })}
            className={icon}
          >
            <Download aria-hidden="true" />
          </a>
        )}
      </div>
      {note && <p className="mt-1.5 text-12 text-quiet">{note}</p>}
      {!here && shown.address !== null && (
        <div className="mt-2">
          <Fetching file={file} shown={shown} name={name} />
        </div>
      )}
    </div>
  );
}
