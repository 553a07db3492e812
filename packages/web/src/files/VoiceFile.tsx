/** A voice message: played in its place, with the loudness along it and the time. */
import { safeFileName } from "@multichat/client";
import type { FileView, Message } from "@multichat/client/contract";
import { Pause, Play } from "lucide-react";
import { useRef, useState } from "react";
import { lengthText } from "../i18n/lengths.ts";
import { t } from "../i18n/messages.ts";
import { Fetching } from "./Fetching.tsx";
import { FileCard } from "./FileCard.tsx";
import { useFile } from "./use-file.ts";
import { Wave } from "./Wave.tsx";

export function VoiceFile({ message, file }: { message: Message; file: FileView }) {
  const shown = useFile(message, file);
  const [broken, setBroken] = useState(false);
  const name = safeFileName(file.name);
  if (broken) return <FileCard message={message} file={file} note={t("files.notPlayed")} />;
  const { wave = [], duration = 0 } = file.shape;
  return (
    <div className="w-80 max-w-full rounded-m border border-line bg-surface p-2">
      {shown.state.step === "here" && shown.address !== null ? (
        <VoicePlayer
          address={shown.address}
          wave={wave}
          duration={duration}
          onBroken={() => setBroken(true)}
        />
      ) : (
        <Fetching file={file} shown={shown} name={name} />
      )}
    </div>
  );
}

interface PlayerProps {
  address: string;
  wave: readonly number[];
  /** Milliseconds. */
  duration: number;
  onBroken?(): void;
}

export function VoicePlayer({ address, wave, duration, onBroken }: PlayerProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const press = () => {
    // What cannot be played says so by `error`.
    if (audio.current?.paused) void audio.current.play().catch(() => undefined);
    else audio.current?.pause();
  };
  const share = duration > 0 ? Math.min(1, (at * 1_000) / duration) : 0;
  return (
    <div className="flex items-center gap-2.5">
      <button
        type="button"
        aria-label={t(playing ? "voice.pause" : "voice.play", { length: lengthText(duration) })}
        onClick={press}
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent hover:bg-accent-strong pointer-coarse:size-11"
      >
        {playing ? (
          <Pause aria-hidden="true" className="size-4" />
        ) : (
          <Play aria-hidden="true" className="size-4" />
        )}
      </button>
      <Wave levels={wave} played={share} />
      <span className="text-12 text-quiet tabular-nums">
        {lengthText(playing || at > 0 ? at * 1_000 : duration)}
      </span>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio
        ref={audio}
        preload="none"
        src={address}
        className="hidden"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onError={onBroken}
      />
    </div>
  );
}
