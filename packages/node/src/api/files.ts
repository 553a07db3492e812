/**
 * The bytes of files on their way between the disk and whoever uses the local API (spec/local-api.md, Files). They pass by the engine: its
 * thread is asked who may have what, and has better things to do than to carry gigabytes.
 */
import type { BlobReader, BlobStore } from "@multichat/core";
import { DiskError } from "@multichat/core/ports";
import type { FileView } from "@multichat/client/contract";
import { safeFileName } from "@multichat/client";
import { type BlobId, chunkSize, parseBlobId, parseEventId } from "@multichat/protocol";
import { byteRange } from "./byte-range.ts";
import { pictureType, savedType, shownType } from "./media-types.ts";
import { type ApiResult, failure } from "./result.ts";

export interface FilePort {
  blobs: BlobStore;
  /** What this message says of the file. */
  describe(message: string, blob: string): Promise<ApiResult<{ file: FileView }>>;
  /** A piece of it was found damaged: it is to be fetched again. */
  damaged(message: string, blob: string): void;
}

export async function receiveFile({ blobs }: FilePort, body: ReadableStream<Uint8Array> | null): Promise<ApiResult<{ blob: string; size: number }>> {
  const full = "The disk is full, so the file could not be taken over. Free some space and try again.";
  try {
    const writer = await blobs.create();
    try {
      for await (const bytes of body ?? []) await writer.write(bytes);
      const made = await writer.finish();
      return made === null ? failure("bad-request", "The file is empty.") : { ok: true, value: made };
    } catch (error) {
      await writer.abort();
      throw error;
    }
  } catch (error) {
    if (error instanceof DiskError && error.code === "full") return failure("disk-full", full);
    throw error;
  }
}

export type FileAnswer = { status: 200 | 206 | 304 | 416; headers: Record<string, string>; body: ReadableStream<Uint8Array> | null };

export interface FileQuestion {
  blob: string;
  message: string;
  range: string | undefined;
  /** If-None-Match, If-Range. */
  known: string | undefined;
  unless: string | undefined;
}

export async function giveFile(port: FilePort, question: FileQuestion): Promise<ApiResult<FileAnswer>> {
  const blob = parseBlobId(question.blob);
  if (blob === null || parseEventId(question.message) === null) return failure("bad-request", "Say which file of which message: /api/v1/files/BLOB?event=MESSAGE.");
  const described = await port.describe(question.message, blob);
  if (!described.ok) return described;
  const reader = await port.blobs.open(blob);
  if (reader === null) return failure("not-found", "This file is not here. Fetch it first (`file.fetch`).");
  let isHandedOn = false;
  try {
    const answer = await answerFrom(port, { ...question, blob }, reader, described.value.file);
    isHandedOn = answer.body !== null;
    return { ok: true, value: answer };
  } finally {
    if (!isHandedOn) await reader.close();
  }
}

async function answerFrom(port: FilePort, { blob, message, range: asked, known, unless }: FileQuestion & { blob: BlobId }, reader: BlobReader, file: FileView): Promise<FileAnswer> {
  const etag = `"${blob}"`;
  const type = blob === file.blob ? shownType(file.type) : pictureType((await reader.read("chunk", 0)) ?? new Uint8Array(0));
  const headers = {
    etag,
    "accept-ranges": "bytes",
    // What expires must not stay in a browser's cache.
    "cache-control": "no-store",
    "content-type": type ?? savedType,
    "content-disposition": `${type === null ? "attachment" : "inline"}; filename*=UTF-8''${encoded(safeFileName(file.name))}`,
    "content-security-policy": "sandbox; default-src 'none'",
  };
  if (known?.split(",").some((one) => one.trim() === etag)) return { status: 304, headers, body: null };
  const { size } = reader;
  const range = unless !== undefined && unless !== etag ? "whole" : byteRange(asked, size);
  if (range === "unsatisfiable") return { status: 416, headers: { ...headers, "content-range": `bytes */${size}` }, body: null };
  const { from, to } = range === "whole" ? { from: 0, to: size - 1 } : range;
  return {
    status: range === "whole" ? 200 : 206,
    headers: { ...headers, "content-length": String(to - from + 1), ...(range !== "whole" && { "content-range": `bytes ${from}-${to}/${size}` }) },
    body: bytesOf(reader, from, to, () => port.damaged(message, blob)),
  };
}

/** Everything but what a header may hold as it is (RFC 8187). */
function encoded(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Chunk by chunk, as they are taken. */
function bytesOf(reader: BlobReader, from: number, to: number, damaged: () => void): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const start = at - (at % chunkSize);
        const chunk = await reader.read("chunk", start / chunkSize);
        if (chunk === null) {
          await reader.close();
          damaged();
          return controller.error(new DiskError("io", "a piece of the file is damaged"));
        }
        const piece = chunk.subarray(at - start, to + 1 - start);
        at += piece.length;
        controller.enqueue(piece);
        if (at <= to) return;
        await reader.close();
        controller.close();
      },
      cancel: () => reader.close(),
    },
    { highWaterMark: 0 },
  );
}
