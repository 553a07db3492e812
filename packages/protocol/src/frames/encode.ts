/** Frames, out (spec/06-sync.md). */
import { encode } from "../cbor/encode.ts";
import type { CborValue } from "../cbor/value.ts";
import { eventValue } from "../event.ts";
import { idToBytes } from "../ids.ts";
import { signedRecordValue } from "../record.ts";
import { peerValues } from "../device-step.ts";
import { type ArrivalPoint, type Frame, frameNumbers } from "./frame.ts";

export function encodeFrame(frame: Frame): Uint8Array {
  return encode([frameNumbers[frame.type], ...fields(frame)]);
}

function fields(frame: Frame): CborValue[] {
  switch (frame.type) {
    case "hello":
      return [frame.versions, frame.nonce, frame.time, frame.agent];
    case "tags":
      return [frame.tags];
    case "open":
      return [
        frame.tag,
        frame.alias,
        ...point(frame.here),
        frame.since === null ? null : point(frame.since),
        frame.heads.map(idToBytes),
        frame.digest,
        frame.yours.map(({ channel, seq, id }) => [idToBytes(channel), seq, idToBytes(id)]),
      ];
    case "close":
      return [frame.alias, frame.code, frame.text];
    case "holdings":
      return [
        frame.alias,
        frame.complete,
        frame.through,
        frame.final,
        frame.rows.map((row) => [
          idToBytes(row.channel),
          idToBytes(row.device),
          row.ranges.flat(),
          idToBytes(row.tip),
          row.forks.map(idToBytes),
        ]),
      ];
    case "want":
      return [
        frame.alias,
        frame.request,
        idToBytes(frame.channel),
        frame.ranges.map(({ device, from, to }) => [idToBytes(device), from, to]),
        frame.credit,
      ];
    case "credit":
      return [frame.alias, frame.request, frame.credit];
    case "get":
      return [frame.alias, frame.request, frame.ids.map(idToBytes)];
    case "events":
      return [frame.alias, frame.request, frame.events.map(eventValue)];
    case "end":
      return [frame.alias, frame.request, frame.missing.map(idToBytes)];
    case "records":
      return [frame.alias, frame.records.map(signedRecordValue)];
    case "digests":
      return [frame.alias, frame.channels.map(({ channel, buckets }) => [idToBytes(channel), buckets])];
    case "invited":
      return [frame.tag];
    case "join":
      return [frame.tag, idToBytes(frame.account), frame.certificate, frame.acceptance, frame.proof];
    case "admission":
      return [frame.tag, frame.code, frame.secret, frame.events];
    case "ping":
    case "pong":
      return [frame.value];
    case "ephemeral":
      return [frame.alias, frame.kind, frame.ttl, frame.value];
    case "bye":
      return [frame.code, frame.text];
    case "device":
      return [frame.step, frame.value];
    case "offer":
      return [
        idToBytes(frame.id), frame.secret, frame.heads.map(idToBytes), peerValues(frame.peers), frame.people.map(idToBytes), frame.name,
        idToBytes(frame.account), frame.log,
      ];
    case "fetch":
      return [frame.alias, frame.request, idToBytes(frame.blob), frame.part, frame.index, frame.count];
    case "piece":
      return [frame.alias, frame.request, frame.part, frame.index, frame.bytes];
  }
}

function point({ incarnation, arrival }: ArrivalPoint): [Uint8Array, number] {
  return [incarnation, arrival];
}
