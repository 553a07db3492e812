/** In the place of the text while a voice message is recorded: how loud, how long, and what becomes of it. */
import type { FileShape } from "@multichat/client/contract";
import { SendHorizontal, Square, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { announce } from "../design/announce.ts";
import { Button } from "../design/Button.tsx";
import { IconButton } from "../design/IconButton.tsx";
import { useNow } from "../design/use-now.ts";
import { lengthText } from "../i18n/lengths.ts";
import { t } from "../i18n/messages.ts";
import { Level } from "./Level.tsx";
import { type Recording, startRecording } from "./recording.ts";

export interface Props {
  /** `send`: at once; otherwise it is listened to first. */
  onDone(file: File, shape: FileShape, send: boolean): void;
  onCancel(): void;
}

/** A larger one is a speech: it stops by itself and is kept. */
const longestMs = 60 * 60_000;

export function VoiceRecorder({ onDone, onCancel }: Props) {
  const { recording, problem, fail } = useRecording();
  const now = useNow(250);
  const length = recording?.length() ?? 0;
  const finish = async (send: boolean) => {
    try {
      const { file, shape } = await recording!.finish();
      announce(t("voice.recorded", { length: lengthText(shape.duration ?? 0) }));
      onDone(file, shape, send);
    } catch (error) {
      fail(error);
    }
  };
  const tooLong = length > longestMs;
  useEffect(() => {
    if (tooLong) void finish(false);
  });
  const cancel = () => {
    recording?.cancel();
    onCancel();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  };
  if (problem) {
    return (
      <div className="flex min-h-11 flex-1 flex-wrap items-center gap-2 px-3 py-1">
        <p role="alert" className="min-w-0 flex-1 text-13 text-bad-text">
          {problem}
        </p>
        <Button onClick={onCancel}>{t("dialog.close")}</Button>
      </div>
    );
  }
  return (
    <div
      role="group"
      aria-label={t("voice.recording")}
      className="flex min-h-11 min-w-0 flex-1 items-center gap-2 ps-2 pe-1"
    >
      <IconButton
        label={t("voice.cancel")}
        icon={<Trash2 />}
        onClick={cancel}
        onKeyDown={onKeyDown}
      />
      <span aria-hidden="true" className="size-2.5 shrink-0 rounded-full bg-bad" />
      <Level recording={recording} />
      <span
        role="timer"
        aria-label={t("voice.length")}
        className="text-13 tabular-nums"
        data-at={now}
      >
        {lengthText(length)}
      </span>
      <IconButton
        label={t("voice.stop")}
        icon={<Square />}
        disabled={!recording}
        onClick={() => void finish(false)}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        ref={(element) => element?.focus()}
        aria-label={t("voice.send")}
        title={t("voice.send")}
        disabled={!recording}
        onClick={() => void finish(true)}
        onKeyDown={onKeyDown}
        className="tap grid size-9 shrink-0 place-items-center rounded-s bg-accent text-on-accent hover:bg-accent-strong disabled:bg-transparent disabled:text-quiet"
      >
        <SendHorizontal aria-hidden="true" className="size-4.5" />
      </button>
    </div>
  );
}

function useRecording(): {
  recording: Recording | null;
  problem: string | null;
  fail(error: unknown): void;
} {
  const [recording, setRecording] = useState<Recording | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<Recording | null>(null);
  const fail = (error: unknown) => {
    const name = error instanceof DOMException ? error.name : "";
    setProblem(
      t(
        name === "NotAllowedError"
          ? "voice.notAllowed"
          : name === "NotFoundError"
            ? "voice.noMicrophone"
            : "voice.failed",
      ),
    );
  };
  useEffect(() => {
    let gone = false;
    startRecording().then(
      (begun) => {
        if (gone) return begun.cancel();
        current.current = begun;
        setRecording(begun);
        announce(t("voice.begun"));
      },
      (error: unknown) => gone || fail(error),
    );
    return () => {
      gone = true;
      current.current?.cancel();
    };
  }, []);
  return { recording, problem, fail };
}
