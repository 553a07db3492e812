import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counterexample } from "../test/arbitraries.ts";
import { inviteLink } from "../test/format-arbitraries.ts";
import { sampleLink } from "../test/samples.ts";
import { sha256 } from "../test/vector-files.ts";
import { decodeInviteLink, encodeInviteLink } from "./invite-link.ts";

const prefix = "multichat://join/#";
const read = (text: string) => decodeInviteLink(text, sha256);
const text = encodeInviteLink(sampleLink, sha256);

describe("invite link", () => {
  test("comes back as it went out", () => {
    const property = fc.property(inviteLink, (link) => {
      const written = encodeInviteLink(link, sha256);
      expect(written).toMatch(/^multichat:\/\/join\/#[A-Za-z0-9_-]+$/);
      expect(read(written)).toEqual({ ok: true, value: link });
    });
    expect(counterexample(property, 200)).toBeNull();
  });

  test("survives white space around it, and being pasted without its beginning", () => {
    const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t", "\u00a0", "\u2028", "\ufeff"), maxLength: 5 });
    const property = fc.property(inviteLink, space, space, fc.boolean(), (link, before, after, whole) => {
      const written = encodeInviteLink(link, sha256);
      expect(read(before + (whole ? written : written.slice(prefix.length)) + after)).toEqual({ ok: true, value: link });
    });
    expect(counterexample(property, 200)).toBeNull();
  });

  test("refuses any change of one character", () => {
    const character = fc.oneof(fc.constantFrom(..."ABCyz019-_#/: =+".split("")), fc.string({ unit: "binary", minLength: 1, maxLength: 1 }));
    const property = fc.property(inviteLink, fc.nat(), character, (link, at, other) => {
      const written = encodeInviteLink(link, sha256);
      const place = at % written.length;
      if (written[place] === other) return true;
      return !read(written.slice(0, place) + other + written.slice(place + 1)).ok;
    });
    expect(counterexample(property, 2000)).toBeNull();
  });

  test("refuses every other character at every place of one link", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const accepted: string[] = [];
    for (let at = 0; at < text.length; at++) {
      const other = alphabet[(alphabet.indexOf(text[at]!) + 1) % alphabet.length]!;
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      if (read(changed).ok) accepted.push(changed);
    }
    expect(accepted).toEqual([]);
  });

  test("refuses every beginning of itself, and says what is wrong", () => {
    const errors = new Set<string>();
    for (let length = prefix.length; length < text.length; length++) {
      const cut = read(text.slice(0, length));
      errors.add(cut.ok ? "accepted" : cut.error);
    }
    expect([...errors].toSorted()).toEqual(["invite link: cut short", "invite link: does not add up"]);
  });

  test("tells a newer version from a damaged link", () => {
    const newer = encodeInviteLink(sampleLink, sha256);
    const damaged = `${newer.slice(0, -1)}${newer.endsWith("A") ? "E" : "A"}`;
    expect(read(damaged)).toMatchObject({ ok: false });
    // [2, 0]: a shape that this version knows nothing of
    const body = Uint8Array.of(0x82, 2, 0);
    const sum = sha256(body).subarray(0, 4);
    const link = prefix + Buffer.concat([body, sum]).toString("base64url");
    expect(read(link)).toEqual({ ok: false, error: "invite link: made by a newer version" });
  });

  test("survives nonsense", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 200 }), (nonsense) => !read(prefix + nonsense).ok);
    expect(counterexample(property, 1000)).toBeNull();
  });
});
