/** What the camera sees, until it sees a code of the kind that is wanted; and in words what stands in the way. */
import { useCallback, useEffect, useRef, useState } from "react";
import { Busy } from "../design/Busy.tsx";
import { Button } from "../design/Button.tsx";
import { t } from "../i18n/messages.ts";
import { codeKind, type CodeKind } from "./code-kind.ts";
import { readFrames } from "./read-frames.ts";
import { useCamera } from "./use-camera.ts";

interface Props {
  wanted: CodeKind;
  /** What to do where there is no camera. */
  instead: string;
  onCode(code: string): void;
}

export function CameraView({ wanted, instead, onCode }: Props) {
  const { camera, again } = useCamera();
  switch (camera.at) {
    case "asking":
      return <Busy>{t("scan.asking")}</Busy>;
    case "on":
      return <Picture stream={camera.stream} wanted={wanted} onCode={onCode} />;
    default:
      return (
        <div role="alert" className="rounded-m border border-line bg-sunken p-4 text-13">
          <p className="font-medium">{t(`scan.${camera.at}`)}</p>
          <p className="mt-1 text-quiet">{instead}</p>
          <Button className="mt-3" onClick={again}>
            {t("scan.again")}
          </Button>
        </div>
      );
  }
}

function Picture({ stream, wanted, onCode }: { stream: MediaStream; wanted: CodeKind; onCode(code: string): void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [other, setOther] = useState<CodeKind | "foreign" | null>(null);
  const see = useCallback(
    (text: string) => {
      const kind = codeKind(text);
      if (kind === wanted) onCode(text.trim());
      else setOther(kind ?? "foreign");
      return kind === wanted;
    },
    [wanted, onCode],
  );
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    video.current.scrollIntoView({ block: "nearest" });
    return readFrames(video.current, see);
  }, [stream, see]);

  // As in a mirror, unless it looks away from the person: a hand then finds the way.
  const mirrored = stream.getVideoTracks()[0]?.getSettings().facingMode !== "environment";
  return (
    <>
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        aria-label={t("scan.picture")}
        className={`aspect-video w-full rounded-m border border-line bg-sunken object-cover ${mirrored ? "-scale-x-100" : ""}`}
      />
      <p role="status" className={`mt-2 text-13 ${other ? "text-warn-text" : "text-quiet"}`}>
        {other ? t(`scan.other.${other}`) : t("scan.hold")}
      </p>
    </>
  );
}
