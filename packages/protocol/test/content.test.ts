/** The payloads of content kinds, threads and blobs: against the vectors, and what holds for all of them (spec/12-content.md). */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asJson } from "../../../spec/vectors/generator/json.ts";
import {
  type CborValue,
  type ContentKindName,
  type EventId,
  type Result,
  blobId,
  chunkHash,
  chunkSize,
  chunksOfPage,
  contentPayloads,
  decodeContent,
  encode,
  encodeContent,
  fromHex,
  isContentKind,
  pageHash,
  threadId,
  toHex,
} from "../src/index.ts";
import { bytesUpTo, cborValue, counterexample, mutated } from "./arbitraries.ts";
import { contentPayload } from "./content-arbitraries.ts";
import { type Case, inputOf, sha256, valid } from "./vector-files.ts";

const kinds = Object.keys(contentPayloads) as ContentKindName[];

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe("content.json", () => {
  const sectionOf = (name: string) => valid.content[name] as (Case & { kind: ContentKindName })[];

  test.each(sectionOf("payloads"))("$kind: $name", ({ kind, fields, encoding }) => {
    const payload = must(decodeContent(kind, fromHex(encoding!)));
    expect(asJson(payload)).toEqual(fields);
    expect(toHex(encodeContent(kind, payload))).toBe(encoding);
  });

  test.each(sectionOf("unknownKeys"))("$kind passes over $name", ({ kind, fields, encoding }) => {
    expect(asJson(must(decodeContent(kind, fromHex(encoding!))))).toEqual(fields);
  });

  test.each(sectionOf("longTexts"))("$kind: $name", (item) => {
    const [unit, times] = item["text"] as unknown as [string, number];
    const payload = must(decodeContent(item.kind, inputOf(item)));
    expect(payload).toMatchObject({ text: unit.repeat(times) });
    expect(toHex(encodeContent(item.kind, payload))).toBe(toHex(inputOf(item)));
  });

  test("has every kind", () => {
    expect(new Set(sectionOf("payloads").map(({ kind }) => kind))).toEqual(new Set(kinds));
  });

  test.each(sectionOf("threads"))("thread of $root", ({ root, thread }) => {
    expect(threadId(root as EventId, sha256)).toBe(thread);
  });

  interface BlobCase {
    size: number;
    iModulo: number;
    chunks: [hash: string, times: number][];
    pages: string[];
    blob: string;
  }

  test.each(valid.content["blobs"] as unknown as BlobCase[])(
    "blob of $size bytes",
    ({ size, iModulo, chunks, pages, blob }) => {
      let from = 0;
      const hashes = chunks.flatMap(([hash, times]) => {
        const chunk = Uint8Array.from(
          { length: Math.min(chunkSize, size - from) },
          (_, i) => (from + i) % iModulo,
        );
        expect(toHex(chunkHash(chunk, sha256))).toBe(hash);
        from += times * chunk.length;
        return Array.from({ length: times }, () => fromHex(hash));
      });
      expect(from).toBe(size);
      const pageHashes = pages.map((_, page) =>
        pageHash(hashes.slice(page * chunksOfPage, (page + 1) * chunksOfPage), sha256),
      );
      expect(pageHashes.map(toHex)).toEqual(pages);
      expect(blobId(size, pageHashes, sha256)).toBe(blob);
    },
  );
});

test("content kinds are those of the table, and no property of objects is one", () => {
  for (const kind of kinds) expect(isContentKind(kind)).toBe(true);
  for (const other of ["genesis", "Message", "toString", "__proto__", ""])
    expect(isContentKind(other)).toBe(false);
});

test("what a picture shows is passed over where it is none, as by nodes that do not know it", () => {
  const withAlt = (alt: CborValue): CborValue =>
    new Map<string, CborValue>([
      [
        "files",
        [
          [
            "a.png",
            "image/png",
            1,
            new Uint8Array(32),
            new Map<string, CborValue>([
              ["alt", alt],
              ["width", 3],
            ]),
          ],
        ],
      ],
    ]);
  const shapeOf = (alt: CborValue) =>
    must(decodeContent("message", encode(withAlt(alt)))).files![0]![4];
  expect(shapeOf("a cat")).toEqual({ alt: "a cat", width: 3 });
  for (const none of ["", "x".repeat(1_001), 5, true, []])
    expect(shapeOf(none)).toEqual({ width: 3 });
});

test("half a surrogate pair is written as a replacement character: what is stored is text", () => {
  expect(decodeContent("message", encodeContent("message", { text: "a\ud800" }))).toEqual({
    ok: true,
    value: { text: "a\ufffd" },
  });
});

describe.each(kinds)("payload of %s", (kind) => {
  const payloads = contentPayload[kind] as fc.Arbitrary<never>;
  /** Unknown keys are left out, so it need not be the same bytes. */
  const settled = (input: Uint8Array): boolean => {
    const read = decodeContent(kind, input);
    if (read.ok) expect(decodeContent(kind, encodeContent(kind, read.value))).toEqual(read);
    return true;
  };

  test("comes back as it went out", () => {
    const property = fc.property(payloads, (payload) => {
      expect(decodeContent(kind, encodeContent(kind, payload))).toEqual({
        ok: true,
        value: payload,
      });
    });
    expect(counterexample(property, 100)).toBeNull();
  });

  test("survives every input, and what it accepts it writes so that it reads the same", () => {
    expect(counterexample(fc.property(bytesUpTo(80), settled), 100)).toBeNull();
    expect(counterexample(fc.property(cborValue.map(encode), settled), 30)).toBeNull();
    const anything = fc.record(
      Object.fromEntries(Object.keys(contentPayloads[kind]).map((key) => [key, cborValue])),
      { requiredKeys: [] },
    );
    expect(
      counterexample(
        fc.property(anything, (entries) =>
          settled(encode(new Map(Object.entries(entries as { [key: string]: CborValue })))),
        ),
        50,
      ),
    ).toBeNull();
    expect(
      counterexample(
        fc.property(mutated(payloads.map((payload) => encodeContent(kind, payload))), settled),
        150,
      ),
    ).toBeNull();
  });
});
