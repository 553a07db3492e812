import { decodeQR } from "qr/decode.js";

/** Between two looks at the picture: quick enough for a hand, and leaves the processor time for all else. */
const everyMs = 120;

/**
 * Looks for a QR code in what a video shows.
 *
 * @param onText hears the text of a code each time one is seen; true ends the looking
 * @returns ends the looking
 */
export function readFrames(video: HTMLVideoElement, onText: (text: string) => boolean): () => void {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser draws nothing");
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const text = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? textIn(video, context) : null;
    if (text === null || !onText(text)) timer = setTimeout(look, everyMs);
  };
  timer = setTimeout(look, everyMs);
  return () => clearTimeout(timer);
}

function textIn(video: HTMLVideoElement, context: CanvasRenderingContext2D): string | null {
  const { videoWidth: width, videoHeight: height } = video;
  Object.assign(context.canvas, { width, height });
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  try {
    return decodeQR({ width, height, data });
  } catch {
    // Its way to say that this picture has no code that can be read.
    return null;
  }
}
