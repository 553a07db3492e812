/** The vector files of spec/vectors, and what this package makes of those that are invalid. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ControlKind, type Result, decodeContent, decodeControlPayload, decodeDeviceStep, decodeInviteLink, decodeLinkCode, decodeVerificationCode, fromHex, isContentKind, isControlKind } from "../src/index.ts";
import { formatNamed } from "./formats.ts";

export type Case = Record<string, string> & {
  fields: Record<string, unknown>;
  value: unknown;
  root: unknown;
  repeated?: [hex: string, times: number][];
};
interface Valid {
  [section: string]: Case[];
}
interface Invalid {
  refusedWhenDecoded: Case[];
  refusedWhenVerified?: Case[];
}

const chapters = ["cbor", "accounts", "headers", "events", "records", "trust", "invite-links", "frames", "control-payloads", "content", "devices", "presence"] as const;
export type Chapter = (typeof chapters)[number];

function read(folder: string, chapter: Chapter): unknown {
  const url = new URL(`../../../spec/vectors/${folder}/${chapter}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8"));
}

export const valid = Object.fromEntries(chapters.map((name) => [name, read("valid", name)])) as Record<Chapter, Valid>;
export const invalid = Object.fromEntries(chapters.map((name) => [name, read("invalid", name)])) as Record<Chapter, Invalid>;

export const sha256 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());

export function inputOf(refused: Case): Uint8Array {
  const pieces = refused.repeated ?? [[refused.hex!, 1]];
  return fromHex(pieces.map(([hex, times]) => hex.repeat(times)).join(""));
}

/** What this package makes of an invalid case. */
export function attempt(refused: Case): Result<unknown> {
  if (refused.format === "link") return decodeInviteLink(refused.text!, sha256);
  if (refused.format === "verification code") return decodeVerificationCode(refused.text!, sha256);
  if (refused.format === "link code") return decodeLinkCode(refused.text!, sha256);
  const step = /^device step (\d+)$/.exec(refused.format!)?.[1];
  if (step !== undefined) return decodeDeviceStep(Number(step), inputOf(refused));
  const format = formatNamed(refused.format!);
  if (format !== undefined) return format.read(inputOf(refused));
  if (isControlKind(refused.format!)) return decodeControlPayload(refused.format as ControlKind, inputOf(refused));
  if (isContentKind(refused.format!)) return decodeContent(refused.format, inputOf(refused));
  throw new Error(`no reader for "${refused.format}"`);
}
