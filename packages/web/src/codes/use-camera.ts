/** The camera, from asking for it to switching it off. */
import { useCallback, useEffect, useState } from "react";

export type Camera =
  | { at: "asking" }
  | { at: "on"; stream: MediaStream }
  /** Not allowed by the person or the browser; none there; there, but it does not start. */
  | { at: "refused" | "none" | "stuck" };

/** A code of 400 characters has squares of seven pixels when it fills half of this. */
const wanted: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: "environment", width: { ideal: 1_280 }, height: { ideal: 720 } },
};

/** On as long as this is shown; `again` asks once more after a refusal. */
export function useCamera(): { camera: Camera; again(): void } {
  const [camera, setCamera] = useState<Camera>({ at: "asking" });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let shown = true;
    let stream: MediaStream | null = null;
    const say = (next: Camera) => {
      if (shown) setCamera(next);
    };
    void open().then((answer) => {
      if ("at" in answer) return say(answer);
      stream = answer;
      if (!shown) return switchOff(stream);
      for (const track of stream.getTracks()) track.addEventListener("ended", () => say({ at: "stuck" }));
      say({ at: "on", stream });
    });
    return () => {
      shown = false;
      if (stream) switchOff(stream);
    };
  }, [attempt]);

  const again = useCallback(() => {
    setCamera({ at: "asking" });
    setAttempt((number) => number + 1);
  }, []);
  return { camera, again };
}

async function open(): Promise<MediaStream | Camera> {
  // Browsers hide it from pages they do not count as secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) return { at: "none" };
  try {
    return await devices.getUserMedia(wanted);
  } catch (error) {
    return { at: whatIsWrong(error) };
  }
}

/** By the names that the specification of `getUserMedia` gives its refusals. */
function whatIsWrong(error: unknown): "refused" | "none" | "stuck" {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none";
  return "stuck";
}

function switchOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
