import { describe, expect, test } from "vitest";
import { encode } from "../cbor/encode.ts";
import { fromHex } from "../hex.ts";
import type { AccountId, ChannelId, DeviceId, EventId } from "../ids.ts";
import { decodeControlPayload, encodeControlPayload, isControlKind } from "./payloads.ts";

const id = <Id extends string>(digit: string) => digit.repeat(64) as Id;
const account = id<AccountId>("a");

describe("control payloads", () => {
  test("know their kinds, and no property of objects for one", () => {
    expect(isControlKind("genesis")).toBe(true);
    for (const other of ["message", "Genesis", "toString", "__proto__", ""]) expect(isControlKind(other)).toBe(false);
  });

  test("carry a root statement beside their own keys", () => {
    const root = { generation: 3, signatures: [[new Uint8Array(32), new Uint8Array(64)] as [Uint8Array, Uint8Array]] };
    const encoded = encodeControlPayload("leave", { account }, root);
    expect(decodeControlPayload("leave", encoded)).toEqual({ ok: true, value: { kind: "leave", payload: { account }, root } });
    expect(decodeControlPayload("leave", encodeControlPayload("leave", { account }))).toMatchObject({ value: { root: null } });
  });

  test("of a genesis have a root of their own, which is no statement", () => {
    const root = encode(new Map([["root", [0, []]]]));
    expect(decodeControlPayload("genesis", root)).toMatchObject({ ok: false });
  });

  test("are written with sets in their order", () => {
    const [a, b] = [id<DeviceId>("a"), id<DeviceId>("b")];
    const cut = (devices: [DeviceId, number, EventId][]) =>
      encodeControlPayload("cut", { cause: id<EventId>("c"), channel: id<ChannelId>("d"), devices, rest: true });
    const points = [b, a].map((device, i): [DeviceId, number, EventId] => [device, i, id<EventId>("e")]);
    expect(cut(points)).toEqual(cut(points.toReversed()));
    expect(decodeControlPayload("cut", cut(points))).toMatchObject({ ok: true, value: { payload: { devices: points.toReversed() } } });
  });

  test("say which key is missing", () => {
    expect(decodeControlPayload("ban", encode(new Map([["account", fromHex(account)]])))).toEqual({
      ok: false,
      error: 'ban: "until" is missing',
    });
    expect(decodeControlPayload("leave", encode(new Map([["account", fromHex(account)], ["x", fromHex(account)]])))).toEqual({
      ok: false,
      error: "leave: a key that does not belong here",
    });
  });
});
