/** The files of a message: pictures, films and sounds where they are, all else as cards. */
import type { FileView, Message } from "@multichat/client/contract";
import { Eye, EyeOff } from "lucide-react";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { useApp } from "../state/context.tsx";
import { openSheet } from "../state/store.ts";
import { AudioFile } from "./AudioFile.tsx";
import { FileCard } from "./FileCard.tsx";
import { fileKind } from "./file-kind.ts";
import { ImageFile } from "./ImageFile.tsx";
import { VideoFile } from "./VideoFile.tsx";
import { VoiceFile } from "./VoiceFile.tsx";

export function FileList({ message }: { message: Message }) {
  if (message.once && !message.own) return <LookOnce message={message} />;
  return (
    <>
      <ul aria-label={t("files.label")} className="my-1 flex flex-wrap gap-2">
        {message.files.map((file, index) => (
          <li key={index} className="max-w-full min-w-0">
            <OneFile message={message} file={file} />
          </li>
        ))}
      </ul>
      {message.once && (
        <p className="flex items-center gap-1.5 text-12 text-quiet">
          <Eye aria-hidden="true" className="size-3.5 shrink-0" />
          {t("once.own")}
        </p>
      )}
    </>
  );
}

function OneFile({ message, file }: { message: Message; file: FileView }) {
  switch (fileKind(file)) {
    case "image":
      return <ImageFile message={message} file={file} />;
    case "video":
      return <VideoFile message={message} file={file} />;
    case "audio":
      return <AudioFile message={message} file={file} />;
    case "voice":
      return <VoiceFile message={message} file={file} />;
    default:
      return <FileCard message={message} file={file} />;
  }
}

/** Nothing of it is shown before, and nothing is left of it here after that. */
function LookOnce({ message }: { message: Message }) {
  const app = useApp();
  if (message.once?.looked)
    return (
      <p className="flex items-center gap-1.5 text-quiet italic">
        <EyeOff aria-hidden="true" className="size-3.5 shrink-0" />
        {t("once.looked")}
      </p>
    );
  return (
    <div className="my-1 flex flex-wrap gap-2">
      {message.files.map((file, index) => (
        <Button
          key={index}
          onClick={() => openSheet(app, { kind: "look", message, blob: file.blob })}
        >
          <Eye aria-hidden="true" className="size-4" />
          {t("once.look")}
        </Button>
      ))}
    </div>
  );
}
