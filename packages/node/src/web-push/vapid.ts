/**
 * Who sends a push (RFC 8292): a key of this device's own, which the browser names when it subscribes, and a claim signed
 * with it for each push service. It stands for nobody, and is used for nothing else.
 */
import { createECDH, createPrivateKey, sign } from "node:crypto";
import { claimSeconds } from "./limits.ts";

export interface VapidKey {
  /** P-256, uncompressed, in base64url. */
  publicKey: string;
  /** A secret, in base64url. */
  privateKey: string;
}

/** Push services want to know whom to write to about a sender. There is nobody: each device sends for its own person. */
const contact = "mailto:nobody@multichat.invalid";

export function newVapidKey(): VapidKey {
  const pair = createECDH("prime256v1");
  const publicKey = pair.generateKeys("base64url");
  const padded = Buffer.alloc(32);
  const secret = pair.getPrivateKey();
  secret.copy(padded, padded.length - secret.length);
  return { publicKey, privateKey: padded.toString("base64url") };
}

/** The header `authorization` for this endpoint. @param now ms */
export function vapidHeader(
  endpoint: string,
  { publicKey, privateKey }: VapidKey,
  now: number,
): string {
  const claim = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now / 1_000) + claimSeconds,
    sub: contact,
  };
  const signed = `${encoded({ typ: "JWT", alg: "ES256" })}.${encoded(claim)}`;
  const point = Buffer.from(publicKey, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString("base64url"),
  ) as [string, string];
  const key = createPrivateKey({
    key: { kty: "EC", crv: "P-256", d: privateKey, x, y },
    format: "jwk",
  });
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${signed}.${signature.toString("base64url")}, k=${publicKey}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
