import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { Film } from "lucide-react";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import { inlinePixels } from "./drawable.ts";
import { Fetching } from "./Fetching.tsx";
import { FileCard } from "./FileCard.tsx";
import { fileBox } from "./file-box.ts";
import { useDrawable } from "./use-drawable.ts";
import { useFile } from "./use-file.ts";

/** A film in its place, played when it is here. */
export function VideoFile({ message, file }: { message: Message; file: FileView }) {
  const shown = useFile(message, file);
  const [broken, setBroken] = useState(false);
  const name = safeFileName(file.name);
  const { fits, failed } = useDrawable(shown.thumbHere ? shown.thumbAddress : null, inlinePixels);
  const poster = fits === "yes" ? shown.thumbAddress! : undefined;
  const here = shown.state.step === "here" && shown.address !== null;
  if (broken) return <FileCard message={message} file={file} note={t("files.notPlayed")} />;
  return (
    <div
      className="relative max-w-full overflow-hidden rounded-m border border-line bg-sunken"
      style={fileBox(file.shape)}
    >
      {here ? (
        // What people send has no captions.
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <video
          controls
          playsInline
          preload={poster ? "none" : "metadata"}
          poster={poster}
          src={shown.address!}
          aria-label={t("files.video", { name })}
          onError={() => setBroken(true)}
          className="size-full object-contain"
        />
      ) : (
        <span
          role="img"
          aria-label={t("files.video", { name })}
          className="grid size-full place-items-center text-quiet"
        >
          {poster ? (
            <img src={poster} alt="" onError={failed} className="size-full object-contain" />
          ) : (
            <Film aria-hidden="true" className="size-7" />
          )}
        </span>
      )}
      {!here && shown.address !== null && (
        <div className="absolute inset-x-0 bottom-0 bg-raised p-2">
          <Fetching file={file} shown={shown} name={name} />
        </div>
      )}
    </div>
  );
}
