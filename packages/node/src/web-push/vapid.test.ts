import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { newVapidKey, vapidHeader } from "./vapid.ts";

const endpoint = "https://push.example:8443/send/abc?x=1";
const now = Date.UTC(2026, 10, 23);

function parts(header: string): {
  header: unknown;
  claim: unknown;
  signed: Buffer;
  signature: Buffer;
  key: string;
} {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? [];
  const [head = "", claim = "", signature = ""] = token.split(".");
  const read = (text: string): unknown => JSON.parse(Buffer.from(text, "base64url").toString());
  return {
    header: read(head),
    claim: read(claim),
    signed: Buffer.from(`${head}.${claim}`),
    signature: Buffer.from(signature, "base64url"),
    key,
  };
}

test("the claim is for this push service, for half a day, and signed with the key that is named", () => {
  const key = newVapidKey();
  const sent = parts(vapidHeader(endpoint, key, now));
  expect(sent.header).toEqual({ typ: "JWT", alg: "ES256" });
  expect(sent.claim).toEqual({
    aud: "https://push.example:8443",
    exp: now / 1_000 + 43_200,
    sub: expect.stringMatching(/^mailto:/),
  });
  expect(sent.key).toBe(key.publicKey);
  const point = Buffer.from(sent.key, "base64url");
  expect([point.length, point[0]]).toEqual([65, 4]);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString("base64url"),
  ) as [string, string];
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  expect(
    verify("sha256", sent.signed, { key: publicKey, dsaEncoding: "ieee-p1363" }, sent.signature),
  ).toBe(true);
});

test("every device has a key of its own", () => {
  expect(newVapidKey().publicKey).not.toBe(newVapidKey().publicKey);
});
