/** Messages with words as often as people use them (Zipf), the same in every run. */
import type { SearchEntry, Store, StoredEvent } from "@multichat/core/ports";
import { createSeededRandom } from "@multichat/testing/random";

const vocabularySize = 50_000;
const commonWords = "the to and a of i in is it you that for on we this have be are not with";

export const commonestWord = "the";
export const emoji = "🎉";
const [channels, authors] = [40, 200];
const id = (kind: number, number: number): string =>
  kind.toString(16) + number.toString(16).padStart(63, "0");
export const authorOf = (number: number): SearchEntry["author"] =>
  id(0xa, number) as SearchEntry["author"];

export interface Messages {
  /** Puts so many more. */
  put(count: number): void;
  rareWord: string;
}

export function messagesFor(store: Store): Messages {
  const random = createSeededRandom(1);
  let drawn = new DataView(new ArrayBuffer(0));
  let used = 0;
  const draw = (): number => {
    if (used + 4 > drawn.byteLength) {
      drawn = new DataView(random.bytes(65_536).slice().buffer);
      used = 0;
    }
    used += 4;
    return drawn.getUint32(used - 4) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(draw() * limit);

  const words = new Set(commonWords.split(" "));
  while (words.size < vocabularySize) {
    let word = "";
    for (let left = 1 + below(3) + (words.size > 500 ? 1 : 0); left > 0; left--)
      word += "bcdfghjklmnprstvwz"[below(18)]! + "aeiou"[below(5)]!;
    words.add(word + (draw() < 0.5 ? "nrst"[below(4)]! : ""));
  }
  const vocabulary = [...words];
  const sums = new Float64Array(vocabularySize);
  let sum = 0;
  for (let rank = 0; rank < vocabularySize; rank++) sums[rank] = sum += 1 / (rank + 2.7);
  function word(): string {
    const at = draw() * sum;
    let [low, high] = [0, vocabularySize - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low]!;
  }
  const text = (): string =>
    Array.from({ length: 1 + Math.floor(-Math.log(1 - draw()) * 11) }, word).join(" ");

  let made = 0;
  function message(): { event: StoredEvent; entry: SearchEntry } {
    const number = ++made;
    const [channel, author] = [
      Math.floor(draw() * below(channels)),
      Math.floor(draw() * below(authors)),
    ];
    const written = text();
    const event: StoredEvent = {
      id: Buffer.from(random.bytes(32)).toString("hex") as StoredEvent["id"],
      space: id(5, 1) as StoredEvent["space"],
      channel: id(0xc, channel) as StoredEvent["channel"],
      device: id(0xd, author) as StoredEvent["device"],
      seq: number,
      hlc: BigInt(1_700_000_000_000 + number * 1000) << 16n,
      kind: "message",
      header: random.bytes(180),
      signature: random.bytes(64),
      salt: random.bytes(16),
      payload: new TextEncoder().encode(written),
    };
    const entry = {
      event: event.id,
      channel: event.channel,
      author: authorOf(author),
      time: event.hlc,
    };
    const hasFile = draw() < 0.05;
    const found = [
      written,
      ...(hasFile ? [`report_${number}-2.pdf`] : []),
      ...(number % 10 === 0 ? [emoji] : []),
    ];
    return { event, entry: { ...entry, text: found.join(" "), hasFile } };
  }

  return {
    rareWord: vocabulary[vocabularySize - 1000]!,
    put(count) {
      for (let left = count; left > 0; left -= 1000) {
        const batch = Array.from({ length: Math.min(left, 1000) }, message);
        store.transaction(() => {
          store.putEvents(batch.map(({ event }) => event));
          store.putSearch(batch.map(({ entry }) => entry));
        });
      }
    },
  };
}
