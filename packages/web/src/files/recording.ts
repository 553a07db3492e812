/** A voice being recorded: how loud it is, how long, and in the end what a voice message is made of. */
import type { FileShape } from "@multichat/client/contract";

export interface Recording {
  /** 0–1, as it is now. */
  level(): number;
  /** Milliseconds so far. */
  length(): number;
  /** Everything is let go of; nothing remains. */
  cancel(): void;
  finish(): Promise<{ file: File; shape: FileShape }>;
}

/** What browsers can write and all can play, the best first. */
const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
/** Enough for speech, and a minute of it is a quarter of a megabyte. */
const bitsPerSecond = 32_000;
const levelEveryMs = 50;
/** Along the whole message (spec/12-content.md, `wave`). */
const levels = 64;

/** @throws DOMException as the browser has it: `NotAllowedError`, `NotFoundError` … */
export async function startRecording(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true },
  });
  const type = types.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, {
    ...(type && { mimeType: type }),
    audioBitsPerSecond: bitsPerSecond,
  });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1_024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  const loudness: number[] = [];
  const pieces: Blob[] = [];
  const began = performance.now();
  let ended: number | null = null;

  const level = (): number => {
    analyser.getByteTimeDomainData(samples);
    const sum = samples.reduce((total, sample) => total + ((sample - 128) / 128) ** 2, 0);
    // Speech is far from as loud as can be.
    return Math.min(1, 4 * Math.sqrt(sum / samples.length));
  };
  const timer = setInterval(() => loudness.push(level()), levelEveryMs);
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  recorder.start();

  const length = () => Math.round((ended ?? performance.now()) - began);
  const letGo = () => {
    ended ??= performance.now();
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
    if (context.state !== "closed") void context.close();
  };
  return {
    level,
    length,
    cancel() {
      if (recorder.state !== "inactive") recorder.stop();
      letGo();
    },
    async finish() {
      const stopped = new Promise((resolve) =>
        recorder.addEventListener("stop", resolve, { once: true }),
      );
      if (recorder.state === "inactive")
        throw new DOMException("The microphone was taken away.", "AbortError");
      recorder.stop();
      ended = performance.now();
      await stopped;
      letGo();
      const [plain = "audio/webm"] = recorder.mimeType.split(";", 1);
      const file = new File(
        pieces,
        `voice.${plain === "audio/mp4" ? "m4a" : plain.slice("audio/".length)}`,
        { type: plain },
      );
      return { file, shape: { voice: true, duration: length(), wave: waveOf(loudness) } };
    },
  };
}

/** The loudest of each of as many stretches as the format holds; one at least. */
export function waveOf(loudness: readonly number[], most = levels): number[] {
  const count = Math.min(most, Math.max(1, loudness.length));
  return Array.from({ length: count }, (_, i) => {
    const stretch = loudness.slice(
      Math.floor((i * loudness.length) / count),
      Math.max(1, Math.floor(((i + 1) * loudness.length) / count)),
    );
    return Math.round(255 * Math.max(0, ...stretch));
  });
}
