import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import { authorName } from "../state/author-name.ts";
import { inlinePixels, viewedPixels } from "./drawable.ts";
import { Fetching } from "./Fetching.tsx";
import { useDrawable } from "./use-drawable.ts";
import { useFile } from "./use-file.ts";

/** As large as there is room, or in its own size; the small one until it is here. */
export function LargePicture({ message, file }: { message: Message; file: FileView }) {
  const shown = useFile(message, file);
  const [whole, setWhole] = useState(true);
  const here = shown.state.step === "here";
  const full = useDrawable(here ? shown.address : null, viewedPixels);
  const small = useDrawable(shown.thumbHere ? shown.thumbAddress : null, inlinePixels);
  const source =
    full.fits === "yes" ? shown.address : small.fits === "yes" ? shown.thumbAddress : null;
  const name = safeFileName(file.name);
  const note =
    full.fits === "too-large"
      ? t("files.tooLarge")
      : full.fits === "broken"
        ? t("files.notAPicture")
        : null;
  return (
    <div className="flex h-full flex-col">
      <div className={`min-h-0 flex-1 ${whole ? "overflow-hidden" : "overflow-auto"}`}>
        {source && (
          <button
            type="button"
            data-autofocus
            aria-pressed={!whole}
            aria-label={t("look.zoom")}
            onClick={() => setWhole(!whole)}
            className={
              whole
                ? "block size-full cursor-zoom-in focus-visible:-outline-offset-4"
                : "block min-h-full min-w-full cursor-zoom-out"
            }
          >
            <img
              src={source}
              alt={file.shape.alt ?? t("files.pictureBy", { name, author: authorName(message) })}
              onError={full.failed}
              className={whole ? "size-full object-contain" : "mx-auto max-w-none"}
            />
          </button>
        )}
      </div>
      {(note || !here) && (
        <div className="border-t border-line bg-raised p-3">
          {note && <p className="text-13 text-quiet">{note}</p>}
          <Fetching file={file} shown={shown} name={name} />
        </div>
      )}
    </div>
  );
}
