/**
 * Requests that were asked for but not sent yet. All those of one tick leave together: one frame costs the node and the
 * system the same whether it holds one request or a hundred.
 */
import { maxFrameBytes } from "./contract/index.ts";

export interface Outgoing {
  id: number;
  /** The request as JSON. */
  text: string;
  bytes: number;
}

export interface Outbox {
  add(request: Outgoing): void;
  /** Everything waiting, as frames of at most `maxFrameBytes`, in the order it was added. */
  take(): { frame: string; ids: number[] }[];
}

export function createOutbox(): Outbox {
  let waiting: Outgoing[] = [];

  return {
    add: (request) => void waiting.push(request),
    take() {
      const frames: { frame: string; ids: number[] }[] = [];
      let from = 0;
      let bytes = 0;
      for (const [index, request] of waiting.entries()) {
        // One byte for the comma or bracket before each request, one for the closing bracket.
        if (index > from && bytes + request.bytes + 2 > maxFrameBytes) {
          frames.push(toFrame(waiting.slice(from, index)));
          from = index;
          bytes = 0;
        }
        bytes += request.bytes + 1;
      }
      if (from < waiting.length) frames.push(toFrame(waiting.slice(from)));
      waiting = [];
      return frames;
    },
  };
}

function toFrame(requests: Outgoing[]): { frame: string; ids: number[] } {
  const texts = requests.map((request) => request.text);
  return {
    frame: texts.length === 1 ? texts.join() : `[${texts.join()}]`,
    ids: requests.map((request) => request.id),
  };
}

const encoder = new TextEncoder();

/** Not less than the length in UTF-8. Encoding only long texts keeps short requests free of the copy. */
export function utf8LengthAtMost(text: string): number {
  return text.length < 1024 ? text.length * 3 : encoder.encode(text).length;
}
