import { Mic } from "lucide-react";
import { IconButton } from "../design/IconButton.tsx";
import { t } from "../i18n/messages.ts";

/** In a browser that can record. */
export function VoiceButton({ why, onStart }: { why: string | null; onStart(): void }) {
  if (typeof MediaRecorder === "undefined") return null;
  return (
    <IconButton
      label={t("voice.start")}
      icon={<Mic />}
      why={why}
      onClick={onStart}
      className="my-1.5 pointer-coarse:my-0"
    />
  );
}
