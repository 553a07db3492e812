/** What the browser can tell of a film or sound: how long it is, how large, and what its beginning looks like. */
import type { FileShape } from "@multichat/client/contract";
import { drawn } from "./thumb.ts";

export interface Measured {
  shape: Omit<FileShape, "thumb">;
  thumb: Blob | null;
}

/** A browser that has said nothing by then does not know this kind. */
const patienceMs = 5_000;
/** Many films begin with a black picture. */
const seconds = 0.5;

export async function measured(file: Blob, kind: "video" | "audio"): Promise<Measured> {
  const media = document.createElement(kind);
  const url = URL.createObjectURL(file);
  try {
    media.preload = "auto";
    media.muted = true;
    media.src = url;
    if (!(await happened(media, "loadedmetadata"))) return { shape: {}, thumb: null };
    const duration = Number.isFinite(media.duration)
      ? { duration: Math.round(media.duration * 1_000) }
      : {};
    if (!(media instanceof HTMLVideoElement) || media.videoWidth === 0)
      return { shape: duration, thumb: null };
    const { videoWidth: width, videoHeight: height } = media;
    media.currentTime = Math.min(seconds, (media.duration || 0) / 2);
    const seen = await happened(media, "seeked");
    return {
      shape: { width, height, ...duration },
      thumb: seen ? await drawn(media, width, height) : null,
    };
  } finally {
    media.removeAttribute("src");
    media.load();
    URL.revokeObjectURL(url);
  }
}

function happened(media: HTMLMediaElement, name: "loadedmetadata" | "seeked"): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    const answer = (good: boolean) => () => {
      clearTimeout(timer);
      resolve(good);
    };
    media.addEventListener(name, answer(true), { once: true });
    media.addEventListener("error", answer(false), { once: true });
  });
}
