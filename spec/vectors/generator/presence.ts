/** Vectors of spec/13-presence.md: what the frames and records about presence hold. */
import {
  type CborValue,
  type ChannelId,
  type EventId,
  type StatusValue,
  encode,
  encodePresence,
  encodeReadMark,
  encodeStatus,
  encodeTyping,
  presenceStates,
  toHex,
} from "@multichat/protocol";
import { type Chapter, type Refused, refused } from "./cases.ts";
import { type Json, asJson } from "./json.ts";
import { bytes, id } from "./keys.ts";

const channel = id<ChannelId>("channel");
const thread = id<EventId>("root of a thread");
const presences = presenceStates.flatMap((state) => [true, false].map((lastSeen) => ({ state, lastSeen })));
const typings = [null, thread].map((root) => ({ channel, thread: root }));
const statuses: (StatusValue | null)[] = [
  null,
  { emoji: null, text: null, away: null, until: 0 },
  { emoji: "🌴", text: "On holiday", away: "Back on Monday. Ask Bob.", until: 1_760_000_000_000 },
  { emoji: "🗓️", text: null, away: null, until: 2 ** 47 - 1 },
  { emoji: "👩‍👩‍👧‍👦".repeat(2), text: "a".repeat(100), away: "a".repeat(200), until: 0 },
];
const marks = [null, thread];

const valid = <T>(values: readonly T[], write: (value: T) => Uint8Array): Json[] =>
  values.map((value) => ({ value: asJson(value), encoding: toHex(write(value)) }));
const presence = (why: string, value: CborValue): Refused => refused("presence", why, encode(value));
const typing = (why: string, value: CborValue): Refused => refused("typing", why, encode(value));
const status = (why: string, fields: { [key: string]: CborValue }): Refused => refused("status", why, encode(new Map(Object.entries({ until: 0, ...fields }))));
const read = (why: string, value: CborValue): Refused => refused("read", why, encode(value));

export function presenceChapter(): Chapter {
  return {
    valid: {
      presence: valid(presences, encodePresence),
      typing: valid(typings, encodeTyping),
      status: valid(statuses, encodeStatus),
      read: valid(marks, encodeReadMark),
    },
    invalid: {
      refusedWhenDecoded: [
        presence("another state", ["invisible", true]),
        presence("a state with a capital letter", ["Online", true]),
        presence("a state as a number", [1, true]),
        presence("a state alone", ["online"]),
        presence("a field too many", ["online", true, true]),
        presence("a number for a flag", ["online", 1]),
        presence("text and no array", "online"),
        refused("presence", "nothing", new Uint8Array(0)),
        refused("presence", "bytes after it", `${toHex(encodePresence(presences[0]!))}00`),
        typing("a channel of 31 bytes", [bytes("short", 31), null]),
        typing("a channel as hex text", [channel, null]),
        typing("no thread", [bytes("channel")]),
        typing("false for no thread", [bytes("channel"), false]),
        typing("a thread of 33 bytes", [bytes("channel"), bytes("long", 33)]),
        typing("a field too many", [bytes("channel"), null, null]),
        refused("status", "no end", encode(new Map([["text", "Away"]]))),
        status("an end of 2^47", { until: 2 ** 47 }),
        status("an empty text", { text: "" }),
        status("only white space", { text: " \u3000" }),
        status("a text of two lines", { text: "one\ntwo" }),
        status("a text of 101 characters", { text: "a".repeat(101) }),
        status("null for no text", { text: null }),
        status("an away message of 201 characters", { away: "a".repeat(201) }),
        status("an away message of two lines", { away: "one\u2028two" }),
        status("letters for an emoji", { emoji: "ok" }),
        status("an emoji of 33 characters", { emoji: `${"🦄".repeat(16)}!` }),
        status("an empty emoji", { emoji: "" }),
        refused("status", "an array", encode(["🌴", "On holiday"])),
        refused("status", "false", encode(false)),
        read("an id of 31 bytes", bytes("short", 31)),
        read("an id as hex text", thread),
        read("an id in an array", [bytes("root of a thread")]),
      ],
    },
  };
}
