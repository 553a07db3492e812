/** fast-check arbitraries of what records about people hold. */
import fc from "fast-check";
import { type AccountId, type DeviceId, fromHex, toHex } from "../src/index.ts";
import { bytes, bytesUpTo } from "./arbitraries.ts";

const name = fc.string({ minLength: 1, maxLength: 30, unit: "binary" });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const time = fc.maxSafeNat().map((ms) => ms % 2 ** 47);
const deviceId = bytes(32).map((id) => toHex(id) as DeviceId);
const introductionId = bytes(16).map(toHex);
const side = fc.integer({ min: 1, max: 1024 });

export const profile = fc.record({ name, about: orNull(name), pronouns: orNull(name) });

export const avatar = orNull(
  fc.record({ width: side, height: side }).map(({ width, height }) => {
    const sides = [width, height].map((pixels) => pixels.toString(16).padStart(8, "0")).join("");
    return { type: "image/png", width, height, bytes: fromHex(`89504e470d0a1a0a0000000d49484452${sides}`) };
  }),
);

export const vouch = orNull(fc.record({ claim: name, until: time }));

export const introduction = fc.record({
  boxes: fc
    .uniqueArray(fc.record({ device: deviceId, enc: bytes(32), wrapped: bytes(48) }), { minLength: 1, maxLength: 3, selector: ({ device }) => device })
    .map((boxes) => boxes.toSorted((a, b) => (a.device < b.device ? -1 : 1))),
  ciphertext: bytesUpTo(60),
});

export const introductionContent = fc.record({
  offers: fc.array(
    fc.record({
      id: introductionId,
      subject: bytes(32).map((id) => toHex(id) as AccountId),
      name,
      peers: fc.array(fc.record({ device: deviceId, addresses: fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }) }), { maxLength: 4 }),
      until: time,
      accepted: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  answers: fc.array(fc.record({ id: introductionId, accepted: fc.boolean() }), { maxLength: 3 }),
});
