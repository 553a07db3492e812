/** A picture in its place: the small one, or the whole where it is small itself or moves. Opening it shows it large. */
import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { Image } from "lucide-react";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { useApp, useAppState } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { inlinePixels } from "./drawable.ts";
import { Fetching } from "./Fetching.tsx";
import { FileCard } from "./FileCard.tsx";
import { fileBox } from "./file-box.ts";
import { useDrawable } from "./use-drawable.ts";
import { useFile, type ShownFile } from "./use-file.ts";

export function ImageFile({ message, file }: { message: Message; file: FileView }) {
  const app = useApp();
  const shown = useFile(message, file);
  const still = useAppState(() => document.documentElement.dataset["motion"] === "reduced");
  const source = sourceOf(file, shown, still);
  const { fits, failed } = useDrawable(source, inlinePixels);
  const name = safeFileName(file.name);
  const { alt } = file.shape;
  const box = fileBox(file.shape);
  const here = shown.state.step === "here";

  if (here && (fits === "broken" || fits === "too-large")) {
    const note = t(fits === "broken" ? "files.notAPicture" : "files.tooLarge");
    return <FileCard message={message} file={file} note={note} />;
  }
  return (
    <div
      className="relative max-w-full overflow-hidden rounded-m border border-line bg-sunken"
      style={{ width: box.width, height: box.height }}
    >
      {source && fits === "yes" ? (
        <button
          type="button"
          aria-label={
            alt
              ? t("files.openDescribed", { description: alt, author: authorName(message) })
              : t("files.openPicture", { name, author: authorName(message) })
          }
          title={alt}
          onClick={() => openSheet(app, { kind: "look", message, blob: file.blob })}
          className="block size-full cursor-zoom-in focus-visible:-outline-offset-2"
        >
          <img
            src={source}
            alt=""
            decoding="async"
            draggable={false}
            onError={failed}
            className="size-full object-scale-down"
          />
        </button>
      ) : (
        <span
          role="img"
          aria-label={alt ?? t("files.picture", { name })}
          className="grid size-full place-items-center text-quiet"
        >
          <Image aria-hidden="true" className="size-7" />
        </span>
      )}
      {!here && (
        <div className="absolute inset-x-0 bottom-0 bg-raised p-2">
          <Fetching file={file} shown={shown} name={name} />
        </div>
      )}
    </div>
  );
}

function sourceOf(
  file: FileView,
  { state, thumbHere, address, thumbAddress }: ShownFile,
  still: boolean,
): string | null {
  const here = state.step === "here";
  if (here && (!file.shape.thumb || (file.type === "image/gif" && !still))) return address;
  return thumbHere ? thumbAddress : here ? address : null;
}
