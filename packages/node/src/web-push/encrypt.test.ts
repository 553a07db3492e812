/** The example of RFC 8291, section 5 and appendix A; and what it leaves open. */
import { expect, test } from "vitest";
import { decryptPush, newBrowser } from "./testing/browser.ts";
import { encryptPush } from "./encrypt.ts";
import { paddedBytes } from "./limits.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text, "base64url");

const example = {
  text: Buffer.from("When I grow up, I want to be a watermelon"),
  p256dh: bytes(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  ),
  browserKey: bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
  auth: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
  privateKey: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
  salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

test("the example of RFC 8291", () => {
  const body = encryptPush(example.text, example, example.text.length, example);
  expect(Buffer.from(body).toString("base64url")).toBe(example.body);
  expect(decryptPush(body, { privateKey: example.browserKey, auth: example.auth }).text).toEqual(
    example.text,
  );
});

test("whatever is in it, it is as long, and never the same twice", () => {
  const browser = newBrowser();
  const push = (text: string): Uint8Array =>
    encryptPush(Buffer.from(text), browser.keys, paddedBytes);
  const bodies = [push("{}"), push("{}"), push(JSON.stringify({ unread: 1_000 }))];
  expect(new Set(bodies.map((body) => body.length)).size).toBe(1);
  expect(new Set(bodies.map((body) => Buffer.from(body).toString("hex"))).size).toBe(3);
  expect(bodies.map((body) => browser.read(body))).toEqual(["{}", "{}", '{"unread":1000}']);
});

test("another browser cannot read it, and a key that is none is not taken", () => {
  const body = encryptPush(Buffer.from("{}"), newBrowser().keys, paddedBytes);
  expect(() => newBrowser().read(body)).toThrow(/authenticate/);
  expect(() =>
    encryptPush(Buffer.from("{}"), {
      p256dh: new Uint8Array(65).fill(4),
      auth: new Uint8Array(16),
    }),
  ).toThrow(/Public key is not valid/);
});
