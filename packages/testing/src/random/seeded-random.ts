/**
 * Randomness that repeats: the same seed gives the same run on every machine. sfc32 (Chris Doty-Humphrey's small fast
 * counting generator, 128 bits of state), seeded by hashing the seed's text. Never for keys of real people.
 */
import type { Random } from "@multichat/core/ports";

export interface SeededRandom extends Random {
  /** A whole number from 0 to 2³² − 1. */
  uint32(): number;
  /** A number from 0 up to, but not including, 1. */
  float(): number;
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** @throws RangeError for an empty list */
  pick<T>(list: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent stream named `label`: drawing from it does not move this one. */
  fork(label: string): SeededRandom;
}

export function createSeededRandom(seed: string | number): SeededRandom {
  const text = String(seed);
  let [a, b, c, counter] = seedState(text);

  const uint32 = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  // Neighbouring seeds start out alike until the state has been stirred.
  for (let round = 0; round < 15; round++) uint32();

  const float = (): number => uint32() / 2 ** 32;
  const below = (limit: number): number => Math.floor(float() * limit);

  return {
    uint32,
    float,
    below,
    chance: (probability) => probability > 0 && float() < probability,
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let i = 0; i < length; i += 4) {
        const word = uint32();
        for (let k = i; k < i + 4 && k < length; k++) bytes[k] = (word >>> (8 * (k - i))) & 0xff;
      }
      return bytes;
    },
    pick(list) {
      if (list.length === 0) throw new RangeError("nothing to pick from");
      return list[below(list.length)]!;
    },
    shuffle(list) {
      const shuffled = [...list];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const k = below(i + 1);
        [shuffled[i], shuffled[k]] = [shuffled[k]!, shuffled[i]!];
      }
      return shuffled;
    },
    fork: (label) => createSeededRandom(`${text}/${label}`),
  };
}

/** cyrb128: four words from a text, every one of which depends on every character. */
function seedState(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  return [h1 ^ h2 ^ h3 ^ h4, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
