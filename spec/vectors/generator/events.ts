/** Vectors of spec/03-events.md: events as they travel, and what is shown of unknown kinds. */
import { type Header, encode, encodeContent, encodeHeader, eventValue, toHex } from "@multichat/protocol";
import { type Chapter, refused, valueOf, withFields } from "./cases.ts";
import { genesis, message } from "./headers.ts";
import type { Json } from "./json.ts";
import { ada, bytes, labelled, mallory, sign } from "./keys.ts";

interface MadeEvent {
  header: Uint8Array;
  signature: Uint8Array;
  salt: Uint8Array | null;
  payload: Uint8Array | null;
}

/** An event whose header fits its payload, unless `changes` say otherwise. */
function make(base: Header, payload: Uint8Array, changes: Partial<Header> = {}): MadeEvent & { salt: Uint8Array; payload: Uint8Array } {
  const salt = bytes("salt", 16);
  const payloadHash = labelled("mc1/payload", salt, payload);
  const header = encodeHeader({ ...base, payloadLength: payload.length, payloadHash, ...changes });
  return { header, signature: sign(ada.laptop, "mc1/event", header), salt, payload };
}

const hello = encodeContent("message", { text: "Hello, Bob" });
const said = make(message, hello);

const events: [name: string, event: MadeEvent][] = [
  ["a message", said],
  ["a message whose payload is not held", { ...said, salt: null, payload: null }],
  ["an empty payload", make(message, new Uint8Array(0))],
  ["a payload that is no CBOR at all, which only its reader minds", make(message, bytes("noise", 33))],
  ["a genesis without its payload", { ...make(genesis, hello), salt: null, payload: null }],
];

const fallbacks: [payload: Uint8Array, text: string][] = [
  [encode(new Map([["text", "seen by old readers"]])), "seen by old readers"],
  [encode(new Map<string, string | number>([["poll", 1], ["text", "Tea?"]])), "Tea?"],
  [encode(new Map([["title", "no text"]])), ""],
  [encode(new Map([["text", 7]])), ""],
  [encode("not a map"), ""],
  [bytes("noise", 9), ""],
];

export function eventsChapter(): Chapter {
  const whole = encode(eventValue(said));
  const event = (why: string, changes: Parameters<typeof withFields>[1]) => refused("event", why, withFields(whole, changes));
  const forged = (why: string, made: MadeEvent): { [field: string]: Json } => ({ format: "event", why, event: toHex(encode(eventValue(made))) });
  return {
    valid: {
      events: events.map(([name, made]) => ({
        name,
        header: toHex(made.header),
        signature: toHex(made.signature),
        salt: made.salt === null ? null : toHex(made.salt),
        payload: made.payload === null ? null : toHex(made.payload),
        id: toHex(labelled("mc1/event", made.header)),
        encoding: toHex(encode(eventValue(made))),
      })),
      fallbacks: fallbacks.map(([payload, text]) => ({ payload: toHex(payload), text })),
    },
    invalid: {
      refusedWhenDecoded: [
        event("three fields", { 3: undefined }),
        event("one field", { 1: undefined }),
        event("five fields", { 4: 0 }),
        event("the header as an array, not as bytes", { 0: valueOf(said.header) }),
        event("a header of 1,025 bytes", { 0: bytes("long", 1025) }),
        event("a signature of 63 bytes", { 1: bytes("short", 63) }),
        event("a salt of 15 bytes", { 2: bytes("short", 15) }),
        event("null for a payload that is not held", { 2: null, 3: null }),
        event("the payload as a map, not as bytes", { 3: valueOf(hello) }),
        {
          format: "event",
          why: "a payload of 65,537 bytes",
          repeated: [
            [toHex(whole).slice(0, -2 * (hello.length + 1)), 1],
            ["5a00010001", 1],
            ["00", 65_537],
          ],
        },
        refused("event", "bytes after it", `${toHex(whole)}00`),
      ],
      refusedWhenVerified: [
        forged("signed by another key", { ...said, signature: sign(mallory, "mc1/event", said.header) }),
        forged("another payload of the same length", { ...said, payload: encodeContent("message", { text: "Hello, Eve" }) }),
        forged("another salt", { ...said, salt: bytes("other salt", 16) }),
        forged("a payload shorter than the header says", make(message, hello, { payloadLength: hello.length + 1 })),
        forged("a payload longer than the header says", make(message, hello, { payloadLength: hello.length - 1 })),
        forged("a payload hash without the salt", make(message, hello, { payloadHash: labelled("mc1/payload", hello) })),
        forged("a payload hash without the label", make(message, hello, { payloadHash: labelled("", said.salt, hello) })),
        forged("a header that is none", { ...said, header: bytes("noise", 80) }),
      ],
    },
  };
}

