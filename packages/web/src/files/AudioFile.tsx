import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { useState } from "react";
import { t } from "../i18n/messages.ts";
import { FileCard } from "./FileCard.tsx";
import { useFile } from "./use-file.ts";

/** A sound: its card, and what plays it once it is here. */
export function AudioFile({ message, file }: { message: Message; file: FileView }) {
  const shown = useFile(message, file);
  const [broken, setBroken] = useState(false);
  const name = safeFileName(file.name);
  return (
    <div>
      <FileCard message={message} file={file} note={broken ? t("files.notPlayed") : undefined} />
      {shown.state.step === "here" && shown.address !== null && !broken && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <audio
          controls
          preload="metadata"
          src={shown.address}
          aria-label={t("files.audio", { name })}
          onError={() => setBroken(true)}
          className="mt-1 h-10 w-90 max-w-full"
        />
      )}
    </div>
  );
}
