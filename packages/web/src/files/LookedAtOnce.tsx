/**
 * A file that is looked at once: read into memory, given up on the disk of all own devices, and only then shown. So closing the page at
 * the wrong moment does not leave it.
 */
import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { useEffect, useState } from "react";
import { t } from "../i18n/messages.ts";
import { problemText } from "../i18n/problem-text.ts";
import { useApp } from "../state/context.tsx";
import { drawable, viewedPixels } from "./drawable.ts";
import { Fetching } from "./Fetching.tsx";
import { fileKind } from "./file-kind.ts";
import { useFile } from "./use-file.ts";
import { VoicePlayer } from "./VoiceFile.tsx";

export function LookedAtOnce({ message, file }: { message: Message; file: FileView }) {
  const shown = useFile(message, file);
  const { url, problem } = useOnlyCopy(
    message,
    file,
    shown.state.step === "here" ? shown.address : null,
  );
  const name = safeFileName(file.name);
  if (problem)
    return (
      <p role="alert" className="p-4 text-bad-text">
        {problem}
      </p>
    );
  if (url === null) {
    return (
      <div className="grid h-full place-items-center p-4">
        <Fetching file={file} shown={shown} name={name} />
      </div>
    );
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex min-h-0 flex-1 items-center justify-center overflow-hidden p-2">
        <OnlyCopy message={message} file={file} url={url} name={name} />
      </div>
      <p className="border-t border-line bg-raised p-3 text-13 text-quiet">{t("once.now")}</p>
    </div>
  );
}

function OnlyCopy({
  message,
  file,
  url,
  name,
}: {
  message: Message;
  file: FileView;
  url: string;
  name: string;
}) {
  switch (fileKind(file)) {
    case "image":
      return (
        <img
          src={url}
          alt={file.shape.alt ?? t("files.pictureBy", { name, author: message.author.name })}
          className="size-full object-contain"
        />
      );
    case "video":
      return (
        // oxlint-disable-next-line jsx-a11y/media-has-caption
        <video
          controls
          playsInline
          controlsList="nodownload"
          src={url}
          aria-label={t("files.video", { name })}
          className="size-full object-contain"
        />
      );
    case "audio":
    case "voice":
      return (
        <VoicePlayer
          address={url}
          wave={file.shape.wave ?? []}
          duration={file.shape.duration ?? 0}
        />
      );
    default:
      return <p className="p-4">{t("files.notAPicture")}</p>;
  }
}

function useOnlyCopy(
  message: Message,
  file: FileView,
  address: string | null,
): { url: string | null; problem: string | null } {
  const app = useApp();
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (address === null || url !== null) return;
    let current = true;
    const take = async () => {
      if (fileKind(file) === "image" && (await drawable(address, viewedPixels)) !== "yes")
        throw new Error(t("files.notAPicture"));
      const answer = await fetch(address);
      // What cannot be had has not been looked at.
      if (!answer.ok) throw new Error(t("error.internal"));
      const bytes = await answer.blob();
      await app.client.call("file.looked", { message: message.id });
      if (current) setUrl(URL.createObjectURL(bytes));
    };
    take().catch(
      (error: unknown) =>
        current &&
        setProblem(
          error instanceof Error && !("code" in error) ? error.message : problemText(error),
        ),
    );
    return () => {
      current = false;
    };
  }, [app, message.id, file, address, url]);
  useEffect(() => () => void (url !== null && URL.revokeObjectURL(url)), [url]);
  return { url, problem };
}
