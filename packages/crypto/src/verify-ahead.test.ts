import { expect, test } from "vitest";
import { type SignatureCheck, createNodeCrypto, createNodeRandom } from "./index.ts";
import { createVerifyAhead } from "./verify-ahead.ts";
import { answersAhead } from "./limits.ts";
import { importPublicKey } from "./raw-keys.ts";

const crypto = createNodeCrypto();
const random = createNodeRandom();
const seed = random.bytes(32);
const publicKey = crypto.publicKey(seed);

function check(text: string): SignatureCheck {
  const message = new TextEncoder().encode(text);
  return { publicKey, message, signature: crypto.sign(seed, message) };
}

const ahead = () => createVerifyAhead((raw) => importPublicKey("ed25519", raw));
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === 1 ? byte ^ 1 : byte));

test("answers what was begun, once", async () => {
  const { begin, take } = ahead();
  const [good, bad] = [check("good"), { ...check("bad"), message: check("other").message }];
  expect(take(good)).toBeNull();
  await begin([good, bad]);
  expect(take(good)).toBe(true);
  expect(take(bad)).toBe(false);
  expect(take(good)).toBeNull();
});

test("an answer is for these bytes only", async () => {
  const { begin, take } = ahead();
  const good = check("good");
  await begin([good]);
  expect(take({ ...good, message: flipped(good.message) })).toBeNull();
  expect(take({ ...good, publicKey: flipped(good.publicKey) })).toBeNull();
  expect(take({ ...good, signature: flipped(good.signature) })).toBeNull();
  expect(take(good)).toBe(true);
});

test("what the strict rule refuses by its looks is not even begun", async () => {
  const { begin, take } = ahead();
  const small = { ...check("x"), publicKey: new Uint8Array(32) };
  await begin([small]);
  expect(take(small)).toBeNull();
});

test("answers nobody asks for do not pile up", async () => {
  const { begin, take } = ahead();
  const checks = Array.from({ length: answersAhead + 1 }, (_, i) => ({ ...check("one"), signature: signatureOf(i) }));
  await begin(checks);
  expect(checks.map(take).filter((answer) => answer !== null)).toHaveLength(answersAhead);
});

test("verify() answers the same, begun ahead or not", async () => {
  const good = check("good");
  const bad = { ...check("bad"), signature: good.signature };
  await crypto.verifyAhead([good, bad]);
  for (const { message, signature } of [good, bad, good, bad]) {
    expect(crypto.verify(publicKey, message, signature)).toBe(message === good.message);
  }
});

/** Well encoded, and of nothing. */
function signatureOf(i: number): Uint8Array {
  const signature = new Uint8Array(64);
  new DataView(signature.buffer).setUint32(0, i + 2);
  return signature;
}
